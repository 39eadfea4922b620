//! Papers inside a ZIP archive, as if the archive were a folder: `archive.zip/inner/name.doc`.
//!
//! Duty: listing the entries, and reading one, within bounds (number, size, ratio), whatever the archive claims. An
//! archive inside an archive stays closed. Not here: DOCX and ODT, which are archives too but one paper each.

use super::Limits;
use crate::model::{Error, ErrorKind, Stage};
use std::fs::File;
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};
use zip::ZipArchive;
use zip::result::ZipError;

/// Entries of an archive, at most.
const MAX_ENTRIES: usize = 2_000;
/// Bytes of all entries together, at most.
const MAX_TOTAL: u64 = 1 << 30;
/// Times that an entry may be larger than what is kept of it, from `SMALL` bytes on. Text is packed to a tenth.
const MAX_RATIO: u64 = 200;
const SMALL: u64 = 1 << 20;
/// Entries that only documents have: Office, OpenDocument.
const DOCUMENT: [&str; 2] = ["[Content_Types].xml", "mimetype"];

/// An entry that is a file.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) name: PathBuf,
    /// Its size, or why it cannot be read.
    pub(super) bytes: Result<u64, Error>,
}

/// True for a file that is to be read as a folder: a ZIP archive by name and bytes, and no document that is one inside.
pub(super) fn is_archive(path: &Path) -> bool {
    if !has_name(path) {
        return false;
    }
    let mut head = [0; 4];
    if File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_err() || &head != b"PK\x03\x04" {
        return false;
    }
    // One that breaks off is one too; its list says so.
    open(path).map_or(true, |archive| !DOCUMENT.iter().any(|name| archive.index_for_name(name).is_some()))
}

/// The archive and the name in it, when the path leads into one.
pub(super) fn split(path: &Path) -> Option<(&Path, &Path)> {
    let archive = path.ancestors().skip(1).find(|above| has_name(above) && above.is_file())?;
    Some((archive, path.strip_prefix(archive).ok()?))
}

/// The files of an archive, by name. Errors: cut off, no archive, too many or too large entries.
pub(super) fn list(path: &Path) -> Result<Vec<Entry>, Error> {
    let fail = |kind| Error::new(Stage::Walk, kind).at(path);
    let mut archive = open(path).map_err(fail)?;
    if archive.len() > MAX_ENTRIES {
        return Err(fail(ErrorKind::Malformed(format!("{} entries are more than {MAX_ENTRIES}", archive.len()))));
    }
    let mut out = Vec::new();
    let mut total = 0_u64;
    for place in 0..archive.len() {
        let entry = archive.by_index_raw(place).map_err(|error| fail(refused(&error)))?;
        if entry.is_dir() {
            continue;
        }
        // A name that leads out of the archive names nothing in it.
        let name = entry.enclosed_name().filter(|name| name.to_str() == Some(entry.name()));
        let (name, bytes) = match name {
            Some(name) => {
                let inner = path.join(&name);
                (name, judge(&entry, &inner))
            }
            None => {
                let name = PathBuf::from(format!("entry {}", place + 1));
                let kind = ErrorKind::Special("an entry whose name is no path within the archive".into());
                let error = Error::new(Stage::Walk, kind).at(path.join(&name));
                (name, Err(error))
            }
        };
        total = total.saturating_add(entry.size());
        out.push(Entry { name, bytes });
    }
    if total > MAX_TOTAL {
        return Err(fail(ErrorKind::TooLarge { bytes: total, limit: MAX_TOTAL }));
    }
    Ok(out)
}

/// The bytes of an entry. Errors: as for a list, not there, packed in a way that is not read, larger than it says.
pub(super) fn read(archive: &Path, name: &Path, limits: &Limits) -> Result<Vec<u8>, Error> {
    let path = archive.join(name);
    let fail = |kind| Error::new(Stage::Open, kind).at(&path);
    let mut archive = open(archive).map_err(fail)?;
    let name = name.to_str().ok_or_else(|| fail(refused(&ZipError::FileNotFound)))?;
    let place = archive.index_for_name(name).ok_or_else(|| fail(refused(&ZipError::FileNotFound)))?;
    let size = judge(&archive.by_index_raw(place).map_err(|error| fail(refused(&error)))?, &path)?;
    if size > limits.max_bytes {
        return Err(fail(ErrorKind::TooLarge { bytes: size, limit: limits.max_bytes }));
    }
    let entry = archive.by_index(place).map_err(|error| fail(refused(&error)))?;
    let mut bytes = Vec::new();
    // What it says of its size is not believed: one byte more is the end.
    entry.take(size + 1).read_to_end(&mut bytes).map_err(|error| fail(ErrorKind::Malformed(error.to_string())))?;
    if bytes.len() as u64 != size {
        return Err(fail(ErrorKind::Malformed("an entry has another size than the archive says".into())));
    }
    Ok(bytes)
}

fn judge<R: Read>(entry: &zip::read::ZipFile<'_, R>, path: &Path) -> Result<u64, Error> {
    let kind = if entry.encrypted() {
        ErrorKind::Encrypted
    } else if entry.size() > SMALL && entry.size() / entry.compressed_size().max(1) > MAX_RATIO {
        ErrorKind::Malformed(format!("an entry unpacks to more than {MAX_RATIO} times its size"))
    } else if has_name(path) {
        ErrorKind::Unsupported("an archive inside an archive".into())
    } else {
        return Ok(entry.size());
    };
    Err(Error::new(Stage::Walk, kind).at(path))
}

fn open(path: &Path) -> Result<ZipArchive<impl Read + Seek>, ErrorKind> {
    let file = File::open(path).map_err(|error| ErrorKind::Io(error.kind(), error.to_string()))?;
    ZipArchive::new(file).map_err(|error| refused(&error))
}

fn refused(error: &ZipError) -> ErrorKind {
    match error {
        ZipError::Io(error) => ErrorKind::Io(error.kind(), error.to_string()),
        ZipError::FileNotFound => ErrorKind::Io(std::io::ErrorKind::NotFound, "no such entry in the archive".into()),
        ZipError::UnsupportedArchive(what) if what.contains("assword") => ErrorKind::Encrypted,
        ZipError::UnsupportedArchive(what) => ErrorKind::Unsupported(format!("an archive with {what}")),
        other => ErrorKind::Truncated(other.to_string()),
    }
}

fn has_name(path: &Path) -> bool {
    path.extension().is_some_and(|name| name.eq_ignore_ascii_case("zip"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::SimpleFileOptions;

    fn archive(folder: &Path, entries: &[(&str, Vec<u8>)]) -> PathBuf {
        let path = folder.join("a.zip");
        let mut writer = zip::ZipWriter::new(File::create(&path).unwrap());
        for (name, bytes) in entries {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap();
        path
    }

    #[test]
    fn entries_are_listed_and_read_within_bounds() {
        let folder = tempfile::tempdir().unwrap();
        let bomb = vec![0; 3 << 20];
        let path =
            archive(folder.path(), &[("b/x.txt", b"abc".to_vec()), ("bomb.txt", bomb), ("in.zip", b"PK".to_vec()), ("../out.txt", vec![])]);
        assert!(is_archive(&path));
        let told: Vec<(String, Result<u64, String>)> = list(&path)
            .unwrap()
            .into_iter()
            .map(|entry| (entry.name.to_string_lossy().into_owned(), entry.bytes.map_err(|error| error.reason())))
            .collect();
        assert_eq!(told[0], ("b/x.txt".into(), Ok(3)));
        for (at, part) in [(1, "200 times"), (2, "an archive inside an archive"), (3, "no path within the archive")] {
            assert!(told[at].1.as_ref().unwrap_err().contains(part), "{told:?}");
        }
        let inner = path.join("b/x.txt");
        assert_eq!(split(&inner), Some((path.as_path(), Path::new("b/x.txt"))));
        assert_eq!(read(&path, Path::new("b/x.txt"), &Limits::default()).unwrap(), b"abc");
        let error = read(&path, Path::new("none.txt"), &Limits::default()).unwrap_err();
        assert!(matches!(error.kind, ErrorKind::Io(std::io::ErrorKind::NotFound, _)), "{error}");
        let small = Limits { max_bytes: 2, ..Limits::default() };
        assert!(matches!(read(&path, Path::new("b/x.txt"), &small).unwrap_err().kind, ErrorKind::TooLarge { .. }));
    }

    #[test]
    fn archives_that_lie_or_break_off_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = archive(folder.path(), &[("x.txt", b"abcabcabcabcabc".to_vec())]);
        let whole = std::fs::read(&path).unwrap();
        for tenth in 1..10 {
            std::fs::write(&path, &whole[..whole.len() * tenth / 10]).unwrap();
            assert!(list(&path).is_err(), "{tenth}");
        }
        // The size in the directory, 22 bytes into its entry.
        let mut lie = whole.clone();
        let at = memchr::memmem::rfind(&lie, b"PK\x01\x02").unwrap() + 24;
        lie[at] = 9;
        std::fs::write(&path, &lie).unwrap();
        assert!(read(&path, Path::new("x.txt"), &Limits::default()).is_err());
    }
}
