//! The configuration within a plan: [`config`](crate::config) says what differs, here it becomes changes and calls.

use crate::config::{Answer, Change as Setting, Comparison, Input, compared, needed, overlaid};
use crate::fault::Fault;
use crate::folder::{File, View};
use crate::json::{string, text};
use crate::paths;
use crate::plan::{Action, Draft, Part, Read, given, refusal};
use serde_json::Value;
use supabase_management_compact::json::text as text_of;

/// The longest value that is shown. A template of a mail would hide the rest of the plan.
const LONGEST: usize = 60;

/// What a comparison of `config.toml` needs.
pub(crate) struct Settings<'a> {
    pub(crate) desired: &'a Value,
    /// The folder `supabase`.
    pub(crate) directory: &'a str,
    pub(crate) view: &'a View<'a>,
    /// The time, ISO 8601.
    pub(crate) now: &'a str,
    pub(crate) reference: &'a str,
}

impl Settings<'_> {
    /// `config.toml` with the part of `[remotes]` for this project laid over it.
    pub(crate) fn overlaid(&self) -> Result<Value, Box<Fault>> {
        self.with(overlaid)
    }

    /// The reads that are needed, and those in their place where the API refused them. `answers` are those that there are.
    pub(crate) fn reads(&self, answers: &Value) -> Result<Vec<Read>, Box<Fault>> {
        let mut all = Vec::new();
        for read in self.with(needed)? {
            let refused = answers.get(key(read.endpoint)).is_some_and(|answer| refusal(answer).is_some());
            all.push(self.read(read.endpoint));
            if refused {
                for endpoint in read.fallback {
                    all.push(self.read(endpoint));
                }
            }
        }
        Ok(all)
    }

    /// Adds what differs to a plan.
    pub(crate) fn compare(&self, answers: &Value, out: &mut Draft) -> Result<(), Box<Fault>> {
        let mut known = Vec::new();
        for read in self.reads(answers)? {
            let answer = &answers[&read.key];
            known.push(Answer { endpoint: read.endpoint, value: if refusal(answer).is_some() { None } else { Some(given(answer)) } });
        }
        let Comparison { sections, not_compared, notes } = self.with(|input| compared(input, &known))?;
        for section in sections {
            let first = out.changes.len();
            for setting in &section.changes {
                out.change(Part::Config, Action::Update, &setting.path, detail(setting));
            }
            let title = format!("write the configuration of {}", section.name);
            out.request(section.endpoint, Part::Config, title, vec![string(self.reference), section.body], first..out.changes.len());
        }
        for name in not_compared {
            out.notes.push(format!("config: {name} was not compared, as the token may not read it"));
        }
        for note in notes {
            out.notes.push(format!("config: {}: {}", note.path, note.text));
        }
        Ok(())
    }

    fn read(&self, endpoint: &'static str) -> Read {
        Read { key: key(endpoint), endpoint, arguments: vec![string(self.reference)], tolerated: &[403, 404] }
    }

    fn with<T>(&self, run: impl FnOnce(&Input) -> T) -> T {
        let above = paths::directory(self.directory);
        let env = |name: &str| Some(text(&self.desired["env"], name)).filter(|value| !value.is_empty()).map(str::to_owned);
        let file = |path: &str| self.view.file(&paths::join(above, path)?).map(|file: File| file.text().to_owned());
        run(&Input { config: &self.desired["config"], project_ref: self.reference, env: &env, file: &file, now: self.now })
    }
}

fn key(endpoint: &str) -> String {
    format!("config {endpoint}")
}

/// Old and new value, which secrets never show.
fn detail(setting: &Setting) -> String {
    if setting.secret {
        return "secret".to_owned();
    }
    format!("{} → {}", shown(setting.from.as_ref()), shown(setting.to.as_ref()))
}

fn shown(value: Option<&Value>) -> String {
    let Some(value) = value else { return "nothing".to_owned() };
    let all = text_of(value);
    match all.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", all.get(..end).unwrap_or_default()),
        None => all,
    }
}
