//! What only this run of the server knows.
//!
//! Duty: a random secret, words derived from it, and comparing without telling how much was right. Not here: who is asked.

use sha2::{Digest, Sha256};

/// Thirty-two random bytes.
pub(super) struct Secret([u8; 32]);

impl Secret {
    /// Fresh ones from the operating system.
    pub(super) fn new() -> Result<Secret, getrandom::Error> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Secret(bytes))
    }

    /// A word of 64 hexadecimal digits for a purpose and a text, which nobody can make without the secret. The secret has a
    /// fixed length and stands on both sides, so that nothing can be appended to a known word.
    pub(super) fn word(&self, purpose: &str, text: &str) -> String {
        let mut hash = Sha256::new();
        hash.update(self.0);
        hash.update(purpose.as_bytes());
        hash.update([0]);
        hash.update(text.as_bytes());
        hash.update([0]);
        hash.update(self.0);
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Whether two texts are the same, in a time that does not depend on where they differ.
    pub(super) fn same(&self, a: &str, b: &str) -> bool {
        self.word("compare", a) == self.word("compare", b)
    }
}
