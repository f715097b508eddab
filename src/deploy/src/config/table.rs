//! The mapping between `config.toml` and the API, as data: [`TEXT`], and how it is read.
//!
//! A line `[section] read write gate` begins a section: the part of the file, the endpoints of the client that read and write it, and what `enabled`
//! is where the file does not say it (`-`: the section has no such switch). A `-` for the endpoints: no part of the API.
//!
//! Every other line is `path kind key`. The path goes on from the section. `{a|b}` stands for a line for each name, a single capital letter in braces
//! for one of [`FAMILIES`], and `*` in the key for the name. Without a key it is the path with `_` for `.`; a `.` in a key leads into an object.
//! The first line for a path holds.
//!
//! | kind | in the file | in the API |
//! | --- | --- | --- |
//! | `t` `n` `b` | text, whole number, boolean | the same |
//! | `!` | boolean | its contrary |
//! | `c` | one of the words behind the colon | the same |
//! | `l` `u` | list of text, `u`: in any order | joined by commas |
//! | `a` | list of text, in any order | the same |
//! | `s` `h` | duration, `1m30s` | whole seconds, hours |
//! | `z` | size, `50MiB`, or a number | bytes |
//! | `p` | number | text |
//! | `w` | name of a rule for passwords | the characters that it asks for |
//! | `f` | path of a file | its text |
//! | `$` | secret | told as its keyed hash |
//! | `O` | table of phone numbers and codes | `number=code,…` |
//! | `I` | IDs of clients, with commas | the first one; the others have a field of their own |
//! | `D` `M` `S` | boolean | on where schemas, a host, this provider are set |
//! | `E` | whole number | the same, but only a project with an own mail server takes it |
//! | `-` | whatever | nothing: it is for the local stack alone |
//! | `~` | whatever | nothing here: what is switched on is told, with the key as a hint |
//!
//! Behind the kind: `?` is only for where `enabled` beside it is not `false`, and `+` means this as well, and that the API wants all such lines
//! of one table together.

use supabase_management_compact::search::replace;

/// The mapping. It is compiled in as it stands, so it has no comments.
const TEXT: &str = include_str!("table.txt");

/// Names that several lines go through.
const FAMILIES: [(&str, &str); 5] = [
    (
        "P",
        "apple|azure|bitbucket|discord|facebook|figma|github|gitlab|google|kakao|keycloak|linkedin_oidc|notion|slack_oidc|spotify|twitch|twitter|x|workos|zoom",
    ),
    ("H", "mfa_verification_attempt|password_verification_attempt|custom_access_token|send_sms|send_email|before_user_created"),
    ("T", "invite|confirmation|recovery|magic_link|email_change|reauthentication"),
    ("N", "password_changed|email_changed|phone_changed|identity_linked|identity_unlinked|mfa_factor_enrolled|mfa_factor_unenrolled"),
    // In the order in which the official tool looks for the one that is switched on.
    ("S", "twilio|twilio_verify|messagebird|textlocal|vonage"),
];

/// A section of the file that the API has.
pub(super) struct Place {
    /// Its path in the file.
    pub(super) name: &'static str,
    pub(super) read: &'static str,
    pub(super) write: &'static str,
    /// What `enabled` is where the file leaves it out; none for a section without that switch.
    pub(super) gate: Option<bool>,
}

/// A setting of the file.
pub(super) struct Row {
    /// Which of the places it belongs to.
    pub(super) place: usize,
    /// Its whole path in the file.
    pub(super) path: String,
    pub(super) kind: u8,
    /// Whether it counts only where the table that it is in is not switched off.
    pub(super) gated: bool,
    /// Whether it goes along with the others of its table.
    pub(super) grouped: bool,
    /// What a kind `c` can be.
    pub(super) choices: &'static str,
    /// The field of the API.
    pub(super) key: String,
}

impl Row {
    /// The table that it is in.
    pub(super) fn table(&self) -> &str {
        self.path.rsplit_once('.').map_or("", |(table, _)| table)
    }

    /// Whether its value must not be shown.
    pub(super) fn secret(&self) -> bool {
        matches!(self.kind, b'$' | b'O')
    }
}

/// The mapping, read.
pub(super) struct Table {
    pub(super) places: Vec<Place>,
    pub(super) rows: Vec<Row>,
}

impl Table {
    pub(super) fn read() -> Table {
        let mut table = Table { places: Vec::new(), rows: Vec::new() };
        for line in TEXT.split('\n') {
            let mut words = line.split(' ');
            let mut word = || words.next().unwrap_or_default();
            let (path, kind, key) = (word(), word(), word());
            if let Some(name) = path.strip_prefix('[') {
                let gate = match word() {
                    "true" => Some(true),
                    "false" => Some(false),
                    _ => None,
                };
                table.places.push(Place { name: name.trim_end_matches(']'), read: kind, write: key, gate });
            } else if !path.is_empty() {
                table.add(path, kind, key);
            }
        }
        table
    }

    /// Adds a line, once for each of its names.
    fn add(&mut self, path: &str, kind: &'static str, key: &str) {
        let place = self.places.len() - 1;
        let (before, rest) = path.split_once('{').unwrap_or((path, "}"));
        let (names, after) = rest.split_once('}').unwrap_or_default();
        let names = FAMILIES.iter().find(|(letter, _)| *letter == names).map_or(names, |(_, names)| names);
        let (flags, choices) = kind.split_once(':').unwrap_or((kind, ""));
        let section = self.places[place].name;
        for name in names.split('|') {
            let local = [before, name, after].concat();
            let key = if key.is_empty() { replace(&local, ".", "_") } else { replace(key, "*", name) };
            let path = if section == "-" { local } else { [section, ".", &local].concat() };
            if self.rows.iter().any(|row| row.path == path) {
                continue;
            }
            let grouped = flags.ends_with('+');
            let gated = (grouped || flags.ends_with('?')) && !path.ends_with(".enabled");
            self.rows.push(Row { place, path, kind: flags.as_bytes()[0], gated, grouped, choices, key });
        }
    }
}
