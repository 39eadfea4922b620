//! What changes something: decisions, and uploaded papers.
//!
//! Duty: only where the server was started so, only with the word of its own forms, one at a time, and never without a line in
//! the audit log. Not here: what follows from it (`ingest`, `query`).

use super::app::App;
use super::audit::{Entry, now};
use super::fault::Fault;
use super::route::see;
use super::sessions::Visitor;
use super::snapshots::Reach;
use crate::ingest::{self, Options, Silent};
use crate::query;
use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Multipart, State};
use axum::response::Response;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Longest name of an uploaded file.
const NAME: usize = 120;
/// Names that are tried for a file whose own is taken.
const TRIES: usize = 1_000;

/// The word that a form must bear.
pub(super) fn word(app: &App) -> String {
    app.secret.word("form", "")
}

fn checked(app: &App, given: Option<&str>) -> Result<(), Fault> {
    if given.is_some_and(|given| app.secret.same(given, &word(app))) {
        return Ok(());
    }
    Err(Fault::forbidden("the form is not of this run of the server").hint("open the page anew and send it again"))
}

/// Takes the review page's form: a decision, or one taken back.
pub(super) async fn decide(State(app): State<App>, Extension(visitor): Extension<Visitor>, body: Bytes) -> Result<Response, Fault> {
    if !app.options.writable {
        return Err(Fault::forbidden("decisions are not taken here").hint("start the server with --writable"));
    }
    let who = editor(&visitor)?;
    let form: Vec<(String, String)> = form_urlencoded::parse(&body).into_owned().collect();
    let field = |name: &str| form.iter().find(|(own, _)| own == name).map(|(_, value)| value.trim()).filter(|value| !value.is_empty());
    checked(&app, field("word"))?;
    let citation = field("citation").ok_or_else(|| Fault::bad("citation: missing"))?.to_owned();
    let (target, alike, undo) = (field("target").map(str::to_owned), field("alike").is_some(), field("undo").is_some());
    let turn = app.writing.lock().await;
    let asked = (citation.clone(), target.clone());
    let snapshots = std::sync::Arc::clone(&app.snapshots);
    let decided = snapshots.ask(Reach::All, move |reader| {
        let (citation, target) = asked;
        Ok(match (undo, target) {
            (true, _) => query::take_back(reader, &citation)?,
            (false, Some(target)) => query::decide(reader, &citation, &target, alike)?,
            (false, None) => return Err(Fault::bad("target: missing").hint("choose a document, or type its number")),
        })
    });
    let decided = decided.await?;
    let mut ids = vec![decided.citation.clone()];
    ids.extend(decided.alike.iter().cloned());
    let (to, before, alike) = (decided.target.as_deref(), decided.previous.as_deref(), decided.alike.len());
    let what = if undo { "undo" } else { "decide" };
    app.audit.add(&Entry { at: now(), who, what, on: &citation, to, before, alike })?;
    let (index, target) = (app.options.index.clone(), decided.target.clone());
    let written = tokio::task::spawn_blocking(move || ingest::decide(&index, &ids, target.as_deref())).await;
    let written = written.map_err(|_| Fault::internal("the decision failed")).and_then(|written| Ok(written?));
    if let Err(fault) = written {
        // The line above said what was about to be done.
        app.audit.add(&Entry { at: now(), who, what: "failed", on: &citation, to: None, before: None, alike: 0 })?;
        return Err(fault);
    }
    app.snapshots.look_again();
    drop(turn);
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("done", &citation).finish();
    Ok(see(&format!("/review?{query}")))
}

/// Takes papers into the folder for uploads, and ingests that folder.
pub(super) async fn upload(State(app): State<App>, Extension(visitor): Extension<Visitor>, mut form: Multipart) -> Result<Response, Fault> {
    let Some(dir) = app.options.uploads.clone() else {
        return Err(Fault::forbidden("papers are not taken here").hint("start the server with --writable --uploads FOLDER"));
    };
    let who = editor(&visitor)?;
    let (mut known, mut taken) = (false, 0);
    loop {
        let field = form.next_field().await.map_err(|error| Fault::bad(format!("the form cannot be read: {error}")))?;
        let Some(field) = field else { break };
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().map(safe_name);
        let bytes = field.bytes().await.map_err(|error| Fault::new(413, "too_large", format!("the file cannot be taken: {error}")))?;
        if name == "word" {
            checked(&app, std::str::from_utf8(&bytes).ok())?;
            known = true;
            continue;
        }
        // The word stands first in the form, so that nothing is kept of a form of another site.
        checked(&app, known.then(|| word(&app)).as_deref())?;
        let Some(file) = file.filter(|_| !bytes.is_empty()) else { continue };
        let (dir, kept) = (dir.clone(), file.clone());
        let put = tokio::task::spawn_blocking(move || put(&dir, &kept, &bytes)).await;
        let path = put.map_err(|_| Fault::internal("the file could not be kept"))?;
        let path = path.map_err(|error| Fault::internal(format!("the file cannot be kept: {error}")))?;
        let on = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        app.audit.add(&Entry { at: now(), who, what: "upload", on: &on, to: None, before: None, alike: 0 })?;
        taken += 1;
    }
    if taken == 0 {
        return Err(Fault::bad("there is no file in the form").hint("choose one or more papers"));
    }
    let options = Options {
        roots: vec![dir],
        index: app.options.index.clone(),
        tables: app.options.tables.clone(),
        jobs: std::thread::available_parallelism().map_or(1, usize::from),
        dry_run: false,
        prune: false,
        limits: app.options.limits.clone(),
        reader: app.options.reader.clone(),
    };
    // Not before: who sends slowly must not keep others from writing.
    let turn = app.writing.lock().await;
    let ran = tokio::task::spawn_blocking(move || ingest::run(&options, &Silent)).await;
    ran.map_err(|_| Fault::internal("the ingest failed"))??;
    app.snapshots.look_again();
    drop(turn);
    Ok(see("/status"))
}

/// The name of who changes something; refused where they may only look.
fn editor(visitor: &Visitor) -> Result<&str, Fault> {
    let hint = "the file of users gives the role: editor";
    if visitor.editor {
        Ok(&visitor.name)
    } else {
        Err(Fault::forbidden(format!("{} may look, and change nothing", visitor.name)).hint(hint))
    }
}

/// The last part of a name without anything that a file system or a shell reads otherwise.
fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().map(|c| if c.is_alphanumeric() || "-_. ".contains(c) { c } else { '-' }).collect();
    let clean = clean.trim_matches(['.', ' ', '-']);
    let (stem, ending) = clean.rsplit_once('.').unwrap_or((clean, "txt"));
    let stem: String = stem.chars().take(NAME).collect();
    let ending: String = ending.chars().filter(char::is_ascii_alphanumeric).take(8).collect();
    format!("{}.{ending}", if stem.is_empty() { "van-ban" } else { &stem })
}

/// Writes a new file; one of that name stays as it is.
fn put(dir: &Path, name: &str, bytes: &[u8]) -> std::io::Result<PathBuf> {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "txt"));
    for nth in 1..TRIES {
        let path = dir.join(if nth == 1 { name.to_owned() } else { format!("{stem}-{nth}.{ending}") });
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(mut file) => {
                file.write_all(bytes)?;
                return Ok(path);
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

#[cfg(test)]
mod tests {
    use super::safe_name;

    #[test]
    fn a_name_leads_nowhere_else() {
        for (name, want) in [
            ("12-ct-tu.docx", "12-ct-tu.docx"),
            ("../../etc/passwd", "passwd.txt"),
            ("C:\\x\\Chỉ thị 38.pdf", "Chỉ thị 38.pdf"),
            ("..", "van-ban.txt"),
            (".bashrc", "bashrc.txt"),
            ("a\u{202e}b;rm -rf.txt", "a-b-rm -rf.txt"),
            ("x.p/h:p", "h-p.txt"),
        ] {
            assert_eq!(safe_name(name), want, "{name}");
        }
    }
}
