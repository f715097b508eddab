//! A page about projects and their secrets, with Yew.

use supabase_management_wasm::api::organizations::ListProjectsQuery;
use supabase_management_wasm::api::projects::Project;
use supabase_management_wasm::api::secrets::{CreateSecret, Secret};
use supabase_management_wasm::{Client, Options, Result, from_js, to_js};
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{FormData, HtmlFormElement};
use yew::platform::spawn_local;
use yew::prelude::*;

/// The project whose secrets are shown, one that is starting, and an organization. In an app of yours they come from its router.
const PROJECT: &str = "hqvkzumdtlrwaxbeogcy";
const STARTING: &str = "wnfcjpoybtgxirdkqseu";
const ORGANIZATION: &str = "tidewater-labs";

/// Shows the page.
#[wasm_bindgen(start)]
pub fn start() {
    yew::Renderer::<App>::new().render();
}

/// The page. The proxy at `/api` adds the token of whoever is signed in, so that the browser never has it.
#[component]
fn App() -> Html {
    let client = use_memo((), |()| Client::with(Options { base_url: "/api".into(), ..Options::default() }));
    html! {
        <ContextProvider<Client> context={(*client).clone()}>
            <ErrorBoundary><Projects /></ErrorBoundary>
            <ErrorBoundary><Secrets /></ErrorBoundary>
            <ErrorBoundary><Startup /></ErrorBoundary>
            <ErrorBoundary><Everything /></ErrorBoundary>
        </ContextProvider<Client>>
    }
}

/// The client that `App` has put into the context.
#[hook]
fn use_client() -> Client {
    use_context().expect("App provides a client")
}

/// How a component says what went wrong, or that all is well again.
type Report = Callback<Option<String>>;

/// Shows what goes wrong in its children. Yew has no such component of its own, so this hands one of these callbacks to them.
#[component]
fn ErrorBoundary(props: &yew::html::ChildrenProps) -> Html {
    let words = use_state(|| None::<String>);
    let report = use_callback((), {
        let words = words.setter();
        move |new, ()| words.set(new)
    });
    html! {
        <ContextProvider<Report> context={report}>
            { props.children.clone() }
            if let Some(words) = &*words { <p role="alert">{ words }</p> }
        </ContextProvider<Report>>
    }
}

/// Gives what came of a call, and reports its error to the boundary around.
#[hook]
fn use_report<T: 'static>() -> Callback<Result<T>, Option<T>> {
    let report = use_context::<Report>().expect("there is an ErrorBoundary around this");
    Callback::from(move |result: Result<T>| {
        report.emit(result.as_ref().err().map(ToString::to_string));
        result.ok()
    })
}

/// All projects, with their status.
#[component]
fn Projects() -> Html {
    let (client, report) = (use_client(), use_report());
    let projects = use_state(|| None::<Vec<Project>>);
    use_effect_with((), {
        let projects = projects.setter();
        move |()| spawn_local(async move { projects.set(report.emit(client.projects().list().await)) })
    });
    // As plain values of JavaScript, for what is not written in Rust: a table, a chart, or the console.
    let print = projects.as_ref().map(|projects| {
        let plain = to_js(projects);
        move |_| plain.iter().for_each(web_sys::console::log_1)
    });
    let items =
        projects.iter().flatten().map(|project| html! { <li key={&*project.r#ref}>{ format!("{} is {}", project.name, project.status) }</li> });
    html! {
        <>
            <h2>{ "Projects" }</h2>
            <ul id="projects">{ for items }</ul>
            if let Some(print) = print { <button onclick={print}>{ "Print" }</button> }
        </>
    }
}

/// The names of a project's secrets, and a form for another one.
#[component]
fn Secrets() -> Html {
    let (client, listed, created) = (use_client(), use_report(), use_report());
    let secrets = use_state(Vec::<Secret>::new);
    let version = use_state(|| 0);
    // Whenever one has been created, the list is asked for again.
    use_effect_with(*version, {
        let (client, secrets) = (client.clone(), secrets.setter());
        move |_| spawn_local(async move { secrets.set(listed.emit(client.secrets().list(PROJECT).await).unwrap_or_default()) })
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (client, created, version) = (client.clone(), created.clone(), version.clone());
        let secret = secret_of(&event.target_unchecked_into());
        spawn_local(async move {
            // What is wrong with the input is an error as well, and nothing is sent then.
            if created.emit(client.secrets().create(PROJECT, [secret]).await).is_some() {
                version.set(*version + 1);
            }
        });
    };
    html! {
        <>
            <h2>{ "Secrets" }</h2>
            <ul id="secrets">{ for secrets.iter().map(|secret| html! { <li key={&*secret.name}>{ &secret.name }</li> }) }</ul>
            <form onsubmit={submit}>
                <input aria-label="Name" name="name" />
                <input aria-label="Value" name="value" type="password" />
                <button>{ "Create" }</button>
            </form>
        </>
    }
}

/// What a form holds. The names of its fields are those of the model.
fn secret_of(form: &HtmlFormElement) -> CreateSecret {
    let fields = FormData::new_with_form(form).and_then(|fields| js_sys::Object::from_entries(&fields));
    from_js(fields.expect("a form has fields").into()).expect("the form has a name and a value")
}

/// A wait that shows how far it is.
#[component]
fn Startup() -> Html {
    let (client, report) = (use_client(), use_report());
    let progress = use_state(String::new);
    let start = {
        let progress = progress.setter();
        move |_| {
            let (report, progress) = (report.clone(), progress.clone());
            let mut wait = client.projects().wait_until_healthy(STARTING).poll_ms(200);
            spawn_local(async move {
                while let Some(step) = wait.next().await {
                    if let Some(step) = report.emit(step) {
                        progress.set(format!("{} after {} looks", step.status, step.polls));
                    }
                }
            });
        }
    };
    html! { <><h2>{ "Startup" }</h2><button onclick={start}>{ "Wait" }</button><p id="startup">{ &*progress }</p></> }
}

/// The projects of an organization, of which there may be many: each is shown as its page comes.
#[component]
fn Everything() -> Html {
    let (client, report) = (use_client(), use_report());
    let names = use_state(Vec::<String>::new);
    use_effect_with((), {
        let names = names.setter();
        move |()| {
            let mut projects = client.organizations().list_projects(ORGANIZATION, ListProjectsQuery::default().limit(1)).items();
            spawn_local(async move {
                let mut found = Vec::new();
                while let Some(project) = projects.next().await {
                    found.extend(report.emit(project).map(|project| project.name));
                    names.set(found.clone());
                }
            });
        }
    });
    html! { <><h2>{ "Everything" }</h2><ul id="everything">{ for names.iter().map(|name| html! { <li>{ name }</li> }) }</ul></> }
}
