//! Bodies of requests as Rust users give them.

use serde::Serialize;
use std::fmt;

/// What can be the body of a request.
pub trait RequestBody {
    /// The bytes to send, and whether they are JSON.
    ///
    /// # Errors
    /// What serde says of a value that has no JSON.
    fn payload(&self) -> Result<Payload, serde_json::Error>;
}

/// The bytes of a body.
#[derive(Clone)]
#[non_exhaustive]
pub enum Payload {
    /// JSON text.
    Json(Vec<u8>),
    /// An eszip bundle.
    Eszip(Vec<u8>),
    /// A file of any kind.
    Bytes(Vec<u8>),
    /// Metadata and files; `json` is what is checked of them.
    Multipart {
        /// `{ "metadata": …, "file": [{ "path": … }] }`.
        json: Vec<u8>,
        /// The metadata as it is sent.
        metadata: String,
        /// The files.
        files: Vec<FormFile>,
    },
}

impl fmt::Debug for Payload {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The bytes may hold secrets.
        match self {
            Payload::Json(bytes) => write!(formatter, "Json({} bytes)", bytes.len()),
            Payload::Eszip(bytes) => write!(formatter, "Eszip({} bytes)", bytes.len()),
            Payload::Bytes(bytes) => write!(formatter, "Bytes({} bytes)", bytes.len()),
            Payload::Multipart { files, .. } => write!(formatter, "Multipart({} files)", files.len()),
        }
    }
}

/// A file of a form.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FormFile {
    /// Its path, relative, with forward slashes, without `..`, and not that of another file: `functions/hello/index.ts`.
    pub path: String,
    /// What is in it.
    pub content: Vec<u8>,
}

impl FormFile {
    /// A file by its path, which is relative and has forward slashes.
    pub fn new(path: impl Into<String>, content: impl Into<Vec<u8>>) -> Self {
        FormFile { path: path.into(), content: content.into() }
    }
}

impl fmt::Debug for FormFile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "FormFile({:?}, {} bytes)", self.path, self.content.len())
    }
}

/// The body of an endpoint that takes metadata and files.
///
/// ```
/// use supabase_management_wasm::api::functions::DeployMetadata;
/// use supabase_management_wasm::endpoint::Multipart;
///
/// let hello = Multipart::new(DeployMetadata::new("index.ts")).file("index.ts", "Deno.serve(() => new Response('Hello'))");
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Multipart<M> {
    /// What the files are for.
    pub metadata: M,
    /// The files.
    pub file: Vec<FormFile>,
}

impl<M> Multipart<M> {
    /// A body without files so far.
    pub fn new(metadata: M) -> Self {
        Multipart { metadata, file: Vec::new() }
    }

    /// Adds a file by its path, which is relative and has forward slashes.
    #[must_use = "it gives the changed value back"]
    pub fn file(mut self, path: impl Into<String>, content: impl Into<Vec<u8>>) -> Self {
        self.file.push(FormFile::new(path, content));
        self
    }
}

impl<M: Serialize> RequestBody for Multipart<M> {
    fn payload(&self) -> Result<Payload, serde_json::Error> {
        let metadata = serde_json::to_value(&self.metadata)?;
        let paths: Vec<_> = self.file.iter().map(|file| serde_json::json!({ "path": file.path })).collect();
        let text = metadata.to_string();
        let json = serde_json::to_vec(&serde_json::json!({ "metadata": metadata, "file": paths }))?;
        Ok(Payload::Multipart { json, metadata: text, files: self.file.clone() })
    }
}

impl<T: Serialize + ?Sized> RequestBody for T {
    fn payload(&self) -> Result<Payload, serde_json::Error> {
        serde_json::to_vec(self).map(Payload::Json)
    }
}

/// The body of an endpoint that takes a model, or a bundle as `deno` and the Supabase CLI make it.
///
/// With a bundle, all settings travel in the query.
#[derive(Clone)]
pub enum JsonOrEszip<T> {
    /// The model.
    Json(T),
    /// The bundle.
    Eszip(Vec<u8>),
}

impl<T: fmt::Debug> fmt::Debug for JsonOrEszip<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            JsonOrEszip::Json(model) => model.fmt(formatter),
            JsonOrEszip::Eszip(bytes) => write!(formatter, "Eszip({} bytes)", bytes.len()),
        }
    }
}

impl<T> From<T> for JsonOrEszip<T> {
    fn from(model: T) -> Self {
        JsonOrEszip::Json(model)
    }
}

impl<T: Serialize> RequestBody for JsonOrEszip<T> {
    fn payload(&self) -> Result<Payload, serde_json::Error> {
        match self {
            JsonOrEszip::Json(model) => model.payload(),
            JsonOrEszip::Eszip(bytes) => Ok(Payload::Eszip(bytes.clone())),
        }
    }
}
