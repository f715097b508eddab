//! The upload of an archive to build a compute instance from: the API gives an address at another host, and the bytes go there, without the token.

use crate::api::endpoints;
use crate::api::v2::Compute;
use crate::call::{CallBody, CallFuture, Input, RawCall, Reader, Response, Unreadable};
use crate::check::Cursor;
use crate::error::Result;
use crate::fault::Fault;
use crate::options::{Options, is_base_url, is_insecure};
use crate::request::body::Payload;
use crate::schema::endpoint::{Answer, Body, Endpoint, Paging, Repeat, Verb};
use crate::send_wrapper::SendWrapper;
use crate::transport::exchange::{BodyFormat, Received};
use crate::transport::time::now;
use std::fmt;
use std::future::IntoFuture;
use std::rc::Rc;

/// The upload itself, as errors and hooks know it. It is no endpoint of the API: where it leads is in an answer, and is nobody's business. Bytes that
/// arrive twice come to the same, so it may be repeated.
pub(crate) static UPLOAD: Endpoint = Endpoint {
    id: "v2.compute.upload",
    verb: Verb::Put,
    route: "{url}",
    placeholders: &[],
    query: None,
    body: Body::None,
    answer: Answer::Nothing,
    repeat: Repeat::Safe,
    keyed: false,
    anonymous: true,
    error_inside: false,
    rates: &[],
    needs: "",
    from: "",
    answers: &[],
    paging: Paging::None,
};

/// The endpoint that gives the address.
const CREATE: &str = "v2.compute.createUpload";

/// What an archive is: a `.tar.gz`.
const MEDIA_TYPE: &str = "application/gzip";

impl Compute {
    /// Uploads the directory that a compute instance is to be built from, as a `.tar.gz`, and gives the identifier of the upload: the
    /// `context_upload_id` of [`Compute::deploy`].
    ///
    /// Calls `POST /v2/projects/{ref}/compute/{name}/uploads`, and sends the archive to the address that this answers. That is another host: it gets the
    /// bytes and their type, and neither the token nor any header of the options. The address can be used by whoever has it, and is in no error and no
    /// event of a hook.
    ///
    /// # Errors
    /// An [`Error`](crate::Error) of either request. `Decode` where the answer has no address that is safe to send to: `https`, unless it is this machine.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use supabase_management_wasm::{Client, Result};
    /// # async fn example(client: Client, archive: Vec<u8>) -> Result<()> {
    /// let id = client.v2().compute().upload("abcdefghijklmnopqrst", "web", archive).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn upload(&self, project_ref: impl AsRef<str>, name: impl AsRef<str>, archive: impl Into<Vec<u8>>) -> Upload {
        let mut input = Input::new(&[project_ref.as_ref(), name.as_ref()]);
        input.body = CallBody::Payload(Payload::Bytes(archive.into()));
        Upload(SendWrapper::new(RawCall::new(&self.client, endpoints(), &UPLOAD, input)))
    }
}

/// An upload that runs when it is awaited. See [`Compute::upload`].
#[must_use = "an upload does nothing until it is awaited"]
#[derive(Clone)]
pub struct Upload(SendWrapper<RawCall>);

impl Upload {
    /// Changes options for both of its requests. `deadline_ms` is for both together.
    pub fn with_options(mut self, change: impl FnOnce(&mut Options)) -> Self {
        change(Rc::make_mut(&mut self.0.options));
        self
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Upload(…)")
    }
}

impl IntoFuture for Upload {
    type Output = Result<String>;
    type IntoFuture = CallFuture<String>;

    fn into_future(self) -> CallFuture<String> {
        CallFuture(SendWrapper::new(Box::pin(async move { Ok(upload(&self.0).await?.data) })))
    }
}

/// Asks for an address, and sends the body of the call there. Gives the identifier of the upload.
///
/// # Errors
/// That of either request.
pub(crate) async fn upload(call: &RawCall) -> Result<Response<String>> {
    let began = now();
    let row = endpoints().iter().find(|row| row.id == CREATE).unwrap_or(Endpoint::UNLISTED);
    let create = call.of(row);
    let place = create.run(&mut PlaceReader { allow_insecure: call.options.allow_insecure }).await?.data;
    let mut rest = call.clone();
    if rest.options.deadline_ms > 0 {
        let left = f64::from(rest.options.deadline_ms) - (now() - began);
        Rc::make_mut(&mut rest.options).deadline_ms = left.max(1.0) as u32;
    }
    let Response { status, headers, attempts, secrets, .. } = rest.send_to(&place.url, MEDIA_TYPE).await?;
    Ok(Response { data: place.id, status, headers, attempts, secrets })
}

/// Where an archive goes.
struct Place {
    id: String,
    url: String,
}

/// Reads where an archive goes, and refuses what would give it away.
struct PlaceReader {
    allow_insecure: bool,
}

impl Reader for PlaceReader {
    type Output = Place;

    fn format(&self, _: &Endpoint, _: &Options) -> BodyFormat {
        BodyFormat::Bytes
    }

    fn read(&mut self, _: &'static Endpoint, received: &Received) -> std::result::Result<Place, Unreadable> {
        let text = received.body.text();
        let data = Cursor::new(text.as_bytes()).find(b"data");
        let attributes = data.and_then(|data| data.find(b"attributes"));
        let member = |holder: Option<Cursor<'_>>, name: &str| holder.and_then(|holder| holder.find(name.as_bytes())).and_then(Cursor::string);
        let missing = |path: &str, expected: &str| Unreadable::from(Fault::new(path, expected, "something else"));
        let id = member(data, "id").filter(|id| !id.is_empty()).ok_or_else(|| missing("data.id", "string"))?;
        let url = member(attributes, "url").ok_or_else(|| missing("data.attributes.url", "string"))?;
        if member(attributes, "method").is_some_and(|method| method != UPLOAD.verb.as_str()) {
            return Err(missing("data.attributes.method", UPLOAD.verb.as_str()));
        }
        let plain = url.starts_with("https://") || url.starts_with("http://") && (self.allow_insecure || !is_insecure(&url));
        if !plain || !is_base_url(url.split('?').next().unwrap_or_default()) || url.contains('#') {
            return Err(missing("data.attributes.url", "an address that begins with https://"));
        }
        Ok(Place { id, url })
    }
}
