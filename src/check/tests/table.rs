//! The types of the table itself: what the macros write is read back, and stays within the limits of those who read it.

use super::model::{Member, Model};
use crate::api::auth::{CreateSigningKey, SetAttributeDefault};
use crate::api::auth_config::UpdateAuthConfig;
use crate::api::database::DatabaseMetadata;
use crate::api::endpoints;
use crate::api::projects::{Project, RegionSelection};
use crate::endpoint::{Answer, Body};
use crate::schema::{Schema, Shape, Type, pack};

/// All types of all rows, with the names of the rows.
fn types() -> Vec<(&'static str, Type)> {
    let of_row = |row: &'static crate::endpoint::Endpoint| {
        let body = if let Body::Json(ty) | Body::JsonOrEszip(ty) | Body::Form(ty) | Body::Multipart(ty) = row.body { Some(ty) } else { None };
        let answer = if let Answer::Json(ty) = row.answer { Some(ty) } else { None };
        let others = [row.query, body, answer].into_iter().flatten();
        row.placeholders.iter().map(|placeholder| placeholder.ty).chain(others).map(|ty| (row.id, ty)).collect::<Vec<_>>()
    };
    endpoints().iter().flat_map(of_row).collect()
}

/// How deep types lie in one another.
fn depth(model: &Model) -> usize {
    1 + match model {
        Model::Object(members) | Model::Open(members) => members.iter().map(|member| depth(&member.model)).max().unwrap_or(0),
        Model::Array(_, _, inner) | Model::Map(inner) => depth(inner),
        Model::Tagged(_, members) => members.iter().map(|(_, member)| depth(member)).max().unwrap_or(0),
        Model::Union(members) => members.iter().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

/// The most fields that one object has.
fn widest(model: &Model) -> usize {
    match model {
        Model::Object(members) | Model::Open(members) => members.iter().map(|member| widest(&member.model)).max().unwrap_or(0).max(members.len()),
        Model::Array(_, _, inner) | Model::Map(inner) => widest(inner),
        Model::Tagged(_, members) => members.iter().map(|(_, member)| widest(member)).max().unwrap_or(0),
        Model::Union(members) => members.iter().map(widest).max().unwrap_or(0),
        _ => 0,
    }
}

#[test]
fn every_type_of_the_table_stays_within_the_limits_of_the_checkers() {
    let (mut bytes, mut deepest, mut fields) = (0, 0, 0);
    for (id, ty) in types() {
        let model = Model::of(ty);
        assert!(ty.0.len() <= pack::MOST, "{id}: {} bytes", ty.0.len());
        // The fast path looks no deeper than 64, has 512 bits for fields and one byte for the number of those that are required.
        assert!(depth(&model) < 64 && widest(&model) < 256, "{id}: {} deep, {} fields", depth(&model), widest(&model));
        (bytes, deepest, fields) = (bytes.max(ty.0.len()), deepest.max(depth(&model)), fields.max(widest(&model)));
    }
    println!("{} types, of {bytes} bytes, {deepest} levels and {fields} fields at most", types().len());
}

fn read<T: Schema>() -> Model {
    Model::of(T::TYPE.unpack())
}

fn field(model: Model, name: &str) -> Member {
    let (Model::Object(members) | Model::Open(members)) = model else { panic!("{model:?} is no object") };
    members.into_iter().find(|member| member.name == name).unwrap_or_else(|| panic!("no field {name}"))
}

#[test]
fn what_the_macros_write_is_read_back() {
    let project = read::<Project>();
    assert_eq!(field(project.clone(), "name"), Member::new("name", true, Model::String));
    assert_eq!(field(field(project, "database").model, "host"), Member::new("host", true, Model::String));

    let Model::Tagged("type", members) = read::<RegionSelection>() else { panic!("no union") };
    assert_eq!(members.iter().map(|(value, _)| *value).collect::<Vec<_>>(), ["specific", "smartGroup"]);
    assert_eq!(field(members[1].1.clone(), "type"), Member::new("type", true, Model::Enum(vec!["smartGroup"])));
    let Model::Enum(groups) = field(members[1].1.clone(), "code").model else { panic!("no enum") };
    assert_eq!(groups, ["americas", "emea", "apac"]);

    let default = Model::Union(vec![Model::map(Model::Any), Model::Number, Model::String, Model::Boolean]);
    assert_eq!(read::<SetAttributeDefault>(), default);

    let key = field(read::<CreateSigningKey>(), "private_jwk");
    let Model::Tagged("kty", keys) = key.model else { panic!("no union") };
    assert_eq!((key.required, field(keys[0].1.clone(), "ext")), (false, Member::new("ext", false, Model::True)));
    assert!(matches!(field(keys[0].1.clone(), "key_ops").model, Model::Array(2, 2, _)));

    assert!(matches!(field(read::<DatabaseMetadata>(), "databases").model, Model::Array(_, _, entry) if matches!(*entry, Model::Open(_))));

    let update = read::<UpdateAuthConfig>();
    assert_eq!(field(update.clone(), "sessions_timebox"), Member::new("sessions_timebox", false, Model::Range(0, i64::MAX)).or_null());
    assert_eq!(field(update.clone(), "jwt_exp"), Member::new("jwt_exp", false, Model::Bounded(0, 604_800)).or_null());
    assert_eq!(field(update, "site_url"), Member::new("site_url", false, Model::Text(0, u32::MAX)).or_null());
}

#[test]
fn patterns_lengths_and_secrets_are_read_back() {
    let Shape::Object(fields) = crate::api::projects::CreateProject::TYPE.unpack().shape() else { panic!("no object") };
    let password = { fields }.find(|field| field.name == "db_pass").expect("a field");
    assert!(password.secret() && password.required() && !password.nullable());
    let name = { fields }.find(|field| field.name == "name").expect("a field");
    assert!(!name.secret() && matches!(name.ty.shape(), Shape::Text { min: 0, max: 256, pattern: None }));
    let slug = { fields }.find(|field| field.name == "organization_slug").expect("a field");
    let Shape::Text { min: 0, max: u32::MAX, pattern: Some(pattern) } = slug.ty.shape() else { panic!("no pattern") };
    assert_eq!(pattern.source, r"^[\w-]+$");
    for (text, matches) in [("acme-1_Z", true), ("", false), ("a b", false), ("é", false)] {
        let mut run = pattern.run();
        text.bytes().for_each(|byte| run.feed(byte));
        assert_eq!(run.matched(), matches, "{text:?}");
    }
}
