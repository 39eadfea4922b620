//! Opens a file with suspicion and reads it once.
//!
//! Duty: only regular files and entries of an archive, never more bytes than the limit, a hash of exactly the bytes that
//! were read, and an error when the file changed meanwhile. Not here: telling formats, what an archive is.

use super::{Limits, archive};
use crate::model::{Error, ErrorKind, Stage};
use sha2::{Digest, Sha256};
use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::Path;
use std::time::SystemTime;

/// Bytes read to tell the format.
const HEAD: usize = 64 << 10;

/// An open file of which the beginning is known.
pub(crate) struct Opened {
    /// `None` when `bytes` are all, because they come from an archive.
    file: Option<File>,
    bytes: Vec<u8>,
    size: u64,
    modified: Option<SystemTime>,
}

/// All bytes of a file.
pub(crate) struct Source {
    /// The bytes.
    pub(crate) bytes: Vec<u8>,
    /// Their SHA-256, in lower-case hexadecimal.
    pub(crate) sha256: String,
}

/// Opens a file and reads its first 64 KiB. Errors: not a regular file, refused by the system, larger than the limit.
pub(crate) fn open(path: &Path, limits: &Limits) -> Result<Opened, Error> {
    let refused = |error: io::Error| Error::io(Stage::Open, &error).at(path);
    if let Some((archive, name)) = archive::split(path) {
        let bytes = archive::read(archive, name, limits)?;
        return Ok(Opened { file: None, size: bytes.len() as u64, bytes, modified: None });
    }
    // Asked by name first: opening a named pipe would wait for its writer.
    let before = std::fs::metadata(path).map_err(refused)?;
    if let Some(what) = special(&before) {
        return Err(Error::new(Stage::Open, ErrorKind::Special(what.into())).at(path));
    }
    let mut file = File::open(path).map_err(refused)?;
    let found = file.metadata().map_err(refused)?;
    let size = found.len();
    if size > limits.max_bytes {
        return Err(Error::new(Stage::Open, ErrorKind::TooLarge { bytes: size, limit: limits.max_bytes }).at(path));
    }
    let mut bytes = Vec::with_capacity((size as usize).min(HEAD));
    (&mut file).take(HEAD as u64).read_to_end(&mut bytes).map_err(refused)?;
    Ok(Opened { file: Some(file), bytes, size, modified: found.modified().ok() })
}

impl Opened {
    /// The first bytes of the file; all of them when it is small.
    pub(crate) fn head(&self) -> &[u8] {
        self.bytes.get(..HEAD).unwrap_or(&self.bytes)
    }

    /// Size of the file when it was opened.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// Reads the rest and hashes the whole. Errors: refused by the system, changed since it was opened.
    pub(crate) fn read(self, path: &Path) -> Result<Source, Error> {
        let refused = |error: io::Error| Error::io(Stage::Open, &error).at(path);
        let Opened { file, mut bytes, size, modified } = self;
        let Some(mut file) = file else {
            let sha256 = hex(&Sha256::digest(&bytes));
            return Ok(Source { bytes, sha256 });
        };
        let left = size.saturating_sub(bytes.len() as u64);
        bytes.reserve_exact(left as usize);
        // One byte more than is expected, so that a file that grows is noticed without being followed.
        (&mut file).take(left + 1).read_to_end(&mut bytes).map_err(refused)?;
        let after = file.metadata().map_err(refused)?;
        if bytes.len() as u64 != size || after.len() != size || after.modified().ok() != modified {
            return Err(Error::new(Stage::Open, ErrorKind::Changed).at(path));
        }
        let sha256 = hex(&Sha256::digest(&bytes));
        Ok(Source { bytes, sha256 })
    }
}

/// What a path is when it is neither a file nor a link to one.
pub(crate) fn special(found: &Metadata) -> Option<&'static str> {
    let kind = found.file_type();
    if kind.is_file() {
        return None;
    }
    if kind.is_dir() {
        return Some("a folder");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return Some("a named pipe");
        }
        if kind.is_socket() {
            return Some("a socket");
        }
        if kind.is_block_device() || kind.is_char_device() {
            return Some("a device");
        }
    }
    Some("neither a file nor a folder")
}

/// SHA-256 of a file or of an entry of an archive, in lower-case hexadecimal. Errors: as for opening.
pub fn hash(path: &Path, limits: &Limits) -> Result<String, Error> {
    if let Some((archive, name)) = archive::split(path) {
        return archive::read(archive, name, limits).map(|bytes| hex(&Sha256::digest(&bytes)));
    }
    let refused = |error: io::Error| Error::io(Stage::Open, &error).at(path);
    // It may have become another thing, or have grown, since it was found.
    let Opened { file, bytes, .. } = open(path, limits)?;
    let mut hash = Sha256::new_with_prefix(&bytes);
    let mut done = bytes.len() as u64;
    let mut chunk = vec![0; HEAD];
    if let Some(mut file) = file {
        loop {
            let count = file.read(&mut chunk).map_err(refused)?;
            if count == 0 {
                break;
            }
            hash.update(&chunk[..count]);
            done += count as u64;
            if done > limits.max_bytes {
                return Err(Error::new(Stage::Open, ErrorKind::TooLarge { bytes: done, limit: limits.max_bytes }).at(path));
            }
        }
    }
    Ok(hex(&hash.finalize()))
}

fn hex(digest: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    digest.iter().flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]).map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hash_is_of_the_bytes_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        std::fs::write(&path, "abc").unwrap();
        let source = open(&path, &Limits::default()).unwrap().read(&path).unwrap();
        assert_eq!(source.bytes, b"abc");
        assert_eq!(source.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn growing_file_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        std::fs::write(&path, vec![b'a'; HEAD + 10]).unwrap();
        let opened = open(&path, &Limits::default()).unwrap();
        std::fs::write(&path, vec![b'a'; HEAD + 20]).unwrap();
        assert_eq!(opened.read(&path).err().map(|error| error.kind), Some(ErrorKind::Changed));
    }

    #[test]
    fn large_file_is_refused_by_its_size_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        File::create(&path).unwrap().set_len(200 << 20).unwrap();
        let error = open(&path, &Limits::default()).err().unwrap();
        assert_eq!(error.kind, ErrorKind::TooLarge { bytes: 200 << 20, limit: 100 << 20 });
    }
}
