//! Finds the files of folders.
//!
//! Duty: every file under the given roots once, in one order on every machine, links followed and loops told; a ZIP
//! archive counts as a folder. Not here: opening files or telling their format.
//!
//! Left out silently, because they are no papers: hidden files and folders (`.git`), `README*`, `LICENSE*`,
//! `MANIFEST.tsv`, the lock files of office programs (`~$…`), and a folder named `tables` that holds `.tsv` files (the
//! user's own table rows). A root that the user names is never left out.

use super::archive;
use super::open::special;
use crate::model::{Error, ErrorKind, Stage};
use std::ffi::OsStr;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use walkdir::{DirEntry, WalkDir};

/// What was found at a path: a file with its stamp, or why it cannot be one.
#[derive(Clone, Debug)]
pub struct Found {
    /// The path, under the root as it was given.
    pub path: PathBuf,
    /// Size and time, or the reason for which it is rejected.
    pub stamp: Result<Stamp, Error>,
}

/// Tells whether a file changed since it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Size in bytes.
    pub bytes: u64,
    /// Time of the last change, in nanoseconds since 1970; negative before.
    pub mtime_ns: i128,
}

/// Finds all files under the roots, sorted by path, each path once. Errors are entries too.
pub fn walk(roots: &[PathBuf]) -> Vec<Found> {
    let mut found: Vec<Found> = roots.iter().flat_map(|root| under(root)).collect();
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found.dedup_by(|a, b| a.path == b.path);
    found
}

/// Whether there is anything at a root: a file, a folder, or an entry of an archive.
pub fn reach(root: &Path) -> Result<(), Error> {
    match archive::split(root) {
        Some(_) if under(root).is_empty() => {
            let missing = std::io::Error::from(std::io::ErrorKind::NotFound);
            Err(Error::io(Stage::Walk, &missing).at(root))
        }
        Some(_) => Ok(()),
        None => std::fs::metadata(root).map(drop).map_err(|error| Error::io(Stage::Walk, &error).at(root)),
    }
}

/// What is now at single paths, as a walk of `roots` would find it: what is gone, and what a walk leaves out, is not there.
/// Without roots every path is wanted.
pub fn look(paths: &[PathBuf], roots: &[PathBuf]) -> Vec<Found> {
    let mut found: Vec<Found> = paths.iter().filter(|path| is_under(path, roots)).flat_map(|path| there(path)).collect();
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found.dedup_by(|a, b| a.path == b.path);
    found
}

/// True when no part of the path below its root is one that a walk leaves out.
fn is_under(path: &Path, roots: &[PathBuf]) -> bool {
    roots.is_empty()
        || roots.iter().filter_map(|root| Some((root, path.strip_prefix(root).ok()?))).any(|(root, below)| {
            let parts: Vec<&OsStr> = below.iter().collect();
            let mut folder = root.clone();
            parts.iter().enumerate().all(|(at, part)| {
                folder.push(part);
                let is_folder = at + 1 < parts.len() || folder.is_dir();
                is_wanted_name(part.as_encoded_bytes())
                    && if is_folder { *part != "tables" || !holds_tables(&folder) } else { is_paper(Some(part)) }
            })
        })
}

fn there(path: &Path) -> Vec<Found> {
    if archive::split(path).is_none() {
        let gone = std::fs::symlink_metadata(path).is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound);
        if gone {
            return Vec::new();
        }
        if leads_back(path) {
            return vec![Found { path: path.to_path_buf(), stamp: Err(Error::new(Stage::Walk, ErrorKind::Loop).at(path)) }];
        }
    }
    under(path)
}

/// True for a link to a folder above it.
fn leads_back(path: &Path) -> bool {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    path.is_symlink() && matches!((path.canonicalize(), parent.canonicalize()), (Ok(target), Ok(parent)) if parent.starts_with(&target))
}

fn under(root: &Path) -> Vec<Found> {
    if let Some((archive, _)) = archive::split(root) {
        return match std::fs::metadata(archive).map_err(|error| Error::io(Stage::Walk, &error)).and_then(|found| stamp_of(archive, &found))
        {
            Ok(own) => inside(archive, own).into_iter().filter(|found| found.path.starts_with(root)).collect(),
            Err(error) => vec![Found { path: root.to_path_buf(), stamp: Err(error.at(root)) }],
        };
    }
    let mut found = Vec::new();
    for entry in WalkDir::new(root).follow_links(true).into_iter().filter_entry(is_wanted) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => {
                let stamp = entry.metadata().map_err(|error| Error::io(Stage::Walk, &error.into()).at(entry.path()));
                let stamp = stamp.and_then(|metadata| stamp_of(entry.path(), &metadata));
                match &stamp {
                    Ok(own) if archive::is_archive(entry.path()) => found.extend(inside(entry.path(), *own)),
                    _ => found.push(Found { stamp, path: entry.into_path() }),
                }
            }
            Err(error) => found.push(failed(&error, root)),
        }
    }
    found
}

/// The entries of an archive; they have its time.
fn inside(path: &Path, own: Stamp) -> Vec<Found> {
    match archive::list(path) {
        Ok(entries) => entries
            .into_iter()
            .filter(|entry| entry.name.iter().all(|part| is_wanted_name(part.as_encoded_bytes())) && is_paper(entry.name.file_name()))
            .map(|entry| Found { path: path.join(&entry.name), stamp: entry.bytes.map(|bytes| Stamp { bytes, mtime_ns: own.mtime_ns }) })
            .collect(),
        Err(error) => vec![Found { path: path.to_path_buf(), stamp: Err(error) }],
    }
}

fn is_wanted(entry: &DirEntry) -> bool {
    if entry.depth() == 0 {
        return true;
    }
    if !is_wanted_name(entry.file_name().as_encoded_bytes()) {
        return false;
    }
    if entry.file_type().is_dir() {
        return !(entry.file_name() == "tables" && holds_tables(entry.path()));
    }
    is_paper(Some(entry.file_name()))
}

fn is_wanted_name(name: &[u8]) -> bool {
    !(name.starts_with(b".") || name.starts_with(b"~$"))
}

fn is_paper(name: Option<&OsStr>) -> bool {
    let name = name.map_or(&[][..], OsStr::as_encoded_bytes);
    let starts = |start: &str| name.len() >= start.len() && name[..start.len()].eq_ignore_ascii_case(start.as_bytes());
    !(starts("README") || starts("LICENSE") || name == b"MANIFEST.tsv")
}

fn holds_tables(folder: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(folder) else { return false };
    entries.flatten().any(|entry| Path::new(&entry.file_name()).extension() == Some(OsStr::new("tsv")))
}

fn stamp_of(path: &Path, metadata: &Metadata) -> Result<Stamp, Error> {
    if let Some(what) = special(metadata) {
        return Err(Error::new(Stage::Walk, ErrorKind::Special(what.into())).at(path));
    }
    let modified = metadata.modified().map_err(|error| Error::io(Stage::Walk, &error).at(path))?;
    let mtime_ns = match modified.duration_since(UNIX_EPOCH) {
        Ok(after) => after.as_nanos() as i128,
        Err(before) => -(before.duration().as_nanos() as i128),
    };
    Ok(Stamp { bytes: metadata.len(), mtime_ns })
}

fn failed(error: &walkdir::Error, root: &Path) -> Found {
    let path = error.path().unwrap_or(root).to_path_buf();
    let kind = if error.loop_ancestor().is_some() {
        ErrorKind::Loop
    } else if path.is_symlink() {
        ErrorKind::Special("a link that leads nowhere".into())
    } else {
        match error.io_error() {
            Some(error) => ErrorKind::Io(error.kind(), error.to_string()),
            None => ErrorKind::Io(std::io::ErrorKind::Other, error.to_string()),
        }
    };
    Found { stamp: Err(Error::new(Stage::Walk, kind).at(&path)), path }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn names(roots: &[PathBuf], base: &Path) -> Vec<String> {
        let name = |found: &Found| found.path.strip_prefix(base).unwrap_or(&found.path).to_string_lossy().into_owned();
        walk(roots).iter().map(name).collect()
    }

    #[test]
    fn sorted_without_what_is_no_paper() {
        let folder = tempfile::tempdir().unwrap();
        let base = folder.path();
        for name in ["b.txt", "a/z.pdf", "a.txt", ".hidden", ".git/x", "README.md", "readme.txt", "LICENSE-MIT", "MANIFEST.tsv", "~$a.docx"]
        {
            fs::create_dir_all(base.join(name).parent().unwrap()).unwrap();
            fs::write(base.join(name), "x").unwrap();
        }
        fs::create_dir_all(base.join("tables")).unwrap();
        fs::write(base.join("tables/issuers.tsv"), "x").unwrap();
        fs::create_dir_all(base.join("a/tables")).unwrap();
        fs::write(base.join("a/tables/paper.txt"), "x").unwrap();
        let root = base.to_path_buf();
        assert_eq!(names(std::slice::from_ref(&root), base), ["a/tables/paper.txt", "a/z.pdf", "a.txt", "b.txt"]);
        assert_eq!(names(&[root.clone(), root.join("a")], base).len(), 4, "a path is found once");
        assert_eq!(names(&[root.join("README.md")], base), ["README.md"], "what the user names is taken");
    }

    #[test]
    fn missing_root_is_one_error() {
        let found = walk(&[PathBuf::from("no/such/folder")]);
        assert_eq!(found.len(), 1);
        let error = found[0].stamp.as_ref().unwrap_err();
        assert!(matches!(error.kind, ErrorKind::Io(std::io::ErrorKind::NotFound, _)), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_loops_end() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let base = folder.path();
        fs::create_dir_all(base.join("a/b")).unwrap();
        fs::write(base.join("a/b/x.txt"), "x").unwrap();
        symlink(base.join("a"), base.join("a/b/up")).unwrap();
        symlink(base.join("a/b/x.txt"), base.join("link.txt")).unwrap();
        symlink(base.join("nothing"), base.join("dead.txt")).unwrap();
        let found = walk(&[base.to_path_buf()]);
        let kinds: Vec<_> = found.iter().map(|found| found.stamp.as_ref().err().map(|error| error.kind.clone())).collect();
        assert_eq!(kinds, [Some(ErrorKind::Loop), None, Some(ErrorKind::Special("a link that leads nowhere".into())), None]);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn names_need_not_be_text_and_sockets_are_told() {
        use std::os::unix::ffi::OsStrExt;
        let folder = tempfile::tempdir().unwrap();
        let odd = folder.path().join(OsStr::from_bytes(b"c\xf4ng v\xe3n.txt"));
        fs::write(&odd, "x").unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("socket")).unwrap();
        let found = walk(&[folder.path().to_path_buf()]);
        assert_eq!(found[0].path, odd);
        assert_eq!(found[0].stamp.as_ref().unwrap().bytes, 1);
        assert_eq!(found[1].stamp.as_ref().unwrap_err().kind, ErrorKind::Special("a socket".into()));
    }
}
