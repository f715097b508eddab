//! Examples in the docs of Rust: a call for each method, and a value for each model that requests hold.
//!
//! An attribute sees one item alone. So each model leaves a `macro_rules` of its own name behind, which `concat!` expands inside of the docs of the
//! methods: `CreateSecret!(value)` is the text of a value, `CreateSecret!(uses)` that of its imports. They exist while rustdoc reads the crate, and
//! cost no other build anything.

use crate::input::setter_name;
use crate::model::{generic_of, only_value};
use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;
use syn::{Field, Ident, Type, Variant};

/// Text of an example, or the place of a model's own.
#[derive(Clone)]
pub enum Piece {
    Text(String),
    Model(Ident),
}

fn text(text: impl Into<String>) -> Piece {
    Piece::Text(text.into())
}

/// What fields and path values look like, by the name of the model and of the field, or by that of the field alone.
const SAMPLES: &[(&str, &str)] = &[
    ("BulkUpdateFunction.name", "Hello"),
    ("BulkUpdateFunction.slug", "hello"),
    ("ComputeSpec.exposure", "public"),
    ("ComputeSpec.size", "small"),
    ("CreateApiKey.name", "backend"),
    ("CreateFunction.name", "Hello"),
    ("CreateFunction.slug", "hello"),
    ("CreateMigration.query", "create table posts (id bigint primary key)"),
    ("CreateOrganization.name", "Acme"),
    ("CreateSecret.name", "API_URL"),
    ("CreateSecret.value", "https://example.com"),
    ("DeployQuery.slug", "hello"),
    ("RestorePointName.name", "before-migration"),
    ("RestorePointQuery.name", "before-migration"),
    ("UpdateApiKey.name", "backend"),
    ("UpdateFunction.name", "Hello"),
    ("UpdateMigration.name", "create-posts"),
    ("aws_account_id", "123456789012"),
    ("body", "Deno.serve(() => new Response('Hello'))"),
    ("branch_id_or_ref", "abcdefghijklmnopqrst"),
    ("branch_name", "feature-login"),
    ("cidr", "203.0.113.0/24"),
    ("client_secret", "sba_0123456789abcdef"),
    ("code", "0123456789abcdef"),
    ("custom_hostname", "api.example.com"),
    ("database_identifier", "abcdefghijklmnopqrst-rr-us-east-1-vwxyz"),
    ("db_allowed_cidrs", "203.0.113.0/24"),
    ("db_extra_search_path", "public, extensions"),
    ("db_pass", "correct horse battery staple"),
    ("email", "jane@example.com"),
    ("entrypoint_path", "index.ts"),
    ("function_slug", "hello"),
    ("gte", "20260101000000"),
    ("ipv4_addresses", "203.0.113.7"),
    ("metadata_url", "https://idp.example.com/metadata.xml"),
    ("migration_version", "20260101000000"),
    ("name", "blog"),
    ("oidc_issuer_url", "https://issuer.example.com"),
    ("organization_slug", "acme"),
    ("password", "correct horse battery staple"),
    ("project_ref", "abcdefghijklmnopqrst"),
    ("query", "select id, title from public.posts limit 10"),
    ("redirect_uri", "https://app.example.com/callback"),
    ("ref", "abcdefghijklmnopqrst"),
    ("refresh_token", "0123456789abcdef"),
    ("rhost", "203.0.113.7"),
    ("role", "postgres"),
    ("root_key", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"),
    ("schedule_for", "03:00:00"),
    ("signing_secret", "correct horse battery staple"),
    ("site_url", "https://example.com"),
    ("sql", "select event_message from edge_logs limit 10"),
    ("slug", "acme"),
    ("target_organization_slug", "acme"),
    ("target_version", "17.6.1.084"),
    ("text", "# Orders of this week"),
    ("token", "0123456789abcdef"),
    ("url", "https://example.com/hook"),
    ("value", "https://example.com"),
    ("vanity_subdomain", "acme"),
    ("version", "20260101000000"),
];

/// The value of an enum that goes with the others of an example. Any other shows its first.
const CHOICES: &[(&str, &str)] =
    &[("AddonChoice", "Ipv4"), ("AddonType", "Ipv4"), ("OrganizationRoleName", "Developer"), ("RunStepStatus", "Exited")];

/// Fields that are shown although they need not be given. Of any other model in which nothing must be given, the first is.
const SHOWN: &[(&str, &[&str])] = &[
    ("CreateProject", &["region_selection"]),
    ("CreateSsoProvider", &["metadata_url"]),
    ("LogsQuery", &["sql"]),
    ("TokenRequest", &["grant_type", "client_id", "client_secret", "code", "redirect_uri"]),
    ("UpdatePostgresConfig", &["max_connections"]),
    ("UpdateSsoProvider", &["metadata_url"]),
];

/// Queries that are shown although they may be left out.
const GIVEN: &[&str] = &["DeployQuery", "LogsQuery"];

const UUID: &str = "6f1ed7b4-6a0e-4f7c-8c39-6b6d8b1a2c3d";

/// The text of a string.
fn sample(owner: &str, name: &str) -> String {
    let known = |wanted: &str| SAMPLES.iter().find(|(name, _)| *name == wanted).map(|(_, sample)| (*sample).to_string());
    let uuid = || (name == "id" || name.ends_with("_id")).then(|| UUID.to_string());
    known(&format!("{owner}.{name}")).or_else(|| known(name)).or_else(uuid).unwrap_or_else(|| name.replace('_', " "))
}

fn number(name: &str) -> &'static str {
    match name {
        "recovery_time_target_unix" => "1_767_225_600",
        "file_size_limit" => "52_428_800",
        "instances" => "1",
        "iops" => "3_000",
        "max_connections" => "100",
        "timeout_ms" => "5_000",
        _ if name.starts_with("max_") || name == "limit" => "10",
        _ => "8",
    }
}

/// What a constructor or a setter is given for a type, if there is anything short.
fn value_of(owner: &str, name: &str, ty: &Type) -> Option<Vec<Piece>> {
    if let Some(inner) = generic_of(ty, "Nullable") {
        let plain = generic_of(inner, "Vec").is_none() && generic_of(inner, "Map").is_none();
        return plain.then(|| value_of(owner, name, inner)).flatten();
    }
    let around = |before: &str, inner: &Type, after: &str| {
        let inner = value_of(owner, name, inner)?;
        Some(std::iter::once(text(before)).chain(inner).chain([text(after)]).collect())
    };
    if let Some(item) = generic_of(ty, "Vec") {
        return around("[", item, "]");
    }
    if let Some(value) = generic_of(ty, "Map") {
        return around("[(\"name\", ", value, ")]");
    }
    match ty.to_token_stream().to_string().as_str() {
        "String" => Some(vec![text(format!("{:?}", sample(owner, name)))]),
        "bool" => Some(vec![text("true")]),
        "i64" => Some(vec![text(number(name))]),
        "f64" => Some(vec![text(format!("{}.0", number(name)))]),
        "Value" => None,
        _ => model_of(ty).map(|model| vec![Piece::Model(model)]),
    }
}

fn model_of(ty: &Type) -> Option<Ident> {
    let Type::Path(path) = ty else { return None };
    path.path.get_ident().cloned()
}

/// The macro of a model: how a value of it is written.
pub fn of_model(name: &Ident, value: &[Piece]) -> TokenStream {
    // A model is imported from the module that its file is.
    let file = proc_macro::Span::call_site().file();
    let path = std::path::Path::new(&file);
    let module = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let module = if path.parent().is_some_and(|folder| folder.ends_with("v2")) { format!("v2::{module}") } else { module };
    let own = format!(" use supabase_management_wasm::api::{module}::{name};\n");
    let inner = value.iter().filter_map(|piece| if let Piece::Model(model) = piece { Some(quote!(#model!(uses))) } else { None });
    let value = tokens(value);
    let hidden = format_ident!("__example_{name}");
    quote! {
        #[cfg(doc)]
        macro_rules! #hidden {
            (value) => { concat!(#(#value),*) };
            (uses) => { concat!(#own, #(#inner),*) };
        }
        #[cfg(doc)]
        pub(crate) use #hidden as #name;
    }
}

fn tokens(pieces: &[Piece]) -> Vec<TokenStream> {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => quote!(#text),
            Piece::Model(model) => quote!(#model!(value)),
        })
        .collect()
}

/// A call of a constructor, with what must be given.
fn constructed(owner: &str, function: &str, fields: &[&Field]) -> Vec<Piece> {
    let required = fields.iter().filter(|field| generic_of(&field.ty, "Option").is_none() && only_value(field).is_none());
    let mut pieces = vec![text(format!("{function}("))];
    for (index, field) in required.enumerate() {
        let name = field.ident.as_ref().map(|name| name.unraw().to_string()).unwrap_or_default();
        pieces.extend((index > 0).then(|| text(", ")));
        pieces.extend(value_of(owner, &name, &field.ty).unwrap_or_else(|| vec![text("serde_json::json!({})")]));
    }
    pieces.push(text(")"));
    pieces
}

/// `CreateSecret::new("API_URL", "https://example.com")`. Where nothing must be given, one field is set.
pub fn of_struct(name: &Ident, fields: &[&Field]) -> Vec<Piece> {
    let owner = name.to_string();
    let mut pieces = constructed(&owner, &format!("{name}::new"), fields);
    let shown = SHOWN.iter().find(|(model, _)| *model == owner).map(|(_, names)| *names);
    // Many stand one below the other.
    let before = if shown.is_some_and(|names| names.len() > 1) { "\n     " } else { "" };
    let current = fields.iter().filter(|field| !field.attrs.iter().any(|attr| attr.path().is_ident("deprecated")));
    let set = current.filter_map(|field| {
        let (ident, inner) = (field.ident.as_ref()?, generic_of(&field.ty, "Option")?);
        let name = ident.unraw().to_string();
        let value = value_of(&owner, &name, inner)?;
        let call = std::iter::once(text(format!("{before}.{}(", setter_name(ident)))).chain(value).chain([text(")")]).collect::<Vec<_>>();
        Some((name, call))
    });
    let set: Vec<_> = set.collect();
    let any_required = fields.iter().any(|field| generic_of(&field.ty, "Option").is_none() && only_value(field).is_none());
    match shown {
        Some(names) => pieces.extend(set.into_iter().filter(|(name, _)| names.contains(&&**name)).flat_map(|(_, call)| call)),
        None if any_required => {}
        None => pieces.extend(set.into_iter().take(1).flat_map(|(_, call)| call)),
    }
    pieces
}

/// `RegionSelection::specific(Region::UsEast1)`, of the first member.
pub fn of_member(name: &Ident, constructor: &Ident, variant: &Variant) -> Vec<Piece> {
    constructed(&name.to_string(), &format!("{name}::{constructor}"), &variant.fields.iter().collect::<Vec<_>>())
}

/// One of the values of an enum of strings.
pub fn of_values(name: &Ident, values: &[Ident]) -> Vec<Piece> {
    let owner = name.to_string();
    let chosen = CHOICES.iter().find(|(model, _)| *model == owner).map(|(_, value)| format_ident!("{value}"));
    let value = chosen.filter(|chosen| values.contains(chosen)).or_else(|| values.first().cloned());
    vec![text(value.map_or(owner.clone(), |value| format!("{owner}::{value}")))]
}

/// A call of a method, line by line.
#[derive(Default)]
pub struct Example {
    uses: Vec<TokenStream>,
    before: Vec<TokenStream>,
    arguments: Vec<TokenStream>,
}

impl Example {
    /// A path value: text, or one of some values.
    pub fn path_value(&mut self, placeholder: &str, ty: &Type, is_text: bool) {
        let value = sample("", if placeholder == "name" { "branch_name" } else { placeholder });
        match model_of(ty) {
            Some(model) if !is_text => {
                self.uses.push(quote!(#model!(uses)));
                self.arguments.push(quote!(#model!(value)));
            }
            _ => {
                let value = format!("{value:?}");
                self.arguments.push(quote!(#value));
            }
        }
    }

    /// A query. One that may be left out is, unless it is one of those that tell what a call is about.
    pub fn query(&mut self, ty: &Type, required: bool) {
        if required {
            self.input("query", ty, "", "", true);
        } else if model_of(ty).is_some_and(|model| GIVEN.contains(&&*model.to_string())) {
            self.input("query", ty, "", "", false);
        } else {
            self.arguments.push(quote!("None"));
        }
    }

    /// A body: a list, bytes or a model, files with metadata, or a model.
    pub fn body(&mut self, ty: &Type) {
        if let Type::Slice(list) = ty {
            match model_of(&list.elem) {
                Some(item) if item != "String" => self.input("body", &list.elem, "[", "]", false),
                _ => self.arguments.push(quote!("[\"API_URL\"]")),
            }
        } else if let Some(model) = generic_of(ty, "JsonOrEszip") {
            self.input("body", model, "", ".into()", true);
        } else if let Some(metadata) = generic_of(ty, "Multipart") {
            self.uses.push(quote!(" use supabase_management_wasm::endpoint::Multipart;\n"));
            self.input("body", metadata, "Multipart::new(", ").file(\"index.ts\", \"Deno.serve(() => new Response('Hello'))\")", true);
        } else if let Some(data) = generic_of(ty, "Data") {
            self.uses.push(quote!(" use supabase_management_wasm::api::v2::Data;\n"));
            match generic_of(data, "Vec") {
                Some(item) => self.input("body", item, "Data::new(vec![", "])", true),
                None => self.input("body", data, "Data::new(", ")", true),
            }
        } else if ty.to_token_stream().to_string() == "Value" {
            self.arguments.push(quote!("&serde_json::json!({})"));
        } else if generic_of(ty, "Map").is_some() {
            self.arguments.push(quote!("&[(\"email\".into(), \"jane@example.com\".into())].into()"));
        } else {
            self.input("body", ty, "", "", true);
        }
    }

    /// A variable, and the argument that is it, or refers to it. What can be given as it is has no `&`, as clippy asks for.
    fn input(&mut self, variable: &str, ty: &Type, before: &str, after: &str, by_reference: bool) {
        let Some(model) = model_of(ty) else { return };
        let (start, end) = (format!(" let {variable} = {before}"), format!("{after};\n"));
        self.uses.push(quote!(#model!(uses)));
        self.before.push(quote!(#start, #model!(value), #end));
        let argument = format!("{}{variable}", if by_reference { "&" } else { "" });
        self.arguments.push(quote!(#argument));
    }

    /// The lines as an attribute. `answer` is what the call gives, and `property` that of the client.
    pub fn attribute(self, property: &str, method: &str, answer: &Type, url: bool) -> TokenStream {
        let Example { uses, before, arguments } = self;
        let variable = variable_of(answer, url);
        let binding = variable.as_ref().map_or(String::new(), |variable| format!("let {variable} = "));
        let call = format!(" {binding}client.{property}().{method}(");
        let end = format!("){}?;\n", if url { "" } else { ".await" });
        let print = match variable.as_deref() {
            None => String::new(),
            Some("bytes") => " println!(\"{} bytes\", bytes.len());\n".into(),
            Some(plain @ ("count" | "text" | "url")) => format!(" println!(\"{{{plain}}}\");\n"),
            Some(variable) => format!(" println!(\"{{{variable}:?}}\");\n"),
        };
        let head = "\n # Example\n\n ```no_run\n # use supabase_management_wasm::{Client, Result};\n";
        let blank = if uses.is_empty() { "" } else { "\n" };
        let begin = " # async fn example(client: Client) -> Result<()> {\n";
        let close = " # Ok(())\n # }\n ```";
        let arguments: Vec<_> =
            arguments.into_iter().enumerate().map(|(at, argument)| if at == 0 { argument } else { quote!(", ", #argument) }).collect();
        quote! {
            #[cfg_attr(doc, doc = concat!(#head, #(#uses,)* #blank, #begin, #(#before,)* #call, #(#arguments,)* #end, #print, #close))]
        }
    }
}

/// What a caller names the answer: `Vec<Project>` are `projects`. Nothing where there is none.
fn variable_of(answer: &Type, url: bool) -> Option<String> {
    if url {
        return Some("url".into());
    }
    if let Some(item) = generic_of(answer, "Vec") {
        let one = variable_of(item, false)?;
        return Some(match one.strip_suffix('y') {
            Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
            _ if one.ends_with("ch") => format!("{one}es"),
            _ => format!("{one}s"),
        });
    }
    if let Some(data) = generic_of(answer, "Data") {
        return variable_of(data, false);
    }
    match answer {
        Type::Tuple(_) => None,
        _ => Some(match answer.to_token_stream().to_string().as_str() {
            "String" => "text".into(),
            name if name.starts_with("Map") => "document".into(),
            name => crate::input::snake_of(name),
        }),
    }
}
