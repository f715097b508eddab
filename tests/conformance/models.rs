//! The model of each endpoint, as its method has it.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use supabase_management_wasm::api::functions::{CreateFunction, FunctionSettings, UpdateFunction};
use supabase_management_wasm::api::secrets::CreateSecret;
use supabase_management_wasm::{Call, Client};

/// Reads JSON into a model and writes it down again.
pub type Read = fn(&str) -> serde_json::Result<Value>;

/// The models of one endpoint; `()` where it has none.
pub struct Model {
    pub answer: Read,
    pub body: Read,
    pub query: Read,
}

/// One line per row. The compiler sees to it that the models are those of the method.
pub fn of(id: &str) -> Option<Model> {
    #[expect(deprecated, reason = "deprecated endpoints are in the table as well")]
    Some(match id {
        "organizations.list" => model(|client, (), ()| client.organizations().list()),
        "organizations.create" => model(|client, body, ()| client.organizations().create(body)),
        "projects.list" => model(|client, (), ()| client.projects().list()),
        "projects.create" => model(|client, body, ()| client.projects().create(body)),
        "functions.list" => model(|client, (), ()| client.functions().list("")),
        "functions.create" => model(|client, body: &CreateFunction, query| client.functions().create("", &body.clone().into(), query)),
        "functions.get" => model(|client, (), ()| client.functions().get("", "")),
        "functions.update" => {
            model(|client, body: &UpdateFunction, query: &FunctionSettings| client.functions().update("", "", &body.clone().into(), query))
        }
        "functions.delete" => model(|client, (), ()| client.functions().delete("", "")),
        "secrets.list" => model(|client, (), ()| client.secrets().list("")),
        "secrets.create" => model(|client, body: &Vec<CreateSecret>, ()| client.secrets().create("", body)),
        "secrets.delete" => model(|client, body: &Vec<String>, ()| client.secrets().delete("", body)),
        _ => return None,
    })
}

/// The call is never made: natively there is no JavaScript to make it.
fn model<A: Json, B: Json, Q: Json>(_: fn(&Client, &B, &Q) -> Call<A>) -> Model {
    Model { answer: read::<A>, body: read::<B>, query: read::<Q> }
}

trait Json: Serialize + DeserializeOwned {}

impl<T: Serialize + DeserializeOwned> Json for T {}

fn read<T: Json>(text: &str) -> serde_json::Result<Value> {
    serde_json::to_value(serde_json::from_str::<T>(text)?)
}
