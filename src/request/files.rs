//! The files of a deployment: names that the server finds again, and the files that the metadata speaks of.

use crate::check::Cursor;
use crate::fault::Fault;

/// What the name of a file must be.
const NAME: &str = "a relative path with forward slashes";

/// What is sent in the place of an archive, which the server would take for a source file.
const ONE_BY_ONE: &str = "source files, one by one, as the API unpacks no archive";

/// Checks the files of a form that was checked against its model: `text` is `{ "metadata": …, "file": [{ "path": … }] }`.
///
/// The server puts files at their paths and begins with the one that the metadata names. What it cannot find there ends in its "Entrypoint path does not
/// exist", whatever the reason was.
///
/// # Errors
/// The first path that leads nowhere, or is there twice; a path in the metadata that none of the files has.
pub(super) fn check(text: &[u8]) -> Result<(), Fault> {
    let form = Cursor::new(text);
    let files = form.find(b"file").map(Cursor::items).unwrap_or_default();
    let mut paths: Vec<String> = Vec::new();
    for (at, file) in files.into_iter().enumerate() {
        let path = file.find(b"path").and_then(Cursor::string).unwrap_or_default();
        let place = || format!("file[{at}].path");
        if let Some(received) = misnamed(&path) {
            return Err(Fault::new(place(), NAME, received));
        }
        let path = plain(&path);
        if let Some(first) = paths.iter().position(|known| *known == path) {
            return Err(Fault::new(place(), "a path that no other file has", format!("the path of file[{first}]")));
        }
        paths.push(path);
    }
    let Some(metadata) = form.find(b"metadata") else { return Ok(()) };
    for name in ["entrypoint_path", "import_map_path"] {
        // An import map of no name is none: the official CLI writes it so.
        let Some(path) = metadata.find(name.as_bytes()).and_then(Cursor::string).filter(|path| name == "entrypoint_path" || !path.is_empty()) else {
            continue;
        };
        let received = misnamed(&path);
        if received.is_none() && paths.contains(&plain(&path)) {
            continue;
        }
        let fault = match paths.as_slice() {
            [] => Fault::new("file", ONE_BY_ONE, "none"),
            [only] if is_archive(only) => Fault::new("file[0].path", ONE_BY_ONE, "an archive"),
            _ => Fault::new(format!("metadata.{name}"), "the path of one of the files", received.unwrap_or("another path")),
        };
        return Err(fault);
    }
    Ok(())
}

/// Why a path does not name a file below the root of the deployment.
fn misnamed(path: &str) -> Option<&'static str> {
    let drive = path.as_bytes().first().is_some_and(u8::is_ascii_alphabetic) && path[1..].starts_with(":/");
    Some(match () {
        () if path.is_empty() => "an empty one",
        () if path.contains('\\') => "one with a backslash",
        () if path.starts_with("file:") => "a file URL",
        () if path.starts_with('/') || drive => "an absolute path",
        () if path.split('/').any(|part| part == "..") => "one that leads out of the folder (..)",
        () if path.ends_with('/') || plain(path).is_empty() => "a folder",
        () if path.contains(char::is_control) => "one with a control character",
        () => return None,
    })
}

/// The path without parts that mean nothing: `./a//b` is `a/b`.
fn plain(path: &str) -> String {
    path.split('/').filter(|part| !part.is_empty() && *part != ".").collect::<Vec<_>>().join("/")
}

fn is_archive(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    [".zip", ".tar", ".tar.gz", ".tgz", ".tar.xz", ".tar.zst", ".7z", ".eszip"].iter().any(|end| path.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn checked(metadata: &serde_json::Value, paths: &[&str]) -> Result<(), String> {
        let files: Vec<_> = paths.iter().map(|path| json!({ "path": path })).collect();
        let text = json!({ "metadata": metadata, "file": files }).to_string();
        check(text.as_bytes()).map_err(|fault| format!("{}: {}", fault.path, fault.received))
    }

    #[test]
    fn names_are_relative_paths_below_the_root() {
        let start = json!({ "entrypoint_path": "index.ts" });
        for (name, received) in [
            ("", "an empty one"),
            ("a\\b.ts", "one with a backslash"),
            ("C:\\a.ts", "one with a backslash"),
            ("/etc/passwd", "an absolute path"),
            ("C:/a.ts", "an absolute path"),
            ("file:///a.ts", "a file URL"),
            ("..", "one that leads out of the folder (..)"),
            ("../a.ts", "one that leads out of the folder (..)"),
            ("a/../../b.ts", "one that leads out of the folder (..)"),
            ("a/", "a folder"),
            (".", "a folder"),
            ("a\nb.ts", "one with a control character"),
        ] {
            assert_eq!(checked(&start, &["index.ts", name]), Err(format!("file[1].path: {received}")), "{name:?}");
        }
        for name in ["a..b", "...", "a b/é 🚀.ts", ".env", ".well-known/x", "c:x", "x/C:/y", "a//b", "@scope/a.ts", "[id].ts", "weird?#%2e.ts"] {
            assert_eq!(checked(&start, &["index.ts", name]), Ok(()), "{name:?}");
        }
    }

    #[test]
    fn a_path_is_there_once() {
        let start = json!({ "entrypoint_path": "index.ts" });
        for twice in ["index.ts", "./index.ts", ".//index.ts"] {
            assert_eq!(checked(&start, &["a.ts", "index.ts", twice]), Err("file[2].path: the path of file[1]".into()));
        }
        // The server has Linux: these are two.
        assert_eq!(checked(&start, &["index.ts", "Index.ts"]), Ok(()));
    }

    #[test]
    fn what_the_metadata_names_is_among_the_files() {
        let with = |entrypoint: &str, map: &str| json!({ "entrypoint_path": entrypoint, "import_map_path": map });
        let files = ["functions/a/index.ts", "functions/a/deno.json"];
        for start in ["functions/a/index.ts", "./functions/a/index.ts", "functions/./a/index.ts"] {
            assert_eq!(checked(&with(start, ""), &files), Ok(()), "{start}");
        }
        assert_eq!(checked(&with(files[0], files[1]), &files), Ok(()));
        assert_eq!(checked(&with(files[0], "./functions/a/deno.json"), &files), Ok(()));
        for (start, received) in [
            ("index.ts", "another path"),
            ("", "an empty one"),
            ("functions/a", "another path"),
            ("file:///tmp/functions/a/index.ts", "a file URL"),
            ("/functions/a/index.ts", "an absolute path"),
            ("functions\\a\\index.ts", "one with a backslash"),
        ] {
            assert_eq!(checked(&with(start, ""), &files), Err(format!("metadata.entrypoint_path: {received}")), "{start}");
        }
        assert_eq!(checked(&with(files[0], "deno.json"), &files), Err("metadata.import_map_path: another path".into()));
        assert_eq!(checked(&with("index.ts", ""), &[]), Err("file: none".into()));
        assert_eq!(check(br#"{"metadata":{"entrypoint_path":"a.ts"}}"#).map_err(|fault| fault.path), Err("file".into()));
    }

    #[test]
    fn an_archive_in_the_place_of_the_files_is_told() {
        let start = json!({ "entrypoint_path": "index.ts" });
        for name in ["function.zip", "a/b.TAR.GZ", "x.tgz", "bundle.eszip"] {
            assert_eq!(checked(&start, &[name]), Err("file[0].path: an archive".into()), "{name}");
            // Beside others it is a file that the function reads.
            assert_eq!(checked(&start, &["index.ts", name]), Ok(()), "{name}");
        }
        let fault = check(br#"{"metadata":{"entrypoint_path":"index.ts"},"file":[{"path":"a.zip"}]}"#).expect_err("a fault");
        assert!(fault.expected.contains("one by one"), "{fault}");
    }
}
