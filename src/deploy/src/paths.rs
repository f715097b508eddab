//! Paths of files: relative to the root of the project, with forward slashes, without `.` and `..`.

use supabase_management_compact::list::gather;
use supabase_management_compact::search;

/// A path without `.`, `..` and empty parts. `None` where it leads out of the root. A slash at the end stays: it says that a directory is meant.
pub(crate) fn clean(path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    let mut clean = search::join(&parts, "/");
    if path.ends_with('/') && !clean.is_empty() {
        clean.push('/');
    }
    Some(clean)
}

/// A path that is named in a file of the directory `directory`.
pub(crate) fn join(directory: &str, path: &str) -> Option<String> {
    clean(&format!("{directory}/{path}"))
}

/// The directory of a file; empty for a file of the root.
pub(crate) fn directory(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(directory, _)| directory)
}

/// The name of a file, without its directory.
pub(crate) fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Where `path` lies as seen from `directory`: how two copies of a folder are compared that lie in different places.
pub(crate) fn relative(directory: &str, path: &str) -> String {
    let (from, to) = (parts(directory), parts(path));
    let mut shared = 0;
    while shared < from.len() && from.get(shared) == to.get(shared) {
        shared += 1;
    }
    let mut all = vec![".."; from.len() - shared];
    for part in to.iter().skip(shared) {
        all.push(*part);
    }
    search::join(&all, "/")
}

fn parts(path: &str) -> Vec<&str> {
    gather(path.split('/').filter(|part| !part.is_empty()))
}

/// Whether it names a place of its own, as `npm:zod` and `https://esm.sh/zod` do.
pub(crate) fn has_scheme(text: &str) -> bool {
    let Some((scheme, _)) = text.split_once(':') else { return false };
    scheme.starts_with(|first: char| first.is_ascii_alphabetic()) && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_cleaned_and_never_leave_the_root() {
        assert_eq!(clean("a/./b//c/../d").as_deref(), Some("a/b/d"));
        assert_eq!(clean("lib/").as_deref(), Some("lib/"));
        assert_eq!(clean("a/../.."), None);
        assert_eq!(join("supabase/functions/hello", "../_shared/cors.ts").as_deref(), Some("supabase/functions/_shared/cors.ts"));
        assert_eq!(join("", "x.ts").as_deref(), Some("x.ts"));
    }

    #[test]
    fn a_path_is_seen_from_a_directory() {
        assert_eq!(relative("a/b", "a/b/c.ts"), "c.ts");
        assert_eq!(relative("a/b", "a/c/d.ts"), "../c/d.ts");
        assert_eq!(relative("", "x.ts"), "x.ts");
    }

    #[test]
    fn addresses_have_a_scheme_and_paths_have_none() {
        for address in ["npm:zod", "https://esm.sh/zod", "jsr:@std/assert"] {
            assert!(has_scheme(address), "{address}");
        }
        for path in ["./a.ts", "../b:c.ts", "zod", "a/b:c"] {
            assert!(!has_scheme(path), "{path}");
        }
    }
}
