//! As much of the crate's module as the code of `#[endpoints]` names.

use crate::schema::Type;

#[derive(Debug)]
pub struct Endpoint {
    pub id: &'static str,
    pub verb: Verb,
    pub route: &'static str,
    pub placeholders: &'static [Placeholder],
    pub query: Option<Type>,
    pub body: Body,
    pub answer: Answer,
    pub repeat: Repeat,
}

#[derive(Debug)]
pub struct Placeholder {
    pub name: &'static str,
    pub ty: Type,
}

#[derive(Debug)]
pub enum Verb {
    Get,
}

#[derive(Debug)]
pub enum Body {
    None,
}

#[derive(Debug)]
pub enum Answer {
    Json(Type),
}

#[derive(Debug)]
pub enum Repeat {
    Safe,
}

pub const fn placeholder_type(_: &str) -> Type {
    Type::STRING
}
