//! `plan` and `apply` over the client: the loop that reads, and what a user holds.

mod calls;
mod desired;
mod draw;
mod error;
mod fleet;
mod plan;

pub use desired::Desired;
pub use error::Error;
pub use fleet::{Fleet, FleetEntry, FleetProject, FleetReport, Outcome};
pub use plan::{Applied, Plan, Progress};

use draw::draw;
use supabase_management_wasm::Client;

/// Compares files with a project, and gives what differs. It only reads. Without a reference, [`Desired::project`] says which project it is.
///
/// ```
/// # use supabase_management_deploy::{Desired, Error, plan};
/// # use supabase_management_wasm::Client;
/// # async fn example(client: Client) -> Result<(), Error> {
/// let desired = Desired::new([("supabase/functions/hello/index.ts", "Deno.serve(() => new Response('Hello'))")]).secrets([("API_KEY", "5f2b")]);
/// let mut work = plan(&client, Some("abcdefghijklmnopqrst"), desired).await?;
/// println!("{work}");
/// work.apply().await?;
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// Something in the files or the options is wrong, with its path; the project has a migration that the files do not have; or a call failed.
pub async fn plan(client: &Client, reference: Option<&str>, desired: Desired) -> Result<Plan, Error> {
    let draft = draw(client, reference, &desired).await?;
    Ok(Plan::new(client.clone(), desired, draft))
}
