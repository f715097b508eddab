//! What a panel does with the client, apart from how it looks: functions that take a [`Client`] and can be tested without a page.

use supabase_management_wasm::api::organizations::ListProjectsQuery;
use supabase_management_wasm::api::projects::{Project, ProjectStatus};
use supabase_management_wasm::api::secrets::CreateSecret;
use supabase_management_wasm::{Client, Error, Result};

/// Whether a secret is new, or has taken the place of one with its name.
#[derive(Debug, PartialEq, Eq)]
pub enum Saved {
    /// There was none of this name.
    Created,
    /// There was one, whose value is lost now.
    Replaced,
}

/// The names of all projects of an organization that are asleep. The list comes in pages, which are asked for one after the other.
pub async fn sleeping(client: &Client, organization: &str) -> Result<Vec<String>> {
    let mut projects = client.organizations().list_projects(organization, ListProjectsQuery::default().limit(50)).items();
    let mut names = Vec::new();
    while let Some(project) = projects.next().await {
        let project = project?;
        if project.status == ProjectStatus::Inactive {
            names.push(project.name);
        }
    }
    Ok(names)
}

/// Saves a secret. The API replaces one of the same name without a word, so this looks first.
pub async fn save_secret(client: &Client, project_ref: &str, name: &str, value: &str) -> Result<Saved> {
    let known = client.secrets().list(project_ref).await?;
    client.secrets().create(project_ref, [CreateSecret::new(name, value)]).await?;
    Ok(if known.iter().any(|secret| secret.name == name) { Saved::Replaced } else { Saved::Created })
}

/// Wakes a project that is asleep, and waits until it can be used. `show` gets a line for each look at it.
pub async fn wake(client: &Client, project_ref: &str, mut show: impl FnMut(String)) -> Result<Project> {
    client.projects().restore(project_ref).await?;
    let mut wait = client.projects().wait_until_restored(project_ref).deadline_ms(900_000);
    let mut last = None;
    while let Some(progress) = wait.next().await {
        let progress = progress?;
        show(format!("{} after {} s", progress.status, progress.elapsed_ms / 1000));
        last = Some(progress.state);
    }
    match last {
        Some(project) => Ok((*project).clone()),
        None => unreachable!("a wait that ends well has seen something"),
    }
}

/// What to tell somebody who is no programmer. The error itself is for the log.
pub fn advice(error: &Error) -> String {
    match error {
        _ if error.is_input() => format!("Please correct this: {error}"),
        _ if error.is_unauthorized() => "Your session is over. Please sign in again.".into(),
        _ if error.is_rate_limited() => "That was a bit much at once. Please try again in a minute.".into(),
        _ if error.outcome_unknown() => "It may have been done all the same. Please look before you try again.".into(),
        _ if error.is_network() || error.is_timeout() => "Supabase does not answer. Please check the connection.".into(),
        _ => format!("That did not work: {}", error.message().unwrap_or_else(|| error.to_string())),
    }
}
