//! How version 2 writes an error inside an answer.

use crate::schema::Map;
use serde_json::Value;
use supabase_management_wasm_macros::model;

/// An error as version 2 writes it: what an error status carries, and what a success carries of the part that failed.
#[model]
pub struct ApiErrorObject {
    /// What went wrong, for programs, as `forbidden.permission_denied`.
    pub code: String,
    /// What went wrong, for people.
    pub message: String,
    /// Identifies this occurrence of the error.
    pub id: Option<String>,
    /// More about it, for people.
    pub description: Option<String>,
    /// Pages about it, by what they are, as `about`.
    pub links: Option<Map<ApiErrorLink>>,
    /// More about it, for programs. The API does not describe it.
    pub meta: Option<Map<Value>>,
    /// The single errors, where there are several.
    pub issues: Option<Vec<ApiErrorIssue>>,
}

// The description lets issues have issues without end, which no packed type can. A level that nobody has seen is free JSON.
/// One of several errors.
#[model]
pub struct ApiErrorIssue {
    /// What went wrong, for programs.
    pub code: String,
    /// What went wrong, for people.
    pub message: String,
    /// Identifies this occurrence of the error.
    pub id: Option<String>,
    /// More about it, for people.
    pub description: Option<String>,
    /// Pages about it, by what they are, as `about`.
    pub links: Option<Map<ApiErrorLink>>,
    /// More about it, for programs, as the `email` of an invitation that failed.
    pub meta: Option<Map<Value>>,
    /// What it consists of, each in the form of this object.
    pub issues: Option<Vec<Value>>,
}

/// A page about an error.
#[model]
pub struct ApiErrorLink {
    /// Address of the page.
    pub href: String,
    /// How the page relates to the error.
    pub rel: Option<String>,
    /// Title of the page.
    pub title: Option<String>,
    /// Media type of the page, as `text/html`.
    pub r#type: Option<String>,
    /// Address of a description of the page.
    pub describedby: Option<String>,
    /// More about the page. The API does not describe it.
    pub meta: Option<Map<Value>>,
}
