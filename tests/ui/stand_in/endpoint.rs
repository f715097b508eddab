//! As much of the crate's module as the code of `#[endpoints]` names.

use crate::schema::Packed;

#[derive(Debug)]
pub struct Endpoint;

pub struct Table {
    pub text: &'static str,
    pub types: Packed,
}

impl Table {
    pub fn unpack(&self) -> &'static [Endpoint] {
        &[Endpoint]
    }
}

pub mod row {
    pub const NONE: u8 = 0;
    pub const JSON: u8 = 1;
    pub const BY_NAME: crate::schema::Packed = crate::schema::Packed { names: &[], shape: &[15] };
}
