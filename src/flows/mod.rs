//! What is made of several calls: the pages of a list, waiting for work to be done, signing in and renewing tokens.

pub mod oauth;
pub mod pages;
pub mod upload;
pub mod wait;
mod walk;
pub mod writable;
