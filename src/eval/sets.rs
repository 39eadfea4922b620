//! What a folder holds: a gold set, a label set, or several of them one level down.
//!
//! Duty: tell the sets by their files. Not here: reading gold records (`gold`), judging.

use super::{LabelSet, gold, labels, resolution};
use crate::model::{Error, ErrorKind, Stage};
use std::path::{Path, PathBuf};

/// One set.
#[derive(Debug)]
pub enum Set {
    /// The folder of a gold set, as [`gold::folders`] takes it.
    Gold(PathBuf),
    /// A label set and its folder.
    Labels(PathBuf, LabelSet),
    /// The folder of tables of what mentions mean (`*.resolution.tsv`).
    Resolution(PathBuf),
}

/// The sets of a folder, or of the folders in it, sorted by name; and the folders in it that hold none.
///
/// Fails when a folder cannot be read, when a label set is malformed, and when there is no set at all.
pub fn find(dir: &Path) -> Result<(Vec<Set>, Vec<PathBuf>), Error> {
    if let Some(set) = at(dir)? {
        return Ok((vec![set], Vec::new()));
    }
    let (mut sets, mut others) = (Vec::new(), Vec::new());
    for inner in folders(dir)? {
        match at(&inner)? {
            Some(set) => sets.push(set),
            None => others.push(inner),
        }
    }
    if sets.is_empty() {
        let why = "there is no gold record (*.json, *.gold.tsv, *.resolution.tsv) and no label set in this folder; name the folder that holds gold/ and \
                   docs/, or a folder of label sets"
            .to_owned();
        return Err(Error::new(Stage::Open, ErrorKind::Malformed(why)).at(dir));
    }
    Ok((sets, others))
}

/// The set that a folder itself holds.
fn at(dir: &Path) -> Result<Option<Set>, Error> {
    if gold::is_set(dir)? {
        return Ok(Some(Set::Gold(dir.to_path_buf())));
    }
    if !resolution::tables(dir)?.is_empty() {
        return Ok(Some(Set::Resolution(dir.to_path_buf())));
    }
    Ok(labels::load(dir)?.map(|set| Set::Labels(dir.to_path_buf(), set)))
}

fn folders(dir: &Path) -> Result<Vec<PathBuf>, Error> {
    let entries = std::fs::read_dir(dir).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let entries = entries.map_err(|error| Error::io(Stage::Open, &error).at(dir))?;
    let mut inner: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    inner.sort();
    Ok(inner)
}

#[cfg(test)]
mod tests {
    use super::{Set, find};

    #[test]
    fn sets_are_told_by_what_they_hold() {
        let dir = tempfile::tempdir().expect("a folder for temporary files");
        let write = |name: &str, text: &str| {
            let path = dir.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a writable folder");
            std::fs::write(path, text).expect("a writable folder");
        };
        assert!(find(dir.path()).is_err());
        write("a/gold/x.json", "{}");
        write("b/names.jsonl", r#"{"title": "x", "title_own_number": "1", "title_cited_numbers": []}"#);
        write("c/readme.md", "nothing");
        let (sets, others) = find(dir.path()).expect("two sets");
        assert!(matches!(&sets[..], [Set::Gold(_), Set::Labels(..)]));
        assert!(others[..] == [dir.path().join("c")]);
        let (sets, _) = find(&dir.path().join("a/gold")).expect("a gold set");
        assert!(matches!(&sets[..], [Set::Gold(_)]));
    }
}
