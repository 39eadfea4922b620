//! Opening the catalogue file: whose it is, which format it has, who may write.
//!
//! Duty: create or check `catalogue.sqlite`, the lock, and single values of `meta`. A file that is not ours, or is of
//! a newer format, is never written to. Not here: rows of papers and nodes (`writer`, `reader`).

use crate::model::{Error, ErrorKind, Stage};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension};
use sha2::{Digest, Sha256};
use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// File name of the catalogue inside the store.
pub(super) const FILE: &str = "catalogue.sqlite";
/// File name of the writer's lock inside the store.
const LOCK: &str = "lock";
/// `PRAGMA application_id`: "VNB1".
const APPLICATION: i32 = 0x564E_4231;
/// `PRAGMA user_version`: the format that this program writes.
const FORMAT: i32 = 3;
/// Views over the tables.
const VIEWS: &str = include_str!("views.sql");
/// What brings an older format to the next one, by the format that it starts from.
const UPGRADES: [(i32, &str); 2] = [(1, include_str!("upgrade_2.sql")), (2, include_str!("upgrade_3.sql"))];
/// How long a statement waits for another connection that is closing a checkpoint.
const PATIENCE: Duration = Duration::from_secs(10);

/// Takes the writer's lock of the store in `dir`; it is given back when the file is dropped, also by a kill.
///
/// Fails with [`ErrorKind::Locked`] while another writer has it.
pub(super) fn lock(dir: &Path) -> Result<File, Error> {
    let path = dir.join(LOCK);
    let file = File::options().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(|error| Error::io(Stage::Store, &error).at(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::new(Stage::Store, ErrorKind::Locked).at(dir)),
        Err(TryLockError::Error(error)) => Err(Error::io(Stage::Store, &error).at(&path)),
    }
}

/// Opens the catalogue for reading. Fails with [`ErrorKind::NoIndex`] when there is none.
pub(super) fn open_read(dir: &Path) -> Result<Connection, Error> {
    let path = dir.join(FILE);
    if !path.is_file() {
        return Err(Error::new(Stage::Store, ErrorKind::NoIndex).at(dir));
    }
    let db = connect(&path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    match state(&db, &path)? {
        State::Unused => return Err(Error::new(Stage::Store, ErrorKind::NoIndex).at(dir)),
        State::Older(found) => return Err(version(found).at(dir)),
        State::Current => {}
    }
    // Mentions of one document lie all over the file, so a question touches many pages.
    db.pragma_update(None, "cache_size", -32_768).map_err(|error| sql_at(&path, &error))?;
    Ok(db)
}

/// Opens the catalogue for writing, makes it when it is not there. The caller holds the lock.
pub(super) fn open_write(dir: &Path) -> Result<Connection, Error> {
    let path = dir.join(FILE);
    if path.is_file() && std::fs::metadata(&path).is_ok_and(|meta| meta.len() > 0) {
        // First only look: a foreign or newer file must not even change its journal mode.
        state(&connect(&path, OpenFlags::SQLITE_OPEN_READ_ONLY)?, &path)?;
    }
    let mut db = connect(&path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
    let at = |error| sql(dir, &error);
    let fresh = pragma(&db, "user_version").map_err(at)? == 0;
    db.pragma_update(None, "journal_mode", "wal").map_err(at)?;
    db.pragma_update(None, "synchronous", "full").map_err(at)?;
    db.pragma_update(None, "cache_size", -65_536).map_err(at)?;
    db.pragma_update(None, "temp_store", "memory").map_err(at)?;
    if fresh {
        create(&mut db).map_err(at)?;
    }
    upgrade(&mut db).map_err(at)?;
    Ok(db)
}

/// Brings an older format up to date, step by step, all or nothing; each step drops the views that it would break.
fn upgrade(db: &mut Connection) -> rusqlite::Result<()> {
    let begun = pragma(db, "user_version")?;
    if begun == FORMAT {
        return Ok(());
    }
    let work = db.transaction()?;
    for (_, statements) in UPGRADES.iter().filter(|(format, _)| *format >= begun) {
        work.execute_batch(statements)?;
    }
    work.execute_batch(VIEWS)?;
    work.pragma_update(None, "user_version", FORMAT)?;
    work.commit()
}

fn create(db: &mut Connection) -> rusqlite::Result<()> {
    let work = db.transaction()?;
    work.execute_batch(include_str!("schema.sql"))?;
    work.execute_batch(VIEWS)?;
    let values = [("store", new_name()), ("generation", "0".into()), ("resolved", "0".into()), ("made_by", String::new())];
    for (name, value) in values {
        work.execute("INSERT INTO meta VALUES (?1, ?2)", (name, value))?;
    }
    work.pragma_update(None, "application_id", APPLICATION)?;
    work.pragma_update(None, "user_version", FORMAT)?;
    work.commit()
}

/// A name that no other store has: an index of a store that was deleted must not be taken for this one's.
fn new_name() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
    hex(&Sha256::digest(format!("{now} {}", std::process::id())))[..16].to_owned()
}

/// Lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, Error> {
    let db = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(|error| sql_at(path, &error))?;
    db.busy_timeout(PATIENCE).map_err(|error| sql_at(path, &error))?;
    db.set_prepared_statement_cache_capacity(64);
    // Else a statement that is used again may be planned again for each value of its parameters.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(|error| sql_at(path, &error))?;
    Ok(db)
}

/// What a catalogue file is.
enum State {
    /// Without any table, as a kill during the very first start leaves it.
    Unused,
    /// Of a format that the next writer brings up to date.
    Older(i32),
    /// Of this program's format.
    Current,
}

fn version(found: i32) -> Error {
    Error::new(Stage::Store, ErrorKind::StoreVersion { found, expected: FORMAT })
}

/// Refuses files of others and of newer programs.
fn state(db: &Connection, path: &Path) -> Result<State, Error> {
    let at = |error| sql_at(path, &error);
    let (application, format) = (pragma(db, "application_id").map_err(at)?, pragma(db, "user_version").map_err(at)?);
    if application == 0 && format == 0 {
        let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(at)?;
        if tables == 0 {
            return Ok(State::Unused);
        }
    }
    if application != APPLICATION {
        let why = "the database belongs to another program".to_owned();
        return Err(Error::new(Stage::Store, ErrorKind::StoreDamaged(why)).at(path));
    }
    match format {
        FORMAT => Ok(State::Current),
        older if UPGRADES.iter().any(|(from, _)| *from == older) => Ok(State::Older(older)),
        _ => Err(version(format).at(path)),
    }
}

fn pragma(db: &Connection, name: &str) -> rusqlite::Result<i32> {
    db.pragma_query_value(None, name, |row| row.get(0))
}

/// Words an error of SQLite that concerns the store in `dir`.
pub(super) fn sql(dir: &Path, error: &rusqlite::Error) -> Error {
    sql_at(&dir.join(FILE), error)
}

fn sql_at(path: &Path, error: &rusqlite::Error) -> Error {
    let io = |kind: std::io::ErrorKind| ErrorKind::Io(kind, error.to_string());
    let kind = match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => io(std::io::ErrorKind::StorageFull),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => ErrorKind::Locked,
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => io(std::io::ErrorKind::PermissionDenied),
        Some(ErrorCode::DatabaseCorrupt) => ErrorKind::CatalogueDamaged(error.to_string()),
        Some(ErrorCode::NotADatabase) => ErrorKind::StoreDamaged("the file is not a catalogue of vanban".into()),
        Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => io(std::io::ErrorKind::Other),
        _ => ErrorKind::StoreDamaged(format!("the catalogue failed ({error})")),
    };
    Error::new(Stage::Store, kind).at(path)
}

/// A value of `meta`; empty when it is not there.
pub(super) fn meta(db: &Connection, name: &str) -> rusqlite::Result<String> {
    let value = db.prepare_cached("SELECT value FROM meta WHERE name = ?1")?.query_row([name], |row| row.get(0)).optional()?;
    Ok(value.unwrap_or_default())
}

/// A number of `meta`; 0 when it is not there.
pub(super) fn meta_number(db: &Connection, name: &str) -> rusqlite::Result<i64> {
    Ok(meta(db, name)?.parse().unwrap_or(0))
}

/// Sets a value of `meta`.
pub(super) fn set_meta(db: &Connection, name: &str, value: &str) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT INTO meta VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value")?
        .execute((name, value))?;
    Ok(())
}

/// The overlay rows kept with the store: (table name, text).
pub(super) fn overlay(db: &Connection) -> rusqlite::Result<Vec<(String, String)>> {
    let mut statement = db.prepare("SELECT name, text FROM overlay ORDER BY place")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}
