//! As much of the crate's module as the code of `#[endpoints]` names.

use crate::client::Client;
use crate::schema::endpoint::Endpoint;

pub struct Call<T>(Option<T>);

impl<T> Call<T> {
    pub fn new(_: &Client, _: &'static [Endpoint], _: &'static Endpoint, _: Input, _: fn(&[u8]) -> Option<T>) -> Self {
        Call(None)
    }
}

pub struct Input;

impl Input {
    pub fn new(_: &[&str]) -> Self {
        Input
    }
}

pub mod decode {
    pub fn json<T>(_: &[u8]) -> Option<T> {
        None
    }
}
