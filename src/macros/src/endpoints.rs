//! `#[endpoints]`: signatures become methods, table rows and TypeScript.

use crate::model::{doc_lines, generic_of, jsdoc, pack_type, take_text, typescript_section};
use crate::typescript::{camel, of};
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
struct Route {
    verb: String,
    path: LitStr,
    placeholders: Vec<String>,
    scope: Option<String>,
    permissions: Vec<String>,
    repeat: TokenStream,
}

pub fn expand(arguments: TokenStream, item: TokenStream) -> syn::Result<TokenStream> {
    if !arguments.is_empty() {
        return Err(syn::Error::new_spanned(arguments, "`#[endpoints]` takes no arguments"));
    }
    let group: Group = syn::parse2(item)?;
    let name = &group.name;
    let attrs = &group.attrs;
    if doc_lines(attrs).is_empty() {
        return Err(syn::Error::new_spanned(name, "a group of endpoints needs a doc comment"));
    }
    let property = lower_first(&name.to_string());
    let mut rows = Vec::new();
    let mut methods = Vec::new();
    let mut interface = format!("{}export interface {name} {{\n", jsdoc(attrs, &[], "")?);
    for (index, method) in group.methods.iter().enumerate() {
        let parts = expand_method(&property, index, method)?;
        rows.push(parts.row);
        methods.push(parts.method);
        interface.push_str(&parts.typescript);
    }
    interface.push_str("}\n");
    // Interfaces of one name merge: nobody keeps a list of the properties.
    interface.push_str(&format!("export interface Resources {{\n{}  readonly {property}: {name};\n}}\n", jsdoc(attrs, &[], "  ")?));
    let section = typescript_section(&name.to_string(), &interface);
    Ok(quote! {
        #(#attrs)*
        #[derive(Debug, Clone)]
        pub struct #name {
            client: crate::client::Client,
        }
        impl #name {
            /// The table rows of these endpoints.
            pub(crate) const ENDPOINTS: &'static [crate::endpoint::Endpoint] = {
                static ROWS: &[crate::endpoint::Endpoint] = &[#(#rows),*];
                ROWS
            };
            pub(crate) fn new(client: crate::client::Client) -> Self {
                Self { client }
            }
            #(#methods)*
        }
        #section
    })
}

struct Parts {
    row: TokenStream,
    method: TokenStream,
    typescript: String,
}

fn expand_method(property: &str, index: usize, method: &Method) -> syn::Result<Parts> {
    let signature = &method.signature;
    let ident = &signature.ident;
    let mut attrs = method.attrs.clone();
    if doc_lines(&attrs).is_empty() {
        return Err(syn::Error::new_spanned(ident, "an endpoint needs a doc comment: it is what users read"));
    }
    let route = take_route(&mut attrs, ident)?;
    let answer = answer_type(signature)?;

    let mut inputs = signature.inputs.iter();
    if !matches!(inputs.next(), Some(FnArg::Receiver(_))) {
        return Err(syn::Error::new_spanned(signature, "the first argument is `&self`"));
    }
    let mut path_arguments = Vec::new();
    let mut path_types = Vec::new();
    let mut body = None;
    let mut query = None;
    let mut plain_inputs = Vec::new();
    for input in inputs {
        let FnArg::Typed(argument) = input else { continue };
        let Pat::Ident(pattern) = &*argument.pat else {
            return Err(syn::Error::new_spanned(&argument.pat, "expected a plain argument name"));
        };
        let mut argument_attrs = argument.attrs.clone();
        let limits = take_text(&mut argument_attrs)?;
        let (name, ty) = (&pattern.ident, &*argument.ty);
        plain_inputs.push(quote!(#name: #ty));
        match name.to_string().as_str() {
            "body" => body = Some(ty),
            "query" => query = Some(ty),
            _ => {
                path_arguments.push(name);
                path_types.push(limits);
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

    let id = format!("{property}.{}", camel(&ident.to_string()));
    let verb = format_ident!("{}{}", route.verb[..1].to_uppercase(), &route.verb[1..]);
    let path = &route.path;
    let placeholders = route.placeholders.iter().zip(&path_types).map(|(name, ty)| match ty {
        Some(ty) => quote!(crate::endpoint::Placeholder { name: #name, ty: crate::schema::Type(#ty) }),
        None => quote!(crate::endpoint::Placeholder { name: #name, ty: crate::endpoint::placeholder_type(#name) }),
    });
    let (body_row, body_input) = match body {
        None => (quote!(crate::endpoint::Body::None), quote!()),
        Some(ty) => {
            let ty = referred(ty);
            let eszip = generic_of(ty, "JsonOrEszip");
            let packed = pack_type(eszip.unwrap_or(ty));
            let kind = format_ident!("{}", if eszip.is_some() { "JsonOrEszip" } else { "Json" });
            (quote!(crate::endpoint::Body::#kind(crate::schema::Type(#packed))), quote!(.body(body)))
        }
    };
    let (query_row, query_input) = match query {
        None => (quote!(None), quote!()),
        Some(ty) => {
            let ty = referred(ty);
            let packed = pack_type(ty);
            (quote!(Some(crate::schema::Type(#packed))), quote!(.query(query)))
        }
    };
    let (answer_row, decode) = match of(answer)?.as_str() {
        "void" => (quote!(Nothing), quote!(nothing)),
        "string" => (quote!(Text), quote!(text)),
        "Uint8Array" => (quote!(Bytes), quote!(bytes)),
        _ => {
            let packed = pack_type(answer);
            (quote!(Json(crate::schema::Type(#packed))), quote!(json))
        }
    };
    let repeat = &route.repeat;
    let row = quote! {
        crate::endpoint::Endpoint {
            id: #id,
            verb: crate::endpoint::Verb::#verb,
            route: #path,
            placeholders: &[#(#placeholders),*],
            query: #query_row,
            body: #body_row,
            answer: crate::endpoint::Answer::#answer_row,
            repeat: crate::endpoint::Repeat::#repeat,
        }
    };

    // The user's own tokens, so that a misspelt type is reported where it stands.
    let output = &signature.output;
    let notes = route.notes();
    let rust_notes = notes.iter().flat_map(|line| [String::new(), format!(" {line}")]);
    let errors = format!(
        " An [`Error`](crate::Error): `Input` before anything is sent, `Api` for any status but 2xx, `Decode` for an answer \
         that is not [`{}`], `Network`, `Timeout` or `Aborted`.",
        quote!(#answer).to_string().replace(' ', "")
    );
    let method = quote! {
        #(#attrs)*
        #(#[doc = #rust_notes])*
        ///
        /// # Errors
        #[doc = #errors]
        pub fn #ident(&self, #(#plain_inputs),*) #output {
            crate::client::Call::new(
                &self.client,
                &Self::ENDPOINTS[#index],
                crate::client::Input::new(&[#(#path_arguments),*])#query_input #body_input,
                crate::client::decode::#decode,
            )
        }
    };

    let mut parameters: Vec<String> = route.placeholders.iter().map(|name| format!("{name}: string")).collect();
    if let Some(ty) = body {
        parameters.push(format!("body: {}", of(ty)?));
    }
    if let Some(ty) = query {
        parameters.push(format!("query?: {}", of(ty)?));
    }
    parameters.push("options?: CallOptions".into());
    let mut lines = vec![String::new()];
    lines.extend(notes);
    lines.push(
        "@throws {InputError} before anything is sent, {@link ApiError} for any status but 2xx, {@link DecodeError} for an answer that is not what it should be, {@link ConnectionError}, {@link TimeoutError}."
            .into(),
    );
    let typescript = format!("{}  {}({}): Call<{}>;\n", jsdoc(&attrs, &lines, "  ")?, camel(&ident.to_string()), parameters.join(", "), of(answer)?);
    Ok(Parts { row, method, typescript })
}

impl Route {
    fn notes(&self) -> Vec<String> {
        let mut notes = vec![format!("Calls `{} {}`.", self.verb.to_uppercase(), self.path.value())];
        let permissions = self.permissions.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" or ");
        match (&self.scope, permissions.is_empty()) {
            (Some(scope), false) => notes.push(format!("Needs the OAuth scope `{scope}`, or the permission {permissions} of a fine-grained token.")),
            (Some(scope), true) => notes.push(format!("Needs the OAuth scope `{scope}`.")),
            (None, false) => notes.push(format!("Needs the permission {permissions} of a fine-grained token.")),
            (None, true) => {}
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
    let mut repeat = if verb == "post" || verb == "patch" { format_ident!("Unsafe") } else { format_ident!("Safe") };
    let (path, scope, permissions) = attr.parse_args_with(|input: ParseStream<'_>| {
        let path: LitStr = input.parse()?;
        let (mut scope, mut permissions) = (None, Vec::new());
        while input.parse::<Option<Token![,]>>()?.is_some() && !input.is_empty() {
            let key: Ident = input.parse()?;
            match key.to_string().as_str() {
                "safe" => repeat = format_ident!("Safe"),
                "once" => repeat = format_ident!("Unsafe"),
                "scope" => {
                    input.parse::<Token![=]>()?;
                    scope = Some(input.parse::<LitStr>()?.value());
                }
                "permission" => {
                    input.parse::<Token![=]>()?;
                    permissions.push(input.parse::<LitStr>()?.value());
                }
                _ => return Err(syn::Error::new(key.span(), "expected one of: scope, permission, safe, once")),
            }
        }
        Ok((path, scope, permissions))
    })?;
    let placeholders = placeholders_of(&path)?;
    Ok(Route { verb, path, placeholders, scope, permissions, repeat: quote!(#repeat) })
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

fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
