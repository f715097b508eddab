//! A page about projects and their secrets, with Dioxus.

use dioxus::core::throw_error;
use dioxus::prelude::*;
use supabase_management_wasm::api::organizations::ListProjectsQuery;
use supabase_management_wasm::api::secrets::CreateSecret;
use supabase_management_wasm::{Client, Options};
use wasm_bindgen::prelude::wasm_bindgen;

/// The project whose secrets are shown, one that is starting, and an organization. In an app of yours they come from its router.
const PROJECT: &str = "hqvkzumdtlrwaxbeogcy";
const STARTING: &str = "wnfcjpoybtgxirdkqseu";
const ORGANIZATION: &str = "tidewater-labs";

/// Shows the page.
#[wasm_bindgen(start)]
pub fn start() {
    launch(App);
}

/// The page. The proxy at `/api` adds the token of whoever is signed in, so that the browser never has it.
#[component]
fn App() -> Element {
    use_context_provider(|| Client::with(Options { base_url: "/api".into(), ..Options::default() }));
    rsx! {
        Section { title: "Projects", Projects {} }
        Section { title: "Secrets", Secrets {} }
        Section { title: "Startup", Startup {} }
        Section { title: "Everything", Everything {} }
    }
}

/// A part of the page, which waits and fails by itself.
#[component]
fn Section(title: &'static str, children: Element) -> Element {
    rsx! {
        h2 { {title} }
        ErrorBoundary { handle_error: problem,
            SuspenseBoundary { fallback: |_| rsx! { p { "Loading…" } }, {children} }
        }
    }
}

/// A call that failed somewhere below an `ErrorBoundary`.
fn problem(errors: ErrorContext) -> Element {
    rsx! {
        if let Some(error) = errors.error() {
            p { role: "alert", "{error}" }
        }
        button { onclick: move |_| errors.clear_errors(), "Try again" }
    }
}

/// All projects, with their status.
#[component]
fn Projects() -> Element {
    let client = use_context::<Client>();
    let projects = use_resource(move || client.projects().list().into_future()).suspend()?;
    let projects = projects.cloned()?;
    rsx! {
        ul { id: "projects",
            for project in projects {
                li { key: "{project.r#ref}", "{project.name} is {project.status}" }
            }
        }
    }
}

/// The names of a project's secrets, and a form for another one.
#[component]
fn Secrets() -> Element {
    let client = use_context::<Client>();
    let (mut name, mut value) = (use_signal(String::new), use_signal(String::new));
    let reader = client.clone();
    let mut secrets = use_resource(move || reader.secrets().list(PROJECT).into_future());
    let create = move |event: FormEvent| {
        event.prevent_default();
        let call = client.secrets().create(PROJECT, [CreateSecret::new(name(), value())]);
        // What is wrong with the input is an error as well, and nothing is sent then. It is known at once, and Dioxus 0.7 loses what a handler returns
        // at once: so the error is thrown.
        spawn(async move {
            match call.await {
                Ok(()) => secrets.restart(),
                Err(error) => throw_error(error),
            }
        });
    };
    let listed = secrets.value().cloned().transpose()?;
    rsx! {
        ul { id: "secrets",
            for secret in listed.unwrap_or_default() {
                li { key: "{secret.name}", "{secret.name}" }
            }
        }
        form { onsubmit: create,
            input { aria_label: "Name", value: name, oninput: move |event| name.set(event.value()) }
            input { aria_label: "Value", value: value, r#type: "password", oninput: move |event| value.set(event.value()) }
            button { "Create" }
        }
    }
}

/// A wait that shows how far it is. It ends with the component: what the component has spawned is dropped then.
#[component]
fn Startup() -> Element {
    let client = use_context::<Client>();
    let mut progress = use_signal(String::new);
    let wait = move |_| {
        let mut wait = client.projects().wait_until_healthy(STARTING).poll_ms(200);
        async move {
            while let Some(step) = wait.next().await {
                let step = step?;
                progress.set(format!("{} after {} looks", step.status, step.polls));
            }
            dioxus::Ok(())
        }
    };
    rsx! {
        button { onclick: wait, "Wait" }
        p { id: "startup", {progress} }
    }
}

/// The projects of an organization, of which there may be many: each is shown as its page comes.
#[component]
fn Everything() -> Element {
    let client = use_context::<Client>();
    let mut names = use_signal(Vec::new);
    let all = use_resource(move || {
        let mut projects = client.organizations().list_projects(ORGANIZATION, ListProjectsQuery::default().limit(1)).items();
        async move {
            while let Some(project) = projects.next().await {
                names.push(project?.name);
            }
            supabase_management_wasm::Result::Ok(())
        }
    });
    all.value().cloned().transpose()?;
    rsx! {
        ul { id: "everything",
            for name in names() {
                li { "{name}" }
            }
        }
    }
}
