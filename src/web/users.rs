//! Who may sign in, from a file: `NAME ROLE HASH` a line.
//!
//! Duty: read the lines, make one, and check a name with its password in a time that does not tell whether the name is
//! there. Passwords are kept as argon2id only. Not here: sessions (`sessions`), the form (`login`).

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};

/// Shortest password, in characters (NIST SP 800-63B asks for eight, twelve without a second factor).
const SHORTEST: usize = 12;
/// Longest one, in bytes; a longer one only costs time.
const LONGEST: usize = 1_000;
/// Longest name.
const NAME: usize = 60;

/// What a user may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Look at everything.
    Reader,
    /// Also decide citations and upload papers, where the server takes such.
    Editor,
}

impl Role {
    /// The word of the file.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Reader => "reader",
            Role::Editor => "editor",
        }
    }
}

#[derive(Clone, Debug)]
struct User {
    name: String,
    role: Role,
    hash: String,
}

/// Everybody who may sign in.
#[derive(Clone, Debug)]
pub struct Users {
    all: Vec<User>,
    /// What the password of an unknown name is checked against.
    nobody: String,
}

impl Users {
    /// Reads the file's text: empty lines and those that begin with `#` are passed over. The error names the line.
    pub fn read(text: &str) -> Result<Users, String> {
        let mut all: Vec<User> = Vec::new();
        for (at, line) in text.lines().enumerate().map(|(at, line)| (at + 1, line.trim())) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let mut parts = line.split_whitespace();
            let (Some(name), Some(role), Some(hash), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
                return Err(format!("line {at}: it is not NAME ROLE HASH"));
            };
            let role = match role {
                "reader" => Role::Reader,
                "editor" => Role::Editor,
                other => return Err(format!("line {at}: {other} is not a role; there are reader and editor")),
            };
            check_name(name).map_err(|why| format!("line {at}: {why}"))?;
            // Argon2id only: the program makes no others, and a fast hash is as good as none.
            if !hash.starts_with("$argon2id$") || PasswordHash::new(hash).is_err() {
                return Err(format!("line {at}: the hash of {name} cannot be read"));
            }
            if all.iter().any(|user| user.name == name) {
                return Err(format!("line {at}: {name} stands twice"));
            }
            all.push(User { name: name.to_owned(), role, hash: hash.to_owned() });
        }
        if all.is_empty() {
            return Err("there is no user in it".to_owned());
        }
        Ok(Users { all, nobody: hashed("nobody has this password")? })
    }

    /// A line for the file. Fails when name or password will not do.
    pub fn line(name: &str, role: Role, password: &str) -> Result<String, String> {
        check_name(name)?;
        let length = password.chars().count();
        if length < SHORTEST || password.len() > LONGEST {
            return Err(format!("the password has {length} characters; it needs {SHORTEST} to {LONGEST}"));
        }
        Ok(format!("{name} {} {}", role.as_str(), hashed(password)?))
    }

    /// The role of the user with this name and password. Takes some ten milliseconds, on purpose.
    pub(super) fn check(&self, name: &str, password: &str) -> Option<Role> {
        let user = self.all.iter().find(|user| user.name == name);
        let hash = PasswordHash::new(user.map_or(&self.nobody, |user| &user.hash)).ok()?;
        let right = password.len() <= LONGEST && Argon2::default().verify_password(password.as_bytes(), &hash).is_ok();
        user.filter(|_| right).map(|user| user.role)
    }
}

fn check_name(name: &str) -> Result<(), String> {
    let plain = |c: char| c.is_alphanumeric() || "-_.@".contains(c);
    let fits = !name.is_empty() && name.chars().count() <= NAME && name.chars().all(plain) && !matches!(name, "token" | "local");
    if fits { Ok(()) } else { Err(format!("{name:?} is not a name: letters, digits and -_.@, at most {NAME}; token and local are taken")) }
}

fn hashed(password: &str) -> Result<String, String> {
    let hash = Argon2::default().hash_password(password.as_bytes());
    hash.map(|hash| hash.to_string()).map_err(|error| format!("the password cannot be hashed: {error}"))
}

#[cfg(test)]
mod tests {
    use super::{Role, Users};

    #[test]
    fn a_line_that_was_made_is_read_and_checked() {
        let line = Users::line("lan", Role::Editor, "mật khẩu dài lắm").expect("a line");
        let users = Users::read(&format!("# ai được vào\n\n{line}\n")).expect("one user");
        assert_eq!(users.check("lan", "mật khẩu dài lắm"), Some(Role::Editor));
        assert_eq!((users.check("lan", "mật khẩu dài lắn"), users.check("minh", "nobody has this password")), (None, None));
        let again = Users::line("lan", Role::Editor, "mật khẩu dài lắm").expect("a line");
        assert_ne!(line, again, "no salt");
    }

    #[test]
    fn what_is_wrong_is_named() {
        let hash = Users::line("lan", Role::Reader, "mật khẩu dài lắm").expect("a line");
        for (text, want) in [
            ("", "there is no user in it"),
            ("lan reader", "line 1: it is not NAME ROLE HASH"),
            ("lan writer x", "line 1: writer is not a role; there are reader and editor"),
            ("lan reader $2y$12$abc", "line 1: the hash of lan cannot be read"),
            ("lan reader password", "line 1: the hash of lan cannot be read"),
            (&format!("{hash}\n{hash}"), "line 2: lan stands twice"),
        ] {
            assert_eq!(Users::read(text).err().as_deref(), Some(want));
        }
        assert!(Users::read("local reader x").is_err() && Users::line("a b", Role::Reader, "mật khẩu dài lắm").is_err());
        assert!(Users::line("lan", Role::Reader, "ngắn").is_err());
    }
}
