//! `#[endpoints]`: signatures become methods, table rows and TypeScript.

use crate::example::Example;
use crate::input::snake_of;
use crate::model::{doc_lines, generic_of, jsdoc, pack_multipart, pack_type, take_text, typescript_section};
use crate::pages::{Lead, Pages};
use crate::typescript::{camel, of};
use crate::words::{for_rust, in_javascript, in_rust, lower_first};
use crate::writable::MadeFrom;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, FnArg, Ident, LitStr, Pat, PathArguments, ReturnType, Token, Type};

const VERBS: [&str; 6] = ["get", "post", "put", "patch", "delete", "head"];

/// `impl Projects { … }` with methods that have no bodies.
struct Group {
    attrs: Vec<Attribute>,
    name: Ident,
    methods: Vec<Method>,
}

struct Method {
    attrs: Vec<Attribute>,
    signature: syn::Signature,
}

impl Parse for Group {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attrs = input.call(Attribute::parse_outer)?;
        input.parse::<Token![impl]>()?;
        let name = input.parse()?;
        let content;
        syn::braced!(content in input);
        let mut methods = Vec::new();
        while !content.is_empty() {
            let attrs = content.call(Attribute::parse_outer)?;
            content.parse::<Token![pub]>()?;
            let signature = content.parse()?;
            content.parse::<Token![;]>()?;
            methods.push(Method { attrs, signature });
        }
        Ok(Group { attrs, name, methods })
    }
}

/// What the verb's attribute says: `#[get("/v1/…", scope = "…", permission = "…", safe)]`.
pub(crate) struct Route {
    pub(crate) verb: String,
    pub(crate) path: LitStr,
    placeholders: Vec<String>,
    scope: Option<String>,
    /// Any of them; several names in one, joined with `+`, are needed together.
    permissions: Vec<String>,
    unsafe_: bool,
    /// Whether it takes the header `Idempotency-Key`.
    keyed: bool,
    /// Whether it never carries a token.
    anonymous: bool,
    stage: Stage,
    /// The plans whose organizations may call it; empty where any may.
    plans: Vec<String>,
    /// Whether the query has a field that must be given.
    query_required: bool,
    /// Whether an answer of 2xx can carry an error.
    error_inside: bool,
    /// Limits below the usual one: calls, and seconds of their window.
    rates: Vec<(u8, u8)>,
    pages: Option<Pages>,
    /// Which answers its body can be made from.
    from: Option<MadeFrom>,
}

/// How finished an endpoint is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Stable,
    /// The public reference does not list it.
    Experimental,
    /// The API's own word for it.
    Alpha,
}

/// Where the property of a group stands: at the client itself, or at the version of the API in it.
struct Place {
    /// Name of the group in the table: `branches`, or `v2.branches`.
    id: String,
    /// The calls that lead to it in Rust: `branches`, or `v2().branches`.
    calls: String,
    /// The method that gives it, for a link.
    given_by: String,
    /// Its interface in TypeScript, which has no modules: `Branches`, or `V2Branches`.
    interface: String,
    /// The interface that the property belongs to.
    owner: &'static str,
}

impl Place {
    fn of(name: &str, versioned: bool) -> Self {
        let (property, call) = (lower_first(name), snake_of(name));
        if versioned {
            let given_by = format!("[`V2::{call}`](crate::api::v2::V2::{call})");
            Place { id: format!("v2.{property}"), calls: format!("v2().{call}"), given_by, interface: format!("V2{name}"), owner: "V2" }
        } else {
            let given_by = format!("[`Client::{call}`](crate::Client::{call})");
            Place { id: property, calls: call, given_by, interface: name.into(), owner: "Resources" }
        }
    }
}

pub fn expand(arguments: TokenStream, item: TokenStream) -> syn::Result<TokenStream> {
    let versioned = match arguments.to_string().as_str() {
        "" => false,
        "v2" => true,
        _ => {
            return Err(syn::Error::new_spanned(
                arguments,
                "`#[endpoints]` takes no arguments, or the version of the API that is not the first: `v2`",
            ));
        }
    };
    let group: Group = syn::parse2(item)?;
    let name = &group.name;
    let attrs = &group.attrs;
    if doc_lines(attrs).is_empty() {
        return Err(syn::Error::new_spanned(name, "a group of endpoints needs a doc comment"));
    }
    let place = Place::of(&name.to_string(), versioned);
    let Place { interface: typed, owner, given_by, .. } = &place;
    let property = lower_first(&name.to_string());
    // Name, verb and route of each.
    let (mut text, mut requests_text) = (String::new(), String::new());
    let (mut names, mut shapes) = (Vec::new(), Vec::new());
    let (mut requests_names, mut requests_shapes) = (Vec::new(), Vec::new());
    let (mut methods, mut pages, mut writables) = (Vec::new(), Vec::new(), Vec::new());
    let mut bodies = String::new();
    let mut interface = format!("{}export interface {typed} {{\n", jsdoc(attrs, &[], "")?);
    for (index, method) in group.methods.iter().enumerate() {
        let parts = expand_method(name, &place, index, method)?;
        text.push_str(&parts.text);
        requests_text.push_str(&parts.requests_text);
        requests_names.extend_from_slice(&parts.names);
        requests_shapes.extend_from_slice(&parts.shapes);
        if let Some(answer) = parts.answer {
            // Where the answers are not told, they are any JSON.
            requests_shapes.push(quote!(&<::serde_json::Value as crate::schema::Schema>::TYPE.head(0)));
            names.extend(parts.names.into_iter().chain([quote!(#answer.names)]));
            shapes.extend(parts.shapes.into_iter().chain([quote!(&#answer.head(0), #answer.body())]));
        } else {
            names.extend(parts.names);
            shapes.extend(parts.shapes);
        }
        methods.push(parts.method);
        pages.extend(parts.page);
        writables.extend(parts.writable);
        bodies.push_str(&parts.body);
        interface.push_str(&parts.typescript);
    }
    interface.push_str("}\n");
    // Interfaces of one name merge: nobody keeps a list of the properties.
    interface.push_str(&format!("export interface {owner} {{\n{}  readonly {property}: {typed};\n}}\n", jsdoc(attrs, &[], "  ")?));
    if !bodies.is_empty() {
        interface.push_str(&format!("export interface Writables {{\n{bodies}}}\n"));
    }
    let mut attrs = group.attrs.clone();
    for_rust(&mut attrs);
    let from = format!(" {given_by} gives it.");
    attrs.extend::<[Attribute; 2]>([syn::parse_quote!(#[doc = ""]), syn::parse_quote!(#[doc = #from])]);
    let section = typescript_section(typed, &interface);
    Ok(quote! {
        #(#attrs)*
        #[derive(Debug, Clone)]
        pub struct #name {
            pub(crate) client: crate::client::Client,
        }
        impl #name {
            /// These endpoints, packed.
            pub(crate) const TABLE: crate::schema::endpoint::Table = crate::schema::endpoint::Table {
                text: #text,
                types: crate::schema::Packed { names: crate::packed!(#(#names),*), shape: crate::packed!(#(#shapes),*) },
            };
            /// The same without what only a client looks at.
            pub(crate) const REQUESTS: crate::schema::endpoint::Table = crate::schema::endpoint::Table {
                text: #requests_text,
                types: crate::schema::Packed { names: crate::packed!(#(#requests_names),*), shape: crate::packed!(#(#requests_shapes),*) },
            };
            fn rows() -> &'static [crate::schema::endpoint::Endpoint] {
                static ROWS: ::std::sync::OnceLock<&[crate::schema::endpoint::Endpoint]> = ::std::sync::OnceLock::new();
                ROWS.get_or_init(|| Self::TABLE.unpack())
            }
            pub(crate) fn new(client: crate::client::Client) -> Self {
                Self { client }
            }
            #(#methods)*
        }
        #(#pages)*
        #(#writables)*
        #section
    })
}

struct Parts {
    /// Its line of the table, and of that of requests.
    text: String,
    requests_text: String,
    /// The packed types of what goes in.
    names: Vec<TokenStream>,
    shapes: Vec<TokenStream>,
    /// The packed type of what comes out, where that is JSON.
    answer: Option<TokenStream>,
    method: TokenStream,
    /// What makes its answer a page.
    page: Option<TokenStream>,
    /// What makes its body of an answer.
    writable: Option<TokenStream>,
    typescript: String,
    /// Its line of the bodies that can be made of answers, in TypeScript.
    body: String,
}

fn expand_method(group: &Ident, place: &Place, index: usize, method: &Method) -> syn::Result<Parts> {
    let signature = &method.signature;
    let ident = &signature.ident;
    let mut attrs = method.attrs.clone();
    if doc_lines(&attrs).is_empty() {
        return Err(syn::Error::new_spanned(ident, "an endpoint needs a doc comment: it is what users read"));
    }
    let route = take_route(&mut attrs, ident)?;
    let (answer, url) = match built_url(signature) {
        Some(text) => (text, true),
        None => (answer_type(signature)?, false),
    };

    let mut inputs = signature.inputs.iter();
    if !matches!(inputs.next(), Some(FnArg::Receiver(_))) {
        return Err(syn::Error::new_spanned(signature, "the first argument is `&self`"));
    }
    let mut path_arguments = Vec::new();
    let mut path_values = Vec::new();
    let mut path_types = Vec::new();
    let mut path_texts = Vec::new();
    let mut told = Vec::new();
    let mut body = None;
    let mut query = None;
    let mut taken = Vec::new();
    let mut example = Example::default();
    for input in inputs {
        let FnArg::Typed(argument) = input else { continue };
        let Pat::Ident(pattern) = &*argument.pat else {
            return Err(syn::Error::new_spanned(&argument.pat, "expected a plain argument name"));
        };
        let mut argument_attrs = argument.attrs.clone();
        let limits = take_text(&mut argument_attrs)?;
        let (limits, limits_in_words) = limits.unzip();
        let words = doc_lines(&argument_attrs).join(" ");
        let (name, ty) = (&pattern.ident, &*argument.ty);
        match name.to_string().as_str() {
            kind @ ("body" | "form" | "multipart") => {
                body = Some((kind.to_string(), name, ty));
                example.body(referred(ty));
                taken.push(Taken::body(name, ty));
                told.push(Told::new(name, "body", &words));
            }
            "query" => {
                query = Some(ty);
                example.query(referred(ty), route.query_required);
                taken.push(Taken::query(name, ty, route.query_required));
                told.push(Told::query(name, &words, route.query_required));
            }
            _ => {
                let placeholder = route.placeholders.get(path_arguments.len()).map_or("", String::as_str);
                told.push(Told::path_value(name, placeholder, &words, limits_in_words.flatten())?);
                path_arguments.push(name);
                // One of some values, or text.
                let free = is_text(referred(ty));
                path_values.push(if free { quote!(#name.as_ref()) } else { quote!(#name.borrow().as_str()) });
                taken.push(Taken::path_value(name, ty, free));
                example.path_value(placeholder, referred(ty), free);
                let referred = referred(ty);
                path_types.push(if free { limits } else { Some(quote!(<#referred as crate::schema::Schema>::TYPE)) });
                path_texts.push(of(ty)?);
            }
        }
    }
    if path_arguments.len() != route.placeholders.len() {
        let (holes, takes) = (route.placeholders.len(), path_arguments.len());
        return Err(syn::Error::new(
            route.path.span(),
            format!("{holes} placeholder{} in the route, but `{ident}` takes {takes}", if holes == 1 { "" } else { "s" }),
        ));
    }

    let verb = route.verb.to_uppercase();
    let id = format!("{}.{}", place.id, camel(&ident.to_string()));
    let from = route.from.as_ref().map_or_else(String::new, MadeFrom::text);
    let text = format!("{id} {verb} {} {} {from}\n", route.path.value(), route.needs());
    // With nothing in the place of what a client needs, and of what bodies are made from.
    let requests_text = format!("{id} {verb} {}  \n", route.path.value());
    let kind = match &body {
        None => "NONE",
        Some((kind, _, _)) if kind == "form" => "FORM",
        Some((kind, _, _)) if kind == "multipart" => "MULTIPART",
        Some((_, _, ty)) if generic_of(referred(ty), "JsonOrEszip").is_some() => "JSON_OR_ESZIP",
        Some(_) => "JSON",
    };
    let kind = format_ident!("{kind}");
    let (answer_kind, decode) = match of(answer)?.as_str() {
        "void" => ("NOTHING", quote!(nothing)),
        _ if url => ("URL", quote!(text)),
        "string" => ("TEXT", quote!(text)),
        "Bytes" => ("BYTES", quote!(bytes)),
        "Row[]" => ("ROWS", quote!(rows)),
        "number" => ("COUNT", quote!(json)),
        "unknown" => ("JSON", quote!(value)),
        _ if route.error_inside => ("JSON_OR_ERROR", quote!(json)),
        _ => ("JSON", quote!(json)),
    };
    let answer_row = format_ident!("{answer_kind}");
    let pages = route.pages.as_ref().map(|pages| pages.of(answer, &route, query.is_some())).transpose()?;
    let paging = pages.as_ref().map(|pages| {
        let kind = match pages.lead {
            Lead::Offset => quote!(OFFSET),
            Lead::Cursor => quote!(CURSOR),
            Lead::Links => quote!(LINKS),
        };
        quote!(| crate::schema::endpoint::row::#kind)
    });
    let flags = [
        (query.is_some(), quote!(crate::schema::endpoint::row::QUERY)),
        (route.keyed, quote!(crate::schema::endpoint::row::KEYED)),
        (route.anonymous, quote!(crate::schema::endpoint::row::ANONYMOUS)),
        (route.unsafe_, quote!(crate::schema::endpoint::row::UNSAFE)),
        (!route.rates.is_empty(), quote!(crate::schema::endpoint::row::RATED)),
    ];
    let flags = flags.into_iter().filter(|(there, _)| *there).map(|(_, flag)| quote!(| #flag));
    // Both streams of the types, in the order in which `Table::unpack` reads them.
    let mut names = Vec::new();
    let mut shapes = vec![quote!(&[crate::schema::endpoint::row::#kind #(#flags)*, crate::schema::endpoint::row::#answer_row #paging])];
    if !route.rates.is_empty() {
        let count = route.rates.len() as u8;
        let rates = route.rates.iter().map(|(calls, seconds)| quote!(#calls, #seconds));
        shapes.push(quote!(&[#count, #(#rates),*]));
    }
    let mut add = |ty: &TokenStream| {
        names.push(quote!(#ty.names));
        shapes.push(quote!(&#ty.head(0), #ty.body()));
    };
    for ty in &path_types {
        add(ty.as_ref().unwrap_or(&quote!(crate::schema::endpoint::row::BY_NAME)));
    }
    if let Some(ty) = query {
        let (packed, required) = (pack_type(referred(ty)), route.query_required);
        add(&quote! {({
            const QUERY: crate::schema::Packed = #packed;
            assert!(QUERY.requires() == #required, "`query_required` goes with a query that has a required field");
            QUERY
        })});
    }
    if let Some((_, _, ty)) = &body {
        let ty = referred(ty);
        add(&match generic_of(ty, "Multipart") {
            Some(metadata) => pack_multipart(metadata),
            None => pack_type(generic_of(ty, "JsonOrEszip").unwrap_or(ty)),
        });
    }
    let packed_answer = answer_kind.starts_with("JSON").then(|| pack_type(answer));

    // The user's own tokens, so that a misspelt type is reported where it stands.
    let output = &signature.output;
    let notes = route.notes(url);
    let arguments = told.iter().filter_map(Told::in_rust);
    let walks =
        "[`Call::items`](crate::Call::items) goes through the items of all pages, [`Call::pages`](crate::Call::pages) page by page.".to_string();
    let rust_notes =
        pages.iter().map(|_| &walks).chain(&notes).flat_map(|line| [String::new(), format!(" {line}")]).chain([String::new()]).chain(arguments);
    let mut rust_attrs = attrs.clone();
    for_rust(&mut rust_attrs);
    let errors = if url {
        " An [`Error`](crate::Error) of the kind `Input`: an argument or an option is wrong.".to_string()
    } else {
        // Where nothing comes back, nothing is read.
        let decode = match quote!(#answer).to_string().replace(' ', "").as_str() {
            "()" => String::new(),
            answer => format!("`Decode` for an answer that is not `{answer}`, "),
        };
        format!(
            " An [`Error`](crate::Error): `Input` before anything is sent, `Api` for any status but 2xx, {decode}`Network`, `Timeout` or `Aborted`."
        )
    };
    let run = if url { quote!(crate::call::build_url) } else { quote!(crate::call::Call::new) };
    let reader = if url { quote!() } else { quote!(crate::call::decode::#decode,) };
    let (parameters, inputs): (Vec<_>, Vec<_>) = taken.iter().map(|Taken { parameter, input, .. }| (parameter, input)).unzip();
    let inputs = inputs.into_iter().flatten();
    let borrow = taken.iter().any(|taken| taken.borrows).then(|| {
        quote!(
            use ::std::borrow::Borrow as _;
        )
    });
    let example = example.attribute(&place.calls, &ident.to_string(), answer, url);
    let method = quote! {
        #(#rust_attrs)*
        #(#[doc = #rust_notes])*
        ///
        /// # Errors
        #[doc = #errors]
        #example
        pub fn #ident(&self, #(#parameters),*) #output {
            #borrow
            let input = crate::call::Input::new(&[#(#path_values),*]);
            #(let input = #inputs;)*
            #run(&self.client, Self::rows(), &Self::rows()[#index], input, #reader)
        }
    };

    let (writable, made) = match (&route.from, &body) {
        (Some(from), Some((_, _, ty))) => (Some(from.implementation(group, index, referred(ty))), from.typescript(&id, referred(ty))?),
        (Some(from), None) => return Err(from.wrong("`from` is for a method with a body")),
        (None, _) => (None, String::new()),
    };
    let mut parameters: Vec<String> = route.placeholders.iter().zip(path_texts).map(|(name, ty)| format!("{name}: {ty}")).collect();
    if let Some((_, _, ty)) = body {
        let ty = of(ty)?;
        // Of what may be anything it is not known either whether it must be there.
        parameters.push(format!("body{}: {ty}", if ty == "unknown" { "?" } else { "" }));
    }
    if let Some(ty) = query {
        // A query that must be given is an argument that is not optional.
        let optional = if route.query_required { "" } else { "?" };
        parameters.push(format!("query{optional}: {}", of(ty)?));
    }
    parameters.push(format!("options?: {}", if route.keyed { "IdempotentCallOptions" } else { "CallOptions" }));
    let mut lines = vec![String::new()];
    if pages.is_some() {
        lines.push("`for await` over the call goes through the items of all pages, `.pages()` of it gives page by page.".into());
    }
    lines.extend(notes);
    lines.extend(told.iter().filter_map(Told::in_javascript));
    lines.push(if url {
        "@throws {InputError} if an argument or an option is wrong.".into()
    } else {
        "@throws {InputError} before anything is sent, {@link ApiError} for any status but 2xx, {@link DecodeError} for an answer that is not what it should be, {@link ConnectionError}, {@link TimeoutError}."
            .into()
    });
    if route.stage != Stage::Stable {
        lines.push("@experimental".into());
    }
    let answer = of(answer)?;
    let generic = if answer == "Row[]" { "<Row = Record<string, unknown>>" } else { "" };
    let result = match &pages {
        _ if url => answer,
        // The type of a row is given with the call, or is the default: what the rows are assigned to does not choose it.
        None if answer == "Row[]" => "Call<NotInferred<Row>[]>".into(),
        None => format!("Call<{answer}>"),
        Some(pages) => format!("PagedCall<{answer}, {}>", of(pages.item)?),
    };
    let typescript = format!("{}  {}{generic}({}): {result};\n", jsdoc(&attrs, &lines, "  ")?, camel(&ident.to_string()), parameters.join(", "));
    let page = pages.map(|pages| pages.page);
    Ok(Parts { text, requests_text, names, shapes, answer: packed_answer, method, page, writable, typescript, body: made })
}

/// How a method takes an argument: as people type it, which may be more than the signature says.
struct Taken {
    parameter: TokenStream,
    /// What becomes of `input` with it, where that is not the place of the path values.
    input: Option<TokenStream>,
    /// Whether it needs the trait `Borrow`.
    borrows: bool,
}

impl Taken {
    /// `&str` stands for whatever is text, and the reference to an enum for the enum as well.
    fn path_value(name: &Ident, ty: &Type, free: bool) -> Self {
        let ty = referred(ty);
        let parameter = if free { quote!(#name: impl ::std::convert::AsRef<#ty>) } else { quote!(#name: impl ::std::borrow::Borrow<#ty>) };
        Taken { parameter, input: None, borrows: !free }
    }

    /// A slice stands for whatever can be gone through: an array, a `Vec`, a slice, an iterator; of models, or of references to them.
    fn body(name: &Ident, ty: &Type) -> Self {
        if is_free(referred(ty)) {
            let input = quote!(if #name.is_null() { input } else { input.body(#name) });
            return Taken { parameter: quote!(#name: #ty), input: Some(input), borrows: false };
        }
        let Type::Slice(list) = referred(ty) else {
            return Taken { parameter: quote!(#name: #ty), input: Some(quote!(input.body(#name))), borrows: false };
        };
        let item = &list.elem;
        if is_text(item) {
            let parameter = quote!(#name: impl ::std::iter::IntoIterator<Item = impl ::std::convert::AsRef<str>>);
            let input = quote!({
                let items: ::std::vec::Vec<_> = #name.into_iter().collect();
                input.body(&items.iter().map(|item| item.as_ref()).collect::<::std::vec::Vec<&str>>())
            });
            return Taken { parameter, input: Some(input), borrows: false };
        }
        let parameter = quote!(#name: impl ::std::iter::IntoIterator<Item = impl ::std::borrow::Borrow<#item>>);
        let input = quote!({
            let items: ::std::vec::Vec<_> = #name.into_iter().collect();
            input.body(&items.iter().map(|item| item.borrow()).collect::<::std::vec::Vec<&#item>>())
        });
        Taken { parameter, input: Some(input), borrows: true }
    }

    /// One that need not be given may be `None`.
    fn query(name: &Ident, ty: &Type, required: bool) -> Self {
        if required {
            return Taken { parameter: quote!(#name: #ty), input: Some(quote!(input.query(#name))), borrows: false };
        }
        let ty = referred(ty);
        let parameter = quote!(#name: impl crate::request::query::OptionalQuery<#ty>);
        let input = quote!(match crate::request::query::OptionalQuery::query(&#name) {
            ::std::option::Option::Some(query) => input.query(query),
            ::std::option::Option::None => input,
        });
        Taken { parameter, input: Some(input), borrows: false }
    }
}

/// Whether a type is JSON of whatever shape.
fn is_free(ty: &Type) -> bool {
    quote!(#ty).to_string() == "Value"
}

/// Whether a type is text, owned or not.
fn is_text(ty: &Type) -> bool {
    matches!(quote!(#ty).to_string().as_str(), "str" | "String")
}

/// What the docs say of an argument.
struct Told {
    /// Its name in Rust.
    argument: String,
    /// Its name in JavaScript.
    parameter: String,
    rust: String,
    javascript: String,
}

/// Path values that are the same thing wherever they occur. Any other needs a doc comment before its argument.
const PATH_VALUES: [(&str, &str); 11] = [
    ("ref", "Reference of the project, 20 lowercase letters."),
    ("slug", "Slug of the organization: `slug` in [`Organizations::list`]. Letters, digits, `_` and `-`."),
    ("function_slug", "Slug of the function: `slug` in [`Functions::list`]. Letters, digits, `_` and `-`."),
    (
        "branch_id_or_ref",
        "The branch's own project ref, 20 lowercase letters: `project_ref` in `Branches::list`. Its `id` there, a UUID, works too, but is deprecated.",
    ),
    ("run_id", "Identifier of the run: `id` in [`ActionRuns::list`], or `workflow_run_id` of a push, merge or reset."),
    ("provider_id", "Identifier of the SSO provider: `id` in [`SsoProviders::list`]."),
    ("tpa_id", "Identifier of the issuer: `id` in [`ThirdPartyAuth::list`]."),
    ("user_id", "Identifier of the user: `user_id` in [`Organizations::list_members`]."),
    ("version", "Version of the migration: `version` in [`Migrations::list`]."),
    ("token", "The claim token: `token` in the answer of [`Projects::create_claim_token`]."),
    ("addon_variant", "The variant to remove: `variant.id` of one of `selected_addons` in [`Billing::list_addons`], where it is an `AddonChoice`."),
];

impl Told {
    fn new(argument: &Ident, parameter: &str, words: &str) -> Self {
        Told { argument: argument.to_string(), parameter: parameter.into(), rust: in_rust(words), javascript: in_javascript(words) }
    }

    fn path_value(argument: &Ident, placeholder: &str, words: &str, limits: Option<String>) -> syn::Result<Self> {
        let common = PATH_VALUES.iter().find(|(name, _)| *name == placeholder).map_or("", |(_, words)| words);
        let words = if words.is_empty() { common } else { words };
        // An argument without a placeholder is a mistake of its own.
        if words.is_empty() && !placeholder.is_empty() {
            return Err(syn::Error::new_spanned(argument, format!("`{placeholder}` needs a doc comment: it is what users read")));
        }
        let sentences: Vec<_> = std::iter::once(words.to_string()).chain(limits).collect();
        Ok(Told::new(argument, placeholder, &sentences.join(" ")))
    }

    fn query(argument: &Ident, words: &str, required: bool) -> Self {
        let mut told = Told::new(argument, "query", words);
        if !required {
            let optional = if words.is_empty() { "May be left out." } else { &told.javascript };
            told.rust = format!("{} `None` leaves all of it out.", told.rust).trim_start().into();
            told.javascript = format!("{optional} In front of `options`, `undefined` keeps its place.");
        }
        told
    }

    /// A line of the docs in Rust, if there is anything to say.
    fn in_rust(&self) -> Option<String> {
        (!self.rust.is_empty()).then(|| format!(" - `{}`: {}", self.argument, self.rust))
    }

    /// A tag of JSDoc, if there is anything to say.
    fn in_javascript(&self) -> Option<String> {
        (!self.javascript.is_empty()).then(|| format!("@param {} {}", self.parameter, self.javascript))
    }
}

impl Route {
    /// Scope and permissions as the table has them: `scope|one|two+three`.
    fn needs(&self) -> String {
        let words: Vec<_> = self.scope.iter().chain(&self.permissions).map(String::as_str).collect();
        if words.is_empty() { String::new() } else { format!("{}{}", if self.scope.is_some() { "" } else { "|" }, words.join("|")) }
    }

    fn notes(&self, url: bool) -> Vec<String> {
        let what = if url { "Builds the address of" } else { "Calls" };
        let mut notes = vec![format!("{what} `{} {}`.", self.verb.to_uppercase(), self.path.value())];
        let together = |names: &String| names.split('+').map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" and ");
        let permissions = self.permissions.iter().map(together).collect::<Vec<_>>().join(" or ");
        match (&self.scope, permissions.is_empty()) {
            // Nothing is sent.
            _ if url => {}
            (Some(scope), false) => notes.push(format!("OAuth apps need the scope `{scope}`, fine-grained tokens the permission {permissions}.")),
            (Some(scope), true) => notes.push(format!("OAuth apps need the scope `{scope}`.")),
            (None, false) => notes.push(format!("Fine-grained tokens need the permission {permissions}.")),
            (None, true) => {}
        }
        if self.anonymous {
            notes.push("The access token is not sent.".into());
        }
        if !self.rates.is_empty() {
            let rates = self.rates.iter().map(|(calls, seconds)| match seconds {
                1 => format!("{calls} per second"),
                60 => format!("{calls} per minute"),
                _ => format!("{calls} in {seconds} seconds"),
            });
            // A limit is counted for what the first path value names.
            let subject = if self.placeholders.first().is_some_and(|name| name == "slug") { "organization" } else { "project" };
            let rates = rates.collect::<Vec<_>>().join(", and ");
            notes.push(format!("Calls for one {subject}: at most {rates}; the client waits where that is spent."));
        }
        if self.error_inside {
            notes.push("A status 200 can carry an `error` in the place of a result: the call then fails, with the status 200.".into());
        }
        if let Some((last, before)) = self.plans.split_last() {
            let plans = if before.is_empty() { last.clone() } else { format!("{} or {last}", before.join(", ")) };
            notes.push(format!("For organizations on the plan {plans}."));
        }
        match self.stage {
            Stage::Stable => {}
            Stage::Experimental => notes.push("Experimental: the public reference does not list it, and it may change.".into()),
            Stage::Alpha => notes.push("Experimental: the API calls it alpha, and it may change without notice.".into()),
        }
        notes
    }
}

fn take_route(attrs: &mut Vec<Attribute>, ident: &Ident) -> syn::Result<Route> {
    let Some(at) = attrs.iter().position(|attr| VERBS.iter().any(|verb| attr.path().is_ident(verb))) else {
        return Err(syn::Error::new_spanned(ident, "an endpoint needs its verb and route, as #[get(\"/v1/…\")]"));
    };
    let attr = attrs.remove(at);
    let verb = attr.path().get_ident().map(ToString::to_string).unwrap_or_default();
    // What HTTP itself says of the verb; a word in the attribute overrides it where the API differs.
    let mut unsafe_ = verb == "post" || verb == "patch";
    let (mut keyed, mut anonymous, mut stage, mut query_required) = (false, false, Stage::Stable, false);
    let (mut error_inside, mut rates, mut plans) = (false, Vec::new(), Vec::new());
    let (mut pages, mut from) = (None, None);
    let (path, scope, permissions) = attr.parse_args_with(|input: ParseStream<'_>| {
        let path: LitStr = input.parse()?;
        let (mut scope, mut permissions) = (None, Vec::new());
        while input.parse::<Option<Token![,]>>()?.is_some() && !input.is_empty() {
            let key: Ident = input.parse()?;
            match key.to_string().as_str() {
                "safe" => unsafe_ = false,
                "once" => unsafe_ = true,
                "idempotency_key" => keyed = true,
                "anonymous" => anonymous = true,
                "experimental" => stage = Stage::Experimental,
                "alpha" => stage = Stage::Alpha,
                "query_required" => query_required = true,
                "error_inside" => error_inside = true,
                "rate" => {
                    input.parse::<Token![=]>()?;
                    let text: LitStr = input.parse()?;
                    let numbers = text.value().split_once('/').and_then(|(calls, seconds)| Some((calls.parse().ok()?, seconds.parse().ok()?)));
                    let wrong = || syn::Error::new(text.span(), "a rate is calls/seconds, each 1 to 255: \"10/60\"");
                    rates.push(numbers.filter(|(calls, seconds)| *calls > 0 && *seconds > 0).ok_or_else(wrong)?);
                }
                "pages" => pages = Some(Pages::parse(input, key)?),
                "from" => from = Some(MadeFrom::parse(input, key)?),
                "scope" => {
                    input.parse::<Token![=]>()?;
                    scope = Some(input.parse::<LitStr>()?.value());
                }
                "plan" => {
                    input.parse::<Token![=]>()?;
                    plans.push(input.parse::<LitStr>()?.value());
                }
                "permission" => {
                    input.parse::<Token![=]>()?;
                    permissions.push(input.parse::<LitStr>()?.value());
                }
                _ => {
                    return Err(syn::Error::new(
                        key.span(),
                        "expected one of: scope, permission, plan, safe, once, idempotency_key, anonymous, experimental, alpha, query_required, error_inside, rate, pages, from",
                    ));
                }
            }
        }
        Ok((path, scope, permissions))
    })?;
    let placeholders = placeholders_of(&path)?;
    Ok(Route {
        verb,
        path,
        placeholders,
        scope,
        permissions,
        unsafe_,
        keyed,
        anonymous,
        stage,
        plans,
        query_required,
        error_inside,
        rates,
        pages,
        from,
    })
}

fn placeholders_of(path: &LitStr) -> syn::Result<Vec<String>> {
    let text = path.value();
    if !text.starts_with('/') || text.contains(['?', '#', ' ']) {
        return Err(syn::Error::new(path.span(), "a route begins with `/` and has no query"));
    }
    let mut names = Vec::new();
    for segment in text.split('/') {
        match (segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')), segment.contains(['{', '}'])) {
            (Some(name), _) if !name.is_empty() && !name.contains(['{', '}']) => names.push(name.to_string()),
            (_, true) => return Err(syn::Error::new(path.span(), format!("`{segment}` is neither text nor one {{placeholder}}"))),
            _ => {}
        }
    }
    Ok(names)
}

/// `String` of `-> Result<String>`: an address that is built and not called.
fn built_url(signature: &syn::Signature) -> Option<&Type> {
    let ReturnType::Type(_, ty) = &signature.output else { return None };
    generic_of(ty, "Result").filter(|text| quote!(#text).to_string() == "String")
}

/// `T` of `-> Call<T>`.
fn answer_type(signature: &syn::Signature) -> syn::Result<&Type> {
    let wrong = || syn::Error::new_spanned(signature, "an endpoint returns `Call<…>`");
    let ReturnType::Type(_, ty) = &signature.output else { return Err(wrong()) };
    let Type::Path(path) = &**ty else { return Err(wrong()) };
    let segment = path.path.segments.last().filter(|segment| segment.ident == "Call").ok_or_else(wrong)?;
    let PathArguments::AngleBracketed(list) = &segment.arguments else { return Err(wrong()) };
    match list.args.first() {
        Some(syn::GenericArgument::Type(ty)) => Ok(ty),
        _ => Err(wrong()),
    }
}

fn referred(ty: &Type) -> &Type {
    if let Type::Reference(reference) = ty { &reference.elem } else { ty }
}
