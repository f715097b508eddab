//! What `src/api` declares and the table does not hold: the names of models, and where they are.

use super::words::{camel, property_of};
use std::collections::BTreeSet;
use std::path::Path;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Expr, GenericArgument, Item, Lit, PathArguments, Type, UseTree};

/// All modules of `src/api`.
pub struct Source {
    pub methods: Vec<Method>,
    pub models: Vec<Model>,
    /// The types of the properties.
    groups: Vec<String>,
    /// What each file imports: file, name.
    imports: Vec<(String, String)>,
}

/// A method of a property of the client.
pub struct Method {
    /// `projects.list`
    pub id: String,
    /// `src/api/projects.rs`
    pub file: String,
    /// Names and types of the arguments.
    arguments: Vec<(String, String)>,
    answer: String,
}

/// A model, as `#[model]` has it.
pub struct Model {
    pub name: String,
    pub file: String,
    /// Whether it has a `Default`.
    pub default: bool,
    /// Whether it is marked as what requests hold.
    pub input: bool,
    pub form: Form,
}

pub enum Form {
    Struct {
        open: bool,
        fields: Vec<Field>,
    },
    /// An enum of strings.
    Choices {
        values: Vec<String>,
        other: bool,
    },
    /// An enum of objects told apart by a field.
    Tagged {
        tag: String,
        members: Vec<(String, Vec<Field>)>,
        other: bool,
    },
    /// An enum of types that nothing tells apart.
    Union {
        types: Vec<String>,
        other: bool,
    },
}

/// A field of a model.
#[derive(Default)]
pub struct Field {
    /// Name in JSON.
    pub wire: String,
    /// Type in Rust.
    pub ty: String,
    /// What `#[schema(…)]` says: keys and values.
    pub limits: Vec<(String, String)>,
    /// The prose of the description.
    pub prose: String,
    /// What has to be done by hand.
    pub left: Vec<String>,
    pub deprecated: bool,
}

/// A signature as it stands in `impl Projects { … }`, without a body.
struct Signature {
    signature: syn::Signature,
}

impl Parse for Signature {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        input.call(Attribute::parse_outer)?;
        input.parse::<syn::Visibility>()?;
        let signature = input.parse()?;
        input.parse::<syn::Token![;]>()?;
        Ok(Signature { signature })
    }
}

impl Source {
    /// Reads the modules.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn read() -> Result<Self, String> {
        let mut source = Source { methods: Vec::new(), models: Vec::new(), groups: Vec::new(), imports: Vec::new() };
        source.read_folder("src/api")?;
        source.read_folder("src/api/v2")?;
        source.models.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(source)
    }

    fn read_folder(&mut self, folder: &str) -> Result<(), String> {
        let place = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for entry in std::fs::read_dir(place).map_err(|error| format!("{folder}: {error}"))? {
            let path = entry.map_err(|error| format!("{folder}: {error}"))?.path();
            if path.is_dir() {
                continue;
            }
            let name = format!("{folder}/{}", path.file_name().unwrap_or_default().to_string_lossy());
            let text = std::fs::read_to_string(&path).map_err(|error| format!("{name}: {error}"))?;
            let file = syn::parse_file(&text).map_err(|error| format!("{name}: {error}"))?;
            for item in &file.items {
                self.take(&name, item).map_err(|error| format!("{name}: {error}"))?;
            }
        }
        Ok(())
    }

    fn take(&mut self, file: &str, item: &Item) -> syn::Result<()> {
        let known = match item {
            Item::Struct(item) => {
                model_attribute(&item.attrs).map(|form| (&item.ident, default(&item.attrs), form.input, struct_of(&form, &item.fields)))
            }
            Item::Enum(item) => model_attribute(&item.attrs).map(|form| (&item.ident, default(&item.attrs), form.input, enum_of(&form, item))),
            Item::Use(item) => {
                names_of(&item.tree, &mut |name| self.imports.push((file.into(), name)));
                None
            }
            Item::Impl(item) => {
                self.take_methods(file, item)?;
                None
            }
            _ => None,
        };
        if let Some((name, default, input, form)) = known {
            self.models.push(Model { name: name.to_string(), file: file.into(), default, input, form: form? });
        }
        Ok(())
    }

    fn take_methods(&mut self, file: &str, group: &syn::ItemImpl) -> syn::Result<()> {
        let name = text(&group.self_ty);
        let versioned = group.attrs.iter().any(|attr| attr.path().is_ident("endpoints") && attr.meta.require_list().is_ok());
        let (version, prefix) = if versioned { ("v2.", "V2") } else { ("", "") };
        let property = format!("{version}{}", property_of(&name));
        self.groups.push(format!("{prefix}{name}"));
        for item in &group.items {
            let syn::ImplItem::Verbatim(tokens) = item else { continue };
            let Signature { signature } = syn::parse2(tokens.clone())?;
            let typed = signature.inputs.iter().filter_map(|input| match input {
                syn::FnArg::Typed(argument) => match &*argument.pat {
                    syn::Pat::Ident(pattern) => Some((plain(&pattern.ident), text(&argument.ty))),
                    _ => None,
                },
                syn::FnArg::Receiver(_) => None,
            });
            let answer = match &signature.output {
                syn::ReturnType::Type(_, ty) => text(ty),
                syn::ReturnType::Default => String::new(),
            };
            let id = format!("{property}.{}", camel(&plain(&signature.ident)));
            self.methods.push(Method { id, file: file.into(), arguments: typed.collect(), answer });
        }
        Ok(())
    }

    /// Whether a file can already call something by this name.
    pub fn sees(&self, file: &str, name: &str) -> bool {
        self.imports.iter().any(|(known, import)| known == file && import == name)
            || self.models.iter().any(|model| model.file == file && model.name == name)
    }

    /// Whether something has this name already: in TypeScript all of them share one room.
    pub fn names(&self, name: &str) -> bool {
        self.groups.iter().any(|group| group == name) || self.model(name).is_some()
    }

    pub fn method(&self, id: &str) -> Option<&Method> {
        self.methods.iter().find(|method| method.id == id)
    }

    pub fn model(&self, name: &str) -> Option<&Model> {
        self.models.iter().find(|model| model.name == name)
    }

    /// The model that is found at a place of an endpoint: `answer[].status`. With it, the member of a tagged union.
    pub fn model_at(&self, id: &str, place: &str) -> Option<(&Model, Option<&str>)> {
        let method = self.method(id)?;
        let end = place.find(['.', '[', '<']).unwrap_or(place.len());
        let (root, mut rest) = place.split_at(end);
        let argument = |names: &[&str]| method.arguments.iter().find(|(name, _)| names.contains(&&**name)).map(|(_, ty)| ty.clone());
        let mut ty = match root {
            "answer" => inside(&method.answer, "Call")?.to_string(),
            "body" => argument(&["body", "form", "multipart"])?,
            "query" => argument(&["query"])?,
            _ => {
                let name = std::mem::take(&mut rest).trim_start_matches('.');
                argument(&[name, &format!("project_{name}")])?
            }
        };
        let mut member = None;
        while !rest.is_empty() {
            (ty, member, rest) = self.step(&ty, member, rest)?;
        }
        self.model(bare(&ty)).map(|model| (model, self.member(model, member)))
    }

    /// One step into a type: its type, the member where it is a tagged union, and what is left of the way.
    fn step<'w>(&self, ty: &str, member: Option<&str>, way: &'w str) -> Option<(String, Option<&'w str>, &'w str)> {
        let ty = bare(ty);
        if let Some(rest) = way.strip_prefix("[]") {
            return Some((inside(ty, "Vec")?.into(), None, rest));
        }
        if let Some(rest) = way.strip_prefix(".*") {
            return Some((inside(ty, "Map")?.into(), None, rest));
        }
        if let (Some(rest), Some(metadata)) = (way.strip_prefix(".metadata"), inside(ty, "Multipart")) {
            return Some((metadata.into(), None, rest));
        }
        if let (Some(rest), Some(data)) = (way.strip_prefix(".data"), inside(ty, "Data")) {
            return Some((data.into(), None, rest));
        }
        let model = self.model(ty)?;
        if let Some((label, rest)) = way.strip_prefix('<').and_then(|way| way.split_once('>')) {
            return match &model.form {
                Form::Union { types, .. } => Some((self.labelled(types, label)?, None, rest)),
                _ => Some((ty.into(), Some(label), rest)),
            };
        }
        let way = way.strip_prefix('.')?;
        // A name may have dots of its own.
        let field = fields_of(model, member)
            .iter()
            .find(|field| way.strip_prefix(&*field.wire).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[', '<'])))?;
        Some((field.ty.clone(), None, &way[field.wire.len()..]))
    }

    /// The type of a union that a place calls `object` or `object 2`.
    fn labelled(&self, types: &[String], label: &str) -> Option<String> {
        let (kind, number) = label.split_once(' ').unwrap_or((label, "1"));
        types.iter().filter(|ty| self.kind(ty) == kind).nth(number.parse::<usize>().ok()?.checked_sub(1)?).cloned()
    }

    fn kind(&self, ty: &str) -> &'static str {
        match ty {
            "String" => "string",
            "bool" => "boolean",
            "f64" => "number",
            "i64" => "integer",
            _ if ty.starts_with("Vec<") => "array",
            _ => match self.model(ty).map(|model| &model.form) {
                Some(Form::Choices { .. }) => "string",
                _ => "object",
            },
        }
    }

    fn member<'m>(&self, model: &'m Model, member: Option<&str>) -> Option<&'m str> {
        let Form::Tagged { members, .. } = &model.form else { return None };
        members.iter().map(|(value, _)| &**value).find(|value| Some(*value) == member)
    }

    /// The names of all models that requests hold.
    pub fn in_requests(&self) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        let mut ahead: Vec<&str> = self.methods.iter().flat_map(|method| method.arguments.iter().map(|(_, ty)| &**ty)).collect();
        while let Some(ty) = ahead.pop() {
            // `Option<Map<Thing>>` names a thing.
            for model in ty.split(|letter: char| !letter.is_alphanumeric()).filter_map(|name| self.model(name)) {
                if found.insert(&*model.name) {
                    ahead.extend(types_of(model));
                }
            }
        }
        found
    }

    /// A model that says the same as this one.
    pub fn alike(&self, wanted: &Model) -> Option<&Model> {
        // What has one field only is alike by chance.
        let enough = match &wanted.form {
            Form::Struct { fields, .. } => fields.len() > 1,
            Form::Choices { values, .. } => values.len() > 1,
            Form::Tagged { .. } | Form::Union { .. } => true,
        };
        self.models.iter().find(|model| enough && alike(wanted, model))
    }
}

/// The types that a model is made of.
fn types_of(model: &Model) -> Vec<&str> {
    match &model.form {
        Form::Struct { fields, .. } => fields.iter().map(|field| &*field.ty).collect(),
        Form::Tagged { members, .. } => members.iter().flat_map(|(_, fields)| fields).map(|field| &*field.ty).collect(),
        Form::Union { types, .. } => types.iter().map(|ty| &**ty).collect(),
        Form::Choices { .. } => Vec::new(),
    }
}

fn fields_of<'m>(model: &'m Model, member: Option<&str>) -> &'m [Field] {
    match &model.form {
        Form::Struct { fields, .. } => fields,
        Form::Tagged { members, .. } => members.iter().find(|(value, _)| Some(&**value) == member).map_or(&[], |(_, fields)| fields),
        _ => &[],
    }
}

/// Whether one model can stand for the other. The order of what is in them says nothing, nor do names and docs.
pub fn alike(wanted: &Model, known: &Model) -> bool {
    match (&wanted.form, &known.form) {
        (Form::Struct { open, fields }, Form::Struct { open: other_open, fields: others }) => {
            open == other_open && wanted.default == known.default && fields_alike(fields, others)
        }
        // A value that is newer than the crate does no harm in a request.
        (Form::Choices { values, other }, Form::Choices { values: others, other: takes }) => same_set(values, others) && (*takes || !other),
        (Form::Tagged { tag, members, other }, Form::Tagged { tag: name, members: others, other: takes }) => {
            let known = |value: &String| others.iter().find(|(known, _)| known == value).map(|(_, fields)| fields);
            tag == name
                && other == takes
                && members.len() == others.len()
                && members.iter().all(|(value, fields)| known(value).is_some_and(|others| fields_alike(fields, others)))
        }
        (Form::Union { types, other }, Form::Union { types: others, other: takes }) => same_set(types, others) && other == takes,
        _ => false,
    }
}

/// Whether two lists hold the same.
pub fn same_set(one: &[String], other: &[String]) -> bool {
    one.len() == other.len() && one.iter().all(|value| other.contains(value))
}

fn fields_alike(fields: &[Field], others: &[Field]) -> bool {
    let same = |field: &Field, other: &Field| {
        let limits = |field: &Field| {
            let mut limits = field.limits.clone();
            limits.sort();
            limits
        };
        field.wire == other.wire && field.ty == other.ty && limits(field) == limits(other)
    };
    fields.len() == others.len() && fields.iter().all(|field| others.iter().any(|other| same(field, other)))
}

/// What stands in `#[model(…)]`.
#[derive(Default)]
struct Marks {
    tag: Option<String>,
    untagged: bool,
    open: bool,
    input: bool,
}

/// What stands in `#[model(…)]`, where there is one.
fn model_attribute(attrs: &[Attribute]) -> Option<Marks> {
    let attr = attrs.iter().find(|attr| attr.path().is_ident("model"))?;
    let mut marks = Marks::default();
    // Without parentheses it says nothing more.
    let _ = attr.parse_nested_meta(|meta| {
        marks.untagged |= meta.path.is_ident("untagged");
        marks.open |= meta.path.is_ident("open");
        marks.input |= meta.path.is_ident("input");
        if meta.path.is_ident("tag") {
            marks.tag = Some(meta.value()?.parse::<syn::LitStr>()?.value());
        }
        Ok(())
    });
    Some(marks)
}

fn default(attrs: &[Attribute]) -> bool {
    let mut found = false;
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("derive")) {
        let _ = attr.parse_nested_meta(|meta| {
            found |= meta.path.is_ident("Default");
            Ok(())
        });
    }
    found
}

fn struct_of(marks: &Marks, fields: &syn::Fields) -> syn::Result<Form> {
    Ok(Form::Struct { open: marks.open, fields: fields.iter().map(field_of).collect::<syn::Result<_>>()? })
}

fn enum_of(marks: &Marks, item: &syn::ItemEnum) -> syn::Result<Form> {
    let other = item.variants.iter().any(|variant| variant.ident == "Other" && matches!(variant.fields, syn::Fields::Unnamed(_)));
    let members = item.variants.iter().filter(|variant| variant.ident != "Other" || !matches!(variant.fields, syn::Fields::Unnamed(_)));
    if let Some(tag) = marks.tag.clone() {
        let fields = |variant: &syn::Variant| variant.fields.iter().map(field_of).collect::<syn::Result<_>>();
        let members = members.map(|variant| Ok((renamed(&variant.attrs)?.unwrap_or_default(), fields(variant)?)));
        return Ok(Form::Tagged { tag, members: members.collect::<syn::Result<_>>()?, other });
    }
    if marks.untagged {
        return Ok(Form::Union { types: members.flat_map(|variant| variant.fields.iter().map(|field| text(&field.ty))).collect(), other });
    }
    Ok(Form::Choices { values: members.map(|variant| Ok(renamed(&variant.attrs)?.unwrap_or_default())).collect::<syn::Result<_>>()?, other })
}

fn field_of(field: &syn::Field) -> syn::Result<Field> {
    let name = field.ident.as_ref().map(plain).unwrap_or_default();
    let mut limits = Vec::new();
    for attr in field.attrs.iter().filter(|attr| attr.path().is_ident("schema")) {
        attr.parse_nested_meta(|meta| {
            let key = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
            let value = if meta.input.peek(syn::Token![=]) { literal(&meta.value()?.parse()?) } else { String::new() };
            limits.push((key, value));
            Ok(())
        })?;
    }
    Ok(Field { wire: renamed(&field.attrs)?.unwrap_or(name), ty: text(&field.ty), limits, ..Field::default() })
}

fn renamed(attrs: &[Attribute]) -> syn::Result<Option<String>> {
    let mut found = None;
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("serde")) {
        attr.parse_nested_meta(|meta| {
            found = Some(meta.value()?.parse::<syn::LitStr>()?.value());
            Ok(())
        })?;
    }
    Ok(found)
}

/// A number or a string, as text.
fn literal(value: &Expr) -> String {
    match value {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => text.value(),
            Lit::Int(number) => number.base10_digits().into(),
            _ => String::new(),
        },
        Expr::Unary(unary) => format!("-{}", literal(&unary.expr)),
        _ => String::new(),
    }
}

fn plain(ident: &syn::Ident) -> String {
    ident.to_string().trim_start_matches("r#").into()
}

fn names_of(tree: &UseTree, found: &mut impl FnMut(String)) {
    match tree {
        UseTree::Path(path) => names_of(&path.tree, found),
        UseTree::Name(name) => found(name.ident.to_string()),
        UseTree::Rename(rename) => found(rename.rename.to_string()),
        UseTree::Group(group) => group.items.iter().for_each(|tree| names_of(tree, found)),
        UseTree::Glob(_) => {}
    }
}

/// A type as it is written, without references; a slice as a `Vec`.
fn text(ty: &Type) -> String {
    match ty {
        Type::Reference(reference) => text(&reference.elem),
        Type::Slice(slice) => format!("Vec<{}>", text(&slice.elem)),
        Type::Path(path) => {
            let Some(segment) = path.path.segments.last() else { return String::new() };
            let PathArguments::AngleBracketed(list) = &segment.arguments else { return segment.ident.to_string() };
            let inner = list.args.iter().filter_map(|argument| if let GenericArgument::Type(ty) = argument { Some(text(ty)) } else { None });
            format!("{}<{}>", segment.ident, inner.collect::<Vec<_>>().join(", "))
        }
        _ => "()".into(),
    }
}

/// `T` of `Outer<T>`.
pub fn inside<'t>(ty: &'t str, outer: &str) -> Option<&'t str> {
    ty.strip_prefix(outer)?.strip_prefix('<')?.strip_suffix('>')
}

/// The type without what only says whether it is there.
fn bare(ty: &str) -> &str {
    ["Option", "Nullable", "JsonOrEszip"].into_iter().find_map(|outer| inside(ty, outer)).map_or(ty, bare)
}
