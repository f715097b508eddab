//! One operation over many projects: a few at a time, those that share a rate limit in turn, resumable from a journal, with a report.

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::future::Future;
use supabase_management_wasm::Error;

/// How many operations run at once, unless somebody says otherwise.
const CONCURRENCY: usize = 8;

/// A project whose turn it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FleetProject {
    /// Its reference.
    pub reference: String,
    /// Which attempt this is, from 1 on, those of earlier runs with the same journal included.
    pub attempt: u32,
    /// Whether an attempt before this one was begun and has not ended well: it may have done all of its work, a part, or nothing. Look what is there
    /// before you create anything.
    pub resumed: bool,
}

/// What became of a project.
#[derive(Debug)]
pub enum Outcome<T> {
    /// The operation has ended well, in this run.
    Done(T),
    /// An earlier run has done it, says the journal. It was not called.
    DoneBefore,
    /// It has failed, and nothing more is under way.
    Failed(Error),
    /// It has failed, and its last write may have been done all the same. The next run with this journal hands it over as resumed.
    Unknown(Error),
    /// The run ended before its turn.
    Stopped,
}

/// An entry of a journal. `Display` and `parse` write and read it as a line of JSON, which the npm package reads, too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FleetEntry {
    /// `begun` is there before the operation is called; `done`, `failed` and `unknown` once it has ended.
    pub kind: &'static str,
    /// The project.
    pub reference: String,
    /// Which attempt.
    pub attempt: u32,
}

const KINDS: [&str; 4] = ["begun", "done", "failed", "unknown"];

impl std::fmt::Display for FleetEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { kind, reference, attempt } = self;
        serde_json::json!({ "type": kind, "ref": reference, "attempt": attempt }).fmt(f)
    }
}

impl FleetEntry {
    /// The entry of a line. `None` of a line that was cut off, as the last one may be.
    pub fn parse(line: &str) -> Option<Self> {
        let entry: Value = serde_json::from_str(line).ok()?;
        let kind = KINDS.into_iter().find(|kind| entry["type"] == *kind)?;
        Some(Self { kind, reference: entry["ref"].as_str()?.to_owned(), attempt: entry["attempt"].as_u64()? as u32 })
    }
}

/// What came of a run: every project with its outcome, in the order in which they ended.
#[derive(Debug)]
pub struct FleetReport<T> {
    /// The projects.
    pub projects: Vec<(String, Outcome<T>)>,
}

impl<T> FleetReport<T> {
    /// Whether all projects are done, in this run or before.
    pub fn is_complete(&self) -> bool {
        self.projects.iter().all(|(_, outcome)| matches!(outcome, Outcome::Done(_) | Outcome::DoneBefore))
    }
}

/// A run over many projects.
///
/// ```
/// # use supabase_management_deploy::Fleet;
/// # use supabase_management_wasm::{Client, api::secrets::CreateSecret};
/// # async fn example(client: Client) {
/// let region = [CreateSecret::new("REGION", "eu")];
/// let references = ["abcdefghijklmnopqrst", "bcdefghijklmnopqrstu"];
/// let report = Fleet::new(references).run(|project| {
///     let call = client.secrets().create(&project.reference, &region);
///     async move { call.await }
/// });
/// assert!(report.await.is_complete());
/// # }
/// ```
///
/// **Exactly once** is what you get from two halves. The journal sees to it that a project which is noted as done is never begun again. Between the last write
/// of an operation and that note the process can be killed: such a project is begun again, and is told so. So an operation must be one that may be done
/// twice: it looks first, or it sets what may be set twice.
pub struct Fleet<'j> {
    /// Projects that share a rate limit stand in one line.
    lines: VecDeque<(String, VecDeque<String>)>,
    concurrency: usize,
    stop_after: usize,
    earlier: BTreeMap<String, FleetEntry>,
    note: Box<dyn FnMut(&FleetEntry) + 'j>,
}

impl<'j> Fleet<'j> {
    /// These projects, by their references. One that comes a second time is left out.
    pub fn new<R: Into<String>>(references: impl IntoIterator<Item = R>) -> Self {
        Self::in_lines(references.into_iter().map(|reference| (reference, "")))
    }

    /// These projects, each with what its calls are counted for beside itself: the slug of its organization. Those with the same stand in one line, and
    /// the lines take turns, so that one whose limit is spent does not hold up the others.
    pub fn in_lines<R: Into<String>, B: Into<String>>(projects: impl IntoIterator<Item = (R, B)>) -> Self {
        let mut seen = BTreeSet::new();
        let mut lines: Vec<(String, VecDeque<String>)> = Vec::new();
        let mut places = BTreeMap::new();
        for (reference, bucket) in projects {
            let (reference, bucket) = (reference.into(), bucket.into());
            if !seen.insert(reference.clone()) {
                continue;
            }
            let place = *places.entry(bucket.clone()).or_insert_with(|| {
                lines.push((bucket, VecDeque::new()));
                lines.len() - 1
            });
            lines[place].1.push_back(reference);
        }
        let lines = lines.into();
        Self { lines, concurrency: CONCURRENCY, stop_after: usize::MAX, earlier: BTreeMap::new(), note: Box::new(|_| {}) }
    }

    /// How many operations run at once, 1 at least. Default: 8.
    #[must_use = "it gives the changed value back"]
    pub fn concurrency(mut self, concurrency: usize) -> Self {
        self.concurrency = concurrency.max(1);
        self
    }

    /// After that many projects that failed or are unknown nothing more begins. By default a failure does not stop the others.
    #[must_use = "it gives the changed value back"]
    pub fn stop_after(mut self, failures: usize) -> Self {
        self.stop_after = failures.max(1);
        self
    }

    /// A journal: what an earlier run has noted, and where this one notes. `note` must have written an entry when it comes back.
    #[must_use = "it gives the changed value back"]
    pub fn journal(mut self, earlier: impl IntoIterator<Item = FleetEntry>, note: impl FnMut(&FleetEntry) + 'j) -> Self {
        for entry in earlier {
            let known = self.earlier.get(&entry.reference);
            if known.is_none_or(|known| known.kind != "done") {
                self.earlier.insert(entry.reference.clone(), entry);
            }
        }
        self.note = Box::new(note);
        self
    }

    /// Calls the operation for each project that is not done yet, and tells what became of each. To end it, drop the future: the journal has what was begun.
    pub async fn run<T, F: Future<Output = Result<T, Error>>>(mut self, mut operation: impl FnMut(FleetProject) -> F) -> FleetReport<T> {
        let mut report = FleetReport { projects: Vec::new() };
        let mut running = FuturesUnordered::new();
        let mut failures = 0;
        loop {
            while running.len() < self.concurrency && failures < self.stop_after {
                let Some(reference) = self.next() else { break };
                let before = self.earlier.get(&reference);
                if before.is_some_and(|entry| entry.kind == "done") {
                    report.projects.push((reference, Outcome::DoneBefore));
                    continue;
                }
                let attempt = before.map_or(0, |entry| entry.attempt) + 1;
                // Whoever reads the journal must know of it before it can have done anything.
                (self.note)(&FleetEntry { kind: "begun", reference: reference.clone(), attempt });
                let work = operation(FleetProject { reference: reference.clone(), attempt, resumed: attempt > 1 });
                running.push(async move { (reference, attempt, work.await) });
            }
            let Some((reference, attempt, result)) = running.next().await else { break };
            let (kind, outcome) = match result {
                Ok(value) => ("done", Outcome::Done(value)),
                Err(error) if error.outcome_unknown() => ("unknown", Outcome::Unknown(error)),
                Err(error) => ("failed", Outcome::Failed(error)),
            };
            failures += usize::from(kind != "done");
            (self.note)(&FleetEntry { kind, reference: reference.clone(), attempt });
            report.projects.push((reference, outcome));
        }
        while let Some(reference) = self.next() {
            report.projects.push((reference, Outcome::Stopped));
        }
        report
    }

    /// The next project: the first one of the line whose turn it is.
    fn next(&mut self) -> Option<String> {
        let (bucket, mut line) = self.lines.pop_front()?;
        let next = line.pop_front();
        if !line.is_empty() {
            self.lines.push_back((bucket, line));
        }
        next
    }
}
