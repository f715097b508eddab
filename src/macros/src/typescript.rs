//! TypeScript text of the Rust types that signatures use.

use syn::{GenericArgument, PathArguments, Type};

/// The TypeScript of an argument or answer type.
pub fn of(ty: &Type) -> syn::Result<String> {
    match ty {
        Type::Reference(reference) => of(&reference.elem),
        // Only arguments are slices, and what is handed over may be `readonly`.
        Type::Slice(slice) => Ok(format!("readonly {}", list_of(&of(&slice.elem)?))),
        Type::Tuple(tuple) if tuple.elems.is_empty() => Ok("void".into()),
        Type::Path(path) => {
            let Some(segment) = path.path.segments.last() else {
                return Err(syn::Error::new_spanned(ty, "expected a type with a name"));
            };
            let inner = match &segment.arguments {
                PathArguments::AngleBracketed(list) => list
                    .args
                    .iter()
                    .find_map(|argument| if let GenericArgument::Type(inner) = argument { Some(of(inner)) } else { None })
                    .transpose()?,
                _ => None,
            };
            Ok(match (segment.ident.to_string().as_str(), inner) {
                ("Nullable", Some(inner)) => format!("{inner} | null"),
                ("Map", Some(inner)) => format!("Record<string, {inner}>"),
                ("Vec", Some(inner)) => list_of(&inner),
                ("Option", Some(inner)) => format!("{inner} | undefined"),
                ("JsonOrEszip", Some(inner)) => format!("{inner} | Eszip"),
                ("String" | "str", _) => "string".into(),
                ("bool", _) => "boolean".into(),
                ("i32" | "i64" | "u16" | "u32" | "u64" | "f64", _) => "number".into(),
                ("Bytes", _) => "Bytes".into(),
                ("Count", _) => "number".into(),
                ("Rows", _) => "Row[]".into(),
                ("Value", _) => "unknown".into(),
                (name, None) => name.to_string(),
                (name, Some(inner)) => format!("{name}<{inner}>"),
            })
        }
        _ => Err(syn::Error::new_spanned(ty, "this type has no TypeScript form here")),
    }
}

fn list_of(item: &str) -> String {
    if item.contains(['|', '&']) { format!("({item})[]") } else { format!("{item}[]") }
}

/// A JSDoc block of the given lines.
pub fn doc_block(lines: &[String], indent: &str) -> String {
    let mut text = format!("{indent}/**\n");
    for line in lines {
        let line = inside_comment(line.trim_end());
        text.push_str(&format!("{indent} *{}{line}\n", if line.is_empty() { "" } else { " " }));
    }
    text.push_str(&format!("{indent} */\n"));
    text
}

/// A comment must not end early because of what a line of it says.
pub fn inside_comment(line: &str) -> String {
    line.replace("*/", "*\\/")
}

/// `list_members` as JavaScript writes it: `listMembers`.
pub fn camel(name: &str) -> String {
    let mut text = String::new();
    let mut upper = false;
    for letter in name.chars() {
        if letter == '_' {
            upper = true;
        } else if upper {
            text.extend(letter.to_uppercase());
            upper = false;
        } else {
            text.push(letter);
        }
    }
    text
}
