//! A plan as a user holds it, and how it is applied.

use super::calls;
use super::desired::Desired;
use super::draw::draw;
use super::error::Error;
use crate::json::text;
use crate::plan::{Change, Draft, Request, activation};
use futures_util::StreamExt;
use serde_json::{Map, Value};
use std::fmt;
use std::ops::Range;
use supabase_management_wasm::Client;
use supabase_management_wasm::api::api_keys::ApiKey;

/// How many functions are bundled at once.
const JOBS: usize = 4;

/// What differs between files and a project. Its `Debug` and `Display` hold no value of a secret.
#[derive(Debug)]
pub struct Plan {
    client: Client,
    desired: Desired,
    draft: Draft,
    /// What was bundled, by digest: an apply that goes on does not send it again.
    bundled: Vec<(String, Value)>,
    begun: bool,
}

/// What was done.
#[derive(Debug, Clone, Default)]
pub struct Applied {
    /// Reference of the project, also where it was created.
    pub reference: String,
    /// The changes that were made, in order.
    pub done: Vec<Change>,
    /// For [`Desired::remembered`] of the next plan. It holds no secrets.
    pub remembered: Map<String, Value>,
    /// The API keys of the project, if [`Desired::project`] was given. They are revealed if the token may do that. Their `Debug` does not show them.
    pub keys: Vec<ApiKey>,
}

/// A call of [`Plan::apply`] that is done.
#[derive(Debug, Clone, Copy)]
pub struct Progress<'p> {
    /// What it did: `bundle hello`.
    pub title: &'p str,
    /// How many calls are done.
    pub index: usize,
    /// How many there are.
    pub total: usize,
}

/// A line for each change, and a sum.
impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for change in &self.draft.changes {
            writeln!(f, "{change}")?;
        }
        write!(f, "{} to change, {} as they should be", self.draft.changes.len(), self.draft.unchanged)?;
        for note in &self.draft.notes {
            write!(f, "\nnote: {note}")?;
        }
        Ok(())
    }
}

impl Plan {
    pub(super) fn new(client: Client, desired: Desired, draft: Draft) -> Self {
        Self { client, desired, draft, bundled: Vec::new(), begun: false }
    }

    /// Reference of the project; `None` if the project is still to be created.
    pub fn reference(&self) -> Option<&str> {
        self.draft.reference.as_deref()
    }

    /// What differs, in the order in which it will be changed.
    pub fn changes(&self) -> &[Change] {
        &self.draft.changes
    }

    /// How many things are as they should be.
    pub fn unchanged(&self) -> usize {
        self.draft.unchanged
    }

    /// What you should know besides: what was not compared, what is left alone.
    pub fn notes(&self) -> &[String] {
        &self.draft.notes
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.draft.changes.is_empty()
    }

    /// Makes the changes. The same files then give an empty plan. To end it, drop its future: called again it reads what there is, and goes on from there.
    ///
    /// # Errors
    /// [`Error::BrokenOff`] where a call failed. It can be called again then, too.
    pub async fn apply(&mut self) -> Result<Applied, Error> {
        self.apply_with(|_| {}).await
    }

    /// As [`apply`](Self::apply), and `on_progress` is told of each call that is done.
    ///
    /// # Errors
    /// As [`apply`](Self::apply).
    pub async fn apply_with(&mut self, on_progress: impl Fn(Progress<'_>)) -> Result<Applied, Error> {
        if self.begun {
            // What was begun before may be done, be it only that its answer was lost.
            self.draft = draw(&self.client, self.draft.reference.as_deref(), &self.desired).await?;
        }
        self.begun = true;
        let mut applied = Applied::default();
        loop {
            let created = self.run(&on_progress, &mut applied).await?;
            let Some(created) = created else {
                if self.desired.creates_project() {
                    applied.keys = calls::keys(&self.client, &applied.reference).await.map_err(Error::Read)?;
                }
                return Ok(applied);
            };
            // The project is there now: what it lacks is what it is compared with.
            self.draft = draw(&self.client, Some(&created), &self.desired).await?;
        }
    }

    /// Makes the calls of the draft. Gives the reference of a project that was created, which ends this draft.
    async fn run(&mut self, on_progress: &impl Fn(Progress<'_>), applied: &mut Applied) -> Result<Option<String>, Error> {
        let requests = std::mem::take(&mut self.draft.requests);
        let mut answers: Vec<Value> = Vec::new();
        let mut made = vec![false; self.draft.changes.len()];
        let mut created = None;
        while answers.len() < requests.len() {
            let group = group(&requests, answers.len());
            let first = group.start;
            let beside = requests[group].iter().map(|request| self.call(request, created.as_deref(), &answers));
            let results: Vec<_> = futures_util::stream::iter(beside).buffered(JOBS).collect().await;
            for (at, result) in results.into_iter().enumerate() {
                let request = &requests[first + at];
                let answer = result.map_err(|cause| self.broken_off(request, cause, applied, &made))?;
                if let Some(digest) = &request.bundle {
                    self.bundled.push((digest.clone(), answer.clone()));
                }
                if request.endpoint == "projects.create" {
                    created = Some(text(&answer, "ref").to_owned());
                    self.draft.reference.clone_from(&created);
                }
                for change in request.changes.clone() {
                    made[change] = true;
                    applied.done.push(self.draft.changes[change].clone());
                }
                answers.push(answer);
                on_progress(Progress { title: &request.title, index: answers.len(), total: requests.len() });
            }
        }
        self.remember(&answers, applied);
        applied.reference = self.draft.reference.clone().unwrap_or_default();
        Ok(created)
    }

    async fn call(&self, request: &Request, created: Option<&str>, answers: &[Value]) -> supabase_management_wasm::Result<Value> {
        let bundled = request.bundle.as_ref().and_then(|digest| self.bundled.iter().find(|(known, _)| known == digest));
        if let Some((_, answer)) = bundled {
            return Ok(answer.clone());
        }
        let mut arguments = request.arguments.clone();
        if let (Some(created), Some(first)) = (created, arguments.first_mut().filter(|first| first.is_null())) {
            *first = created.into();
        }
        if request.activates {
            arguments[1] = activation(&answers.iter().filter(|answer| answer.get("slug").is_some()).cloned().collect::<Vec<_>>());
        }
        calls::perform(&self.client, request, &arguments, |path| self.desired.file(path)).await
    }

    fn broken_off(&self, request: &Request, cause: supabase_management_wasm::Error, applied: &Applied, made: &[bool]) -> Error {
        let left = self.draft.changes.iter().zip(made).filter(|(_, made)| !**made).map(|(change, _)| change.clone()).collect();
        Error::BrokenOff { title: request.title.clone(), cause: Box::new(cause), done: applied.done.clone(), left }
    }

    /// Keeps what the next plan need not read back.
    fn remember(&self, answers: &[Value], applied: &mut Applied) {
        for (slug, known) in &self.draft.functions {
            let mut known = known.clone();
            let deployed = answers.iter().flat_map(|answer| answer["functions"].as_array().map_or(std::slice::from_ref(answer), Vec::as_slice));
            let bundle = deployed.filter(|function| text(function, "slug") == slug).map(|function| text(function, "ezbr_sha256")).next_back();
            if let Some(bundle) = bundle {
                known["bundle"] = bundle.into();
            }
            if !text(&known, "bundle").is_empty() {
                applied.remembered.insert(slug.clone(), known);
            }
        }
    }
}

/// The calls from `at` on that may be made beside each other: functions that are only bundled.
fn group(requests: &[Request], at: usize) -> Range<usize> {
    let bundles = requests[at..].iter().take_while(|request| request.bundle.is_some()).count();
    at..at + bundles.max(1)
}
