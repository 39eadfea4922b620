//! Bytes that lie in no file of their own: standard input, a posted paper.
//!
//! Duty: a copy that only this user can read, because readers are told paths; removed when it is dropped. Not here: reading it.

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// A private file in the folder for temporary files.
#[derive(Debug)]
pub struct PrivateCopy(PathBuf);

impl PrivateCopy {
    /// Copies everything that `from` gives. Fails when the folder cannot be written to, or `from` cannot be read.
    pub fn of(mut from: impl Read) -> io::Result<PrivateCopy> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let name = format!("vanban-posted-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        let mut file = private(&path)?;
        let copy = PrivateCopy(path);
        io::copy(&mut from, &mut file)?;
        Ok(copy)
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for PrivateCopy {
    fn drop(&mut self) {
        // Nothing to be done when it is already gone.
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Creates a file that only this user can read; an existing one, or a link, is refused.
fn private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::PrivateCopy;

    #[test]
    fn a_copy_is_whole_and_goes_away() {
        let copy = PrivateCopy::of(&b"Chi thi"[..]).expect("a folder for temporary files");
        let path = copy.path().to_owned();
        assert_eq!(std::fs::read(&path).expect("the copy"), b"Chi thi");
        drop(copy);
        assert!(!path.exists());
    }
}
