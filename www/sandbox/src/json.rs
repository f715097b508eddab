//! JSON that is put together: [`json!`], which is written as that of serde_json is, in a third of the wasm.
//!
//! There each value passes a serializer that may fail, and what comes back is looked at, moved and put in on the spot: six calls for each field. Here
//! nothing can fail, and all of that is one function.

use crate::digest;
use serde_json::{Map, Value};
pub(crate) use supabase_management_compact::json::{Broken, parse, text};
pub(crate) use supabase_management_compact::list::gather;

/// What is written as JSON.
pub(crate) trait Write {
    fn write(&self) -> Value;
}

/// Sets a field.
#[inline(never)]
pub(crate) fn set(fields: &mut Map<String, Value>, name: &str, value: Value) {
    fields.insert(name.into(), value);
}

/// Adds an item.
#[inline(never)]
pub(crate) fn push(items: &mut Vec<Value>, value: Value) {
    items.push(value);
}

/// A list as JSON.
pub(crate) fn array(items: impl IntoIterator<Item = Value>) -> Value {
    Value::Array(gather(items))
}

/// An object of names and values.
pub(crate) fn object(fields: impl IntoIterator<Item = (String, Value)>) -> Value {
    let mut fields = fields.into_iter();
    object_of(&mut || fields.next())
}

#[inline(never)]
fn object_of(next: &mut dyn FnMut() -> Option<(String, Value)>) -> Value {
    let mut fields = Map::new();
    while let Some((name, value)) = next() {
        fields.insert(name, value);
    }
    Value::Object(fields)
}

/// Texts, one behind the other.
pub(crate) fn joined(texts: impl IntoIterator<Item = String>) -> String {
    gather(texts).concat()
}

/// A value of JSON: `null`, a list, an object whose names are literals or stand in parentheses, or anything that is written as JSON, which is borrowed.
macro_rules! json {
    (null) => { serde_json::Value::Null };
    ([ $($items:tt)* ]) => {{
        #[allow(unused_mut, reason = "there may be none")]
        let mut items: Vec<serde_json::Value> = Vec::new();
        $crate::json::json!(@items items $($items)*);
        serde_json::Value::Array(items)
    }};
    ({ $($fields:tt)* }) => {{
        #[allow(unused_mut, reason = "there may be none")]
        let mut fields = serde_json::Map::new();
        $crate::json::json!(@fields fields $($fields)*);
        serde_json::Value::Object(fields)
    }};

    (@items $list:ident) => {};
    (@items $list:ident null $(, $($more:tt)*)?) => { $crate::json::json!(@item $list (null) $($($more)*)?) };
    (@items $list:ident [ $($inner:tt)* ] $(, $($more:tt)*)?) => { $crate::json::json!(@item $list ([ $($inner)* ]) $($($more)*)?) };
    (@items $list:ident { $($inner:tt)* } $(, $($more:tt)*)?) => { $crate::json::json!(@item $list ({ $($inner)* }) $($($more)*)?) };
    (@items $list:ident $value:expr $(, $($more:tt)*)?) => { $crate::json::json!(@item $list ($value) $($($more)*)?) };
    (@item $list:ident ($($value:tt)*) $($more:tt)*) => {
        $crate::json::push(&mut $list, $crate::json::json!($($value)*));
        $crate::json::json!(@items $list $($more)*);
    };

    (@fields $map:ident) => {};
    (@fields $map:ident $name:tt : null $(, $($more:tt)*)?) => { $crate::json::json!(@field $map $name (null) $($($more)*)?) };
    (@fields $map:ident $name:tt : [ $($inner:tt)* ] $(, $($more:tt)*)?) => { $crate::json::json!(@field $map $name ([ $($inner)* ]) $($($more)*)?) };
    (@fields $map:ident $name:tt : { $($inner:tt)* } $(, $($more:tt)*)?) => { $crate::json::json!(@field $map $name ({ $($inner)* }) $($($more)*)?) };
    (@fields $map:ident $name:tt : $value:expr $(, $($more:tt)*)?) => { $crate::json::json!(@field $map $name ($value) $($($more)*)?) };
    (@field $map:ident $name:tt ($($value:tt)*) $($more:tt)*) => {
        #[allow(unused_parens, reason = "a name that is no literal has some")]
        $crate::json::set(&mut $map, $name, $crate::json::json!($($value)*));
        $crate::json::json!(@fields $map $($more)*);
    };

    ($value:expr) => { $crate::json::Write::write(&$value) };
}
pub(crate) use json;

impl<T: Write + ?Sized> Write for &T {
    fn write(&self) -> Value {
        (**self).write()
    }
}

impl<T: Write + ?Sized> Write for &mut T {
    fn write(&self) -> Value {
        (**self).write()
    }
}

impl Write for str {
    #[inline(never)]
    fn write(&self) -> Value {
        self.into()
    }
}

impl Write for String {
    fn write(&self) -> Value {
        self.as_str().write()
    }
}

macro_rules! plain {
    ($($type:ty)*) => {
        $(impl Write for $type {
            #[inline(never)]
            fn write(&self) -> Value {
                (*self).into()
            }
        })*
    };
}

plain!(bool i32 i64 u8 u16 u32 u64 usize f64);

impl Write for Value {
    fn write(&self) -> Value {
        self.clone()
    }
}

impl Write for Map<String, Value> {
    fn write(&self) -> Value {
        self.clone().into()
    }
}

impl<T: Write> Write for Option<T> {
    fn write(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::write)
    }
}

impl<T: Write> Write for [T] {
    fn write(&self) -> Value {
        array(self.iter().map(T::write))
    }
}

impl<T: Write, const N: usize> Write for [T; N] {
    fn write(&self) -> Value {
        self[..].write()
    }
}

impl<T: Write> Write for Vec<T> {
    fn write(&self) -> Value {
        self[..].write()
    }
}

/// Something by names: an object.
impl<T: Write> Write for Vec<(String, T)> {
    fn write(&self) -> Value {
        object(self.iter().map(|(name, value)| (name.clone(), value.write())))
    }
}

/// Bytes, as base64.
pub(crate) struct Bytes<'b>(pub(crate) &'b [u8]);

impl Write for Bytes<'_> {
    fn write(&self) -> Value {
        digest::base64(self.0).into()
    }
}
