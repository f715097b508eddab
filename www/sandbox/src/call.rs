//! A checked request on its way to a handler, and what a handler answers.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use supabase_management_wasm::endpoint::JsonOrEszip;

/// A request that fits its row.
pub(crate) struct Call<'r> {
    /// Milliseconds since 1970.
    pub(crate) now: i64,
    values: Vec<String>,
    query: Value,
    sent: Sent<'r>,
}

/// A body.
pub(crate) enum Sent<'r> {
    Nothing,
    Json(Value),
    Eszip(&'r [u8]),
}

/// What a handler answers. The status follows from the verb.
pub(crate) enum Reply {
    /// An empty body, without content type.
    Nothing,
    Json(Vec<u8>),
}

/// A status other than 2xx, and its message.
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) message: String,
}

impl Refusal {
    pub(crate) fn new(status: u16, message: impl Into<String>) -> Self {
        Refusal { status, message: message.into() }
    }
}

impl Reply {
    /// A model of the client as JSON.
    pub(crate) fn model<T: Serialize>(model: &T) -> Result<Reply, Refusal> {
        serde_json::to_vec(model).map(Reply::Json).map_err(|error| Refusal::new(500, error.to_string()))
    }
}

/// A model of the client of its JSON: what the API answers can be made in no other way, as it may get more fields.
pub(crate) fn model<T: DeserializeOwned>(value: Value) -> Result<T, Refusal> {
    serde_json::from_value(value).map_err(|error| Refusal::new(500, error.to_string()))
}

impl<'r> Call<'r> {
    pub(crate) fn new(now: i64, values: Vec<String>, query: Value, sent: Sent<'r>) -> Self {
        Call { now, values, query, sent }
    }

    /// The path values, in the order of the route.
    pub(crate) fn path<const N: usize>(&self) -> [&str; N] {
        std::array::from_fn(|index| self.values.get(index).map_or("", String::as_str))
    }

    /// The query, as the client's model.
    pub(crate) fn query<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        decode(&self.query)
    }

    /// The body, as the client's model.
    pub(crate) fn body<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        match &self.sent {
            Sent::Json(value) => decode(value),
            Sent::Nothing | Sent::Eszip(_) => decode(&Value::Null),
        }
    }

    /// The body of an endpoint that takes bundles as well.
    pub(crate) fn body_or_eszip<T: DeserializeOwned>(&self) -> Result<JsonOrEszip<T>, Refusal> {
        match self.sent {
            Sent::Eszip(bytes) => Ok(JsonOrEszip::Eszip(bytes.to_vec())),
            _ => self.body().map(JsonOrEszip::Json),
        }
    }
}

/// The row has been checked: what fails here is beyond what the description states.
fn decode<T: DeserializeOwned>(value: &Value) -> Result<T, Refusal> {
    T::deserialize(value).map_err(|error| Refusal::new(400, format!("Invalid input: {error}")))
}
