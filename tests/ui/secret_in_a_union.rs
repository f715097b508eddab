use supabase_management_wasm_macros::model;

/// A way to sign in.
#[model(tag = "type")]
pub enum SignIn {
    /// With a password.
    #[serde(rename = "password")]
    Password {
        /// The password.
        #[schema(secret)]
        password: String,
    },
}

fn main() {}
