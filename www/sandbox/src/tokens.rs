//! Who sees what. An organization is everybody's unless it says whose tokens see it; what others may not see is set aside while they are answered, so that no
//! handler has to ask.

use crate::digest::{hex, sha256};
use crate::state::{Account, Branch, Organization, Project, Run, Snippet};

/// Who asks, by the digest of their token. `None` where everything is everybody's.
#[derive(Clone)]
pub(crate) struct Viewer(Option<String>);

/// What a viewer does not see, each with its place.
#[derive(Default)]
pub(crate) struct Hidden {
    organizations: Vec<(usize, Organization)>,
    projects: Vec<(usize, Project)>,
    branches: Vec<(usize, Branch)>,
    runs: Vec<(usize, Run)>,
    snippets: Vec<(usize, Snippet)>,
}

/// How a token is kept: not itself.
pub(crate) fn digest_of(token: &str) -> String {
    hex(&sha256(token.as_bytes()))
}

impl Viewer {
    pub(crate) fn new(account: &Account, token: Option<&str>) -> Self {
        let is_divided = account.organizations.iter().any(|organization| !organization.tokens.is_empty());
        Viewer(is_divided.then(|| token.map(digest_of).unwrap_or_default()))
    }

    fn sees(&self, organization: &Organization) -> bool {
        match &self.0 {
            Some(digest) => organization.tokens.is_empty() || organization.tokens.contains(digest),
            None => true,
        }
    }
}

impl Account {
    /// Sets aside what a viewer does not see.
    pub(crate) fn hide(&mut self, viewer: &Viewer) -> Hidden {
        if viewer.0.is_none() {
            return Hidden::default();
        }
        let organizations = take(&mut self.organizations, |organization| !viewer.sees(organization));
        let is_hidden = |slug: &str| organizations.iter().any(|(_, organization)| organization.slug == slug);
        let projects = take(&mut self.projects, |project| is_hidden(&project.organization_slug));
        let is_hidden = |reference: &str| projects.iter().any(|(_, project)| project.r#ref == reference);
        let branches = take(&mut self.branches, |branch| is_hidden(&branch.parent_project_ref));
        let runs = take(&mut self.runs, |run| is_hidden(&run.projects[0]));
        let snippets = take(&mut self.snippets, |snippet| is_hidden(&snippet.project_ref));
        Hidden { organizations, projects, branches, runs, snippets }
    }

    /// Puts it back. An organization that was made meanwhile by somebody with organizations of their own is theirs as well.
    pub(crate) fn unhide(&mut self, hidden: Hidden, viewer: &Viewer, known: usize) {
        if let Some(digest) = &viewer.0 {
            let has_own = self.organizations.iter().any(|organization| organization.tokens.contains(digest));
            for organization in self.organizations.iter_mut().skip(known).filter(|_| has_own) {
                organization.tokens.push(digest.clone());
            }
        }
        put_back(&mut self.organizations, hidden.organizations);
        put_back(&mut self.projects, hidden.projects);
        put_back(&mut self.branches, hidden.branches);
        put_back(&mut self.runs, hidden.runs);
        put_back(&mut self.snippets, hidden.snippets);
    }
}

fn take<T>(list: &mut Vec<T>, is_hidden: impl Fn(&T) -> bool) -> Vec<(usize, T)> {
    let mut taken = Vec::new();
    for at in (0..list.len()).rev() {
        if is_hidden(&list[at]) {
            taken.push((at, list.remove(at)));
        }
    }
    taken.reverse();
    taken
}

fn put_back<T>(list: &mut Vec<T>, taken: Vec<(usize, T)>) {
    for (at, item) in taken {
        list.insert(at.min(list.len()), item);
    }
}
