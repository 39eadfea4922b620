//! Paths as keys of the catalogue.
//!
//! Duty: one text for one file from wherever the program is started, also for names that are not UTF-8.

use std::path::{Component, Path, PathBuf};

/// The absolute path without `.` and `..`, links not followed, as text; bytes that are not UTF-8 become `\xNN`.
pub fn path_key(path: &Path) -> String {
    path_text(&absolute(path))
}

/// The absolute path without `.` and `..`, links not followed.
pub fn absolute(path: &Path) -> PathBuf {
    // Fails only for an empty path or a lost working directory; then the path as given is the best name there is.
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut clean = PathBuf::new();
    for part in whole.components() {
        match part {
            Component::ParentDir => {
                clean.pop();
            }
            Component::CurDir => {}
            other => clean.push(other),
        }
    }
    clean
}

/// The path as text; bytes that are not UTF-8 become `\xNN`.
pub fn path_text(path: &Path) -> String {
    let mut out = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        out.push_str(chunk.valid());
        for byte in chunk.invalid() {
            out.push_str(&format!("\\x{byte:02x}"));
        }
    }
    out
}

/// The bytes of a path that is not UTF-8; `None` for one that is.
pub fn path_bytes(path: &Path) -> Option<Vec<u8>> {
    path.to_str().is_none().then(|| path.as_os_str().as_encoded_bytes().to_vec())
}

/// The path of a key, from its bytes where it has some.
pub fn path_of(key: &str, bytes: Option<&[u8]>) -> PathBuf {
    match bytes {
        #[cfg(unix)]
        Some(bytes) => PathBuf::from(<std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(bytes)),
        // Elsewhere a name that is not UTF-8 cannot be built from bytes; its key names no file, so it counts as gone.
        #[cfg(not(unix))]
        Some(_) => PathBuf::from(key),
        None => PathBuf::from(key),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_for_one_file() {
        let here = path_key(Path::new("a/b.txt"));
        for other in ["./a/b.txt", "a/./b.txt", "a/c/../b.txt"] {
            assert_eq!(path_key(Path::new(other)), here);
        }
        assert_eq!(path_key(Path::new("/x/../y/z")), "/y/z");
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_not_text_come_back() {
        use std::os::unix::ffi::OsStrExt;
        let path = Path::new(std::ffi::OsStr::from_bytes(b"/a/c\xf4ng v\xe3n.txt"));
        assert_eq!(path_text(path), "/a/c\\xf4ng v\\xe3n.txt");
        assert_eq!(path_of("", path_bytes(path).as_deref()), path);
    }
}
