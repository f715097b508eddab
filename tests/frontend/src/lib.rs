//! A page that lists projects.

use supabase_management_wasm::api::projects::Project;
use supabase_management_wasm::{Client, Error, Options};
use wasm_bindgen::prelude::wasm_bindgen;
use yew::prelude::*;

/// The projects of whoever the proxy at `/api` signs in.
#[component]
fn Projects() -> Html {
    let answer = use_state(|| None::<Result<Vec<Project>, Error>>);
    let set = answer.setter();
    use_effect_with((), move |()| {
        yew::platform::spawn_local(async move {
            let client = Client::with(Options::default().base_url("/api"));
            set.set(Some(client.projects().list().await));
        });
    });
    match &*answer {
        None => html! { <p>{ "Loading…" }</p> },
        Some(Err(error)) => html! { <p role="alert">{ error.to_string() }</p> },
        Some(Ok(projects)) => html! {
            <ul>{ for projects.iter().map(|project| html! { <li key={project.r#ref.clone()}>{ format!("{} is {}", project.name, project.status) }</li> }) }</ul>
        },
    }
}

/// Shows the page.
#[wasm_bindgen(start)]
pub fn start() {
    yew::Renderer::<Projects>::new().render();
}
