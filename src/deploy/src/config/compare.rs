//! The difference of one section, and the body that makes the project follow the file.

use super::file::Declared;
use super::model::{Change, Note, Section};
use super::table::{Place, Row, Table};
use super::values::plain;
use crate::json::fields;
use serde_json::{Map, Value};
use supabase_management_compact::digest::{hex, hmac};
use supabase_management_compact::search::replace;

/// Without a host nothing else of this table holds.
const SMTP: &str = "auth.email.smtp";

/// What stands for a secret in answers of Auth: `hex(HMAC-SHA256(key = project ref, value))`.
pub(super) fn keyed_hash(project_ref: &str, secret: &str) -> String {
    hex(&hmac(project_ref.as_bytes(), secret.as_bytes()))
}

/// The field at a key of the table. Version 2 of the API has the same names in snake case.
fn at<'v>(remote: &'v Value, key: &str) -> &'v Value {
    let mut value = remote;
    for name in key.split('.') {
        match value.get(name).or_else(|| value.get(snake(name).as_str())) {
            Some(field) => value = field,
            None => return &Value::Null,
        }
    }
    value
}

fn snake(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

/// Sets the field at a key of the table.
fn set(body: &mut Value, key: &str, value: Value) {
    let (name, inside) = key.split_once('.').map_or((key, None), |(name, inside)| (name, Some(inside)));
    if !body.is_object() {
        *body = Map::new().into();
    }
    let Value::Object(fields) = body else { return };
    let Some(inside) = inside else {
        fields.insert(name.to_owned(), value);
        return;
    };
    if !fields.contains_key(name) {
        fields.insert(name.to_owned(), Value::Null);
    }
    if let Some(field) = fields.get_mut(name) {
        set(field, inside, value);
    }
}

/// What makes up a section.
pub(super) struct Difference<'a> {
    pub(super) table: &'a Table,
    pub(super) place: &'a Place,
    pub(super) project_ref: &'a str,
    /// The time, from which codes for tests are valid.
    pub(super) now: &'a str,
    /// What the project has.
    pub(super) remote: &'a Value,
    /// What the file declares of this section.
    pub(super) declared: Vec<&'a Declared>,
    pub(super) notes: &'a mut Vec<Note>,
    pub(super) section: Section,
    /// The tables with a change whose lines go together.
    pub(super) groups: Vec<&'a str>,
}

impl<'a> Difference<'a> {
    fn row(&self, declared: &Declared) -> &'a Row {
        &self.table.rows[declared.row]
    }

    fn note(&mut self, path: &str, text: &str) {
        self.notes.push(Note { path: path.into(), text: text.into() });
    }

    /// What is declared at a path below this section.
    fn value(&self, path: &str) -> Option<&'a Value> {
        let wanted = |declared: &&&Declared| self.row(declared).path.strip_prefix(self.place.name).is_some_and(|rest| rest.get(1..) == Some(path));
        self.declared.iter().find(wanted).map(|declared| &declared.value)
    }

    /// A change, and its field of the body, unless another line has that.
    fn change(&mut self, row: &'a Row, from: Option<Value>, to: Value, field: Option<Value>) {
        let secret = row.secret();
        let shown = |value: Value| (!secret).then_some(value);
        let change = Change { path: row.path.clone(), key: row.key.clone(), from: from.and_then(shown), to: shown(to), secret };
        self.section.changes.push(change);
        if row.grouped && !self.groups.contains(&row.table()) {
            self.groups.push(row.table());
        }
        if let Some(value) = field {
            set(&mut self.section.body, &row.key, value);
        }
    }

    /// Compares all that is declared.
    pub(super) fn find(mut self) -> Option<Section> {
        for declared in self.declared.clone() {
            self.compare(self.row(declared), &declared.value);
        }
        if self.section.changes.is_empty() {
            return None;
        }
        self.accompany();
        Some(self.section)
    }

    fn compare(&mut self, row: &'a Row, value: &Value) {
        let remote = at(self.remote, &row.key);
        let set_there = remote.as_str().is_some_and(|text| !text.is_empty());
        let text = value.as_str().unwrap_or_default();
        match row.kind {
            b'D' | b'M' => {
                let on = value == true;
                if on == set_there {
                    return;
                }
                // What switches it on is a line of its own.
                let needed = if row.kind == b'D' { "schemas" } else { "email.smtp.host" };
                if on && self.value(needed).and_then(Value::as_str).is_none_or(str::is_empty) {
                    return self.note(&row.path, &["not switched on without ", needed].concat());
                }
                self.change(row, Some(set_there.into()), on.into(), (!on).then(|| "".into()));
            }
            b'S' => {
                let provider = row.table().rsplit('.').next().unwrap_or_default();
                let active = remote == provider;
                if !text.is_empty() && !active {
                    self.change(row, Some(false.into()), true.into(), Some(text.into()));
                }
                // A provider can be replaced, and text messages as a whole be switched off.
                let others = self.declared.iter().any(|declared| self.row(declared).kind == b'S' && !declared.value.is_null());
                if text.is_empty() && active && !others {
                    self.note(&row.path, "not switched off: declare another one, or auth.sms.enable_signup = false");
                }
            }
            b'E' if !self.has_mail_server(true) => {
                if plain(row.kind, value) != plain(row.kind, remote) {
                    self.note(&row.path, "not sent, since it is for an own mail server: auth.email.smtp");
                }
            }
            _ if row.table() == SMTP && row.key != "smtp_host" && !self.has_mail_server(false) => {
                self.note(&row.path, "not sent without auth.email.smtp.host");
            }
            b'$' | b'O' if set_there && (remote == &keyed_hash(self.project_ref, text) || plain(row.kind, value) == plain(row.kind, remote)) => (),
            b'$' | b'O' => {
                self.change(row, None, Value::Null, Some(value.clone()));
                if row.kind == b'O' {
                    set(&mut self.section.body, "sms_test_otp_valid_until", ten_years_after(self.now).into());
                }
            }
            b'I' => {
                let others = replace(&row.key, "client_id", "additional_client_ids");
                let had = at(self.remote, &others).as_str().unwrap_or_default();
                let from = [remote.as_str().unwrap_or_default(), if had.is_empty() { "" } else { "," }, had].concat();
                if from == text {
                    return;
                }
                let (first, rest) = text.split_once(',').unwrap_or((text, ""));
                if rest != had {
                    set(&mut self.section.body, &others, rest.into());
                }
                self.change(row, Some(from.into()), text.into(), Some(first.into()));
            }
            b'l' if text.is_empty() && row.key == "db_schema" => {
                self.note(&row.path, "not sent, since it is empty: api.enabled = false switches off");
            }
            kind => {
                let (from, to) = (plain(kind, remote), plain(kind, value));
                if from != to {
                    let from = (!remote.is_null()).then_some(from);
                    self.change(row, from, to, Some(value.clone()));
                }
            }
        }
    }

    /// Whether the project has a mail server of its own once the file holds; `by_file`: because the file says so.
    fn has_mail_server(&self, by_file: bool) -> bool {
        let (on, host) = (self.value("email.smtp.enabled"), self.value("email.smtp.host"));
        let said = on.is_some() || host.is_some();
        let host = host.unwrap_or_else(|| at(self.remote, "smtp_host")).as_str().unwrap_or_default();
        !on.is_some_and(|on| on == false) && !host.is_empty() && (said || !by_file)
    }

    /// Adds what the API wants along: with its value of now, so that it does not change.
    fn accompany(&mut self) {
        if self.place.name == "db.settings" {
            return self.keep_settings();
        }
        let mut along = Vec::new();
        for row in self.table.rows.iter().filter(|row| row.grouped && row.kind != b'$' && self.groups.contains(&row.table())) {
            // Nothing else counts of what is switched off, but Storage wants all of its limits even then.
            let table = row.table().strip_prefix(self.place.name).unwrap_or_default();
            let off = self.value([table, ".enabled"].concat().trim_start_matches('.')).is_some_and(|on| on == false);
            let off = off || row.table() == SMTP && !self.has_mail_server(false);
            let declared = || self.declared.iter().find(|declared| self.row(declared).path == row.path).map(|declared| &declared.value);
            let value = Some(at(self.remote, &row.key)).filter(|value| !value.is_null()).or_else(declared);
            if let Some(value) = value.filter(|_| (!off || self.place.name == "storage") && at(&self.section.body, &row.key).is_null()) {
                along.push((&row.key, value.clone()));
            }
        }
        for (key, value) in along {
            self.section.companions.push(key.clone());
            set(&mut self.section.body, key, value);
        }
    }

    /// A write of the settings of Postgres replaces them all, so those that stay are sent as well.
    fn keep_settings(&mut self) {
        for (name, value) in fields(Some(self.remote)) {
            if value.is_null() || !at(&self.section.body, name).is_null() {
                continue;
            }
            if self.table.rows.iter().any(|row| row.key == *name && self.table.places[row.place].name == self.place.name) {
                self.section.companions.push(name.clone());
                set(&mut self.section.body, name, value.clone());
            } else {
                self.note(&["db.settings.", name].concat(), "goes back to its default, since the API cannot set it");
            }
        }
    }
}

/// The same moment in ten years, of a time as ISO 8601 writes it. Leap years are none then: the day before it holds.
fn ten_years_after(now: &str) -> String {
    let (year, rest) = now.split_at_checked(4).unwrap_or(("", now));
    let year = year.parse::<u32>().unwrap_or_default() + 10;
    year.to_string() + &replace(rest, "-02-29", "-02-28")
}
