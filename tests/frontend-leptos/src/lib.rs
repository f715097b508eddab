//! A page about projects and their secrets, with Leptos.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use leptos::task::spawn_local;
use supabase_management_wasm::api::organizations::ListProjectsQuery;
use supabase_management_wasm::api::projects::Project;
use supabase_management_wasm::api::secrets::{CreateSecret, Secret};
use supabase_management_wasm::{Client, Error, Options};
use wasm_bindgen::prelude::wasm_bindgen;

/// The project whose secrets are shown, one that is starting, and an organization. In an app of yours they come from its router.
const PROJECT: &str = "hqvkzumdtlrwaxbeogcy";
const STARTING: &str = "wnfcjpoybtgxirdkqseu";
const ORGANIZATION: &str = "tidewater-labs";

/// Shows the page.
#[wasm_bindgen(start)]
pub fn start() {
    mount_to_body(App);
}

/// The page. The proxy at `/api` adds the token of whoever is signed in, so that the browser never has it.
#[component]
fn App() -> impl IntoView {
    provide_context(Client::with(Options { base_url: "/api".into(), ..Options::default() }));
    view! { <Projects /> <Secrets /> <Startup /> <Everything /> }
}

/// The client that `App` has put into the context.
fn client() -> Client {
    expect_context()
}

/// A call that failed somewhere below an `ErrorBoundary`.
fn problems(errors: ArcRwSignal<Errors>) -> impl IntoView {
    let words = move || errors.read().iter().map(|(_, error)| error.to_string()).collect::<Vec<_>>().join(", ");
    view! { <p role="alert">{words}</p> }
}

/// All projects, with their status.
#[component]
fn Projects() -> impl IntoView {
    let client = client();
    let projects = LocalResource::new(move || client.projects().list().into_future());
    let item = |project: Project| view! { <li>{format!("{} is {}", project.name, project.status)}</li> };
    let list = move || Suspend::new(async move { projects.await.map(|projects| projects.into_iter().map(item).collect_view()) });
    view! {
        <h2>"Projects"</h2>
        <ErrorBoundary fallback=problems>
            <Suspense fallback=|| view! { <p>"Loading…"</p> }>
                <ul id="projects">{list}</ul>
            </Suspense>
        </ErrorBoundary>
    }
}

/// The names of a project's secrets, and a form for another one.
#[component]
fn Secrets() -> impl IntoView {
    let (reader, writer) = (client(), client());
    let (name, value) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    // An action asks for a future that is `Send`, and for an answer that is: a call and its error are.
    let create = Action::new(move |secret: &CreateSecret| writer.secrets().create(PROJECT, [secret]).into_future());
    let secrets = LocalResource::new(move || {
        // Whenever a secret was sent, the list is asked for again.
        create.version().track();
        reader.secrets().list(PROJECT).into_future()
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        create.dispatch(CreateSecret::new(name.get(), value.get()));
    };
    let item = |secret: Secret| view! { <li>{secret.name}</li> };
    let list = move || Suspend::new(async move { secrets.await.map(|secrets| secrets.into_iter().map(item).collect_view()) });
    view! {
        <h2>"Secrets"</h2>
        <ErrorBoundary fallback=problems>
            <Transition>
                <ul id="secrets">{list}</ul>
            </Transition>
        </ErrorBoundary>
        <form on:submit=submit>
            <input aria-label="Name" bind:value=name />
            <input aria-label="Value" bind:value=value type="password" />
            <button disabled=create.pending()>"Create"</button>
        </form>
        // Whether it went well. What is wrong with the input is an error as well, and nothing is sent then.
        <ErrorBoundary fallback=problems>{move || create.value().get()}</ErrorBoundary>
    }
}

/// A wait that shows how far it is.
#[component]
fn Startup() -> impl IntoView {
    let client = client();
    let progress = RwSignal::new(None::<Result<String, Error>>);
    let start = move |_| {
        let mut wait = client.projects().wait_until_healthy(STARTING).poll_ms(200);
        spawn_local(async move {
            while let Some(step) = wait.next().await {
                progress.set(Some(step.map(|step| format!("{} after {} looks", step.status, step.polls))));
            }
        });
    };
    view! {
        <h2>"Startup"</h2>
        <button on:click=start>"Wait"</button>
        <ErrorBoundary fallback=problems>
            <p id="startup">{move || progress.get()}</p>
        </ErrorBoundary>
    }
}

/// The projects of an organization, of which there may be many: each is shown as its page comes.
#[component]
fn Everything() -> impl IntoView {
    let client = client();
    let (names, failure) = (RwSignal::new(Vec::new()), RwSignal::new(None::<Error>));
    let mut projects = client.organizations().list_projects(ORGANIZATION, ListProjectsQuery::default().limit(1)).items();
    // It ends with the component.
    spawn_local_scoped_with_cancellation(async move {
        while let Some(project) = projects.next().await {
            match project {
                Ok(project) => names.write().push(project.name),
                Err(error) => failure.set(Some(error)),
            }
        }
    });
    view! {
        <h2>"Everything"</h2>
        <ul id="everything">{move || names.get().into_iter().map(|name| view! { <li>{name}</li> }).collect_view()}</ul>
        <ErrorBoundary fallback=problems>{move || failure.get().map(Err::<(), _>)}</ErrorBoundary>
    }
}
