//! The text of an attachment, as far as it can be read.

use extract::attachment::{Limits, extract};
use screen::AttachmentText;

/// What an attachment says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentReading {
    /// Its text: everything in it, also what readers do not see, and its properties.
    pub text: AttachmentText,
    /// What could not be read and why, plain Chinese.
    pub notices: Vec<String>,
}

/// Reads an attachment. One that cannot be read at all has no text and says why. Takes seconds for the largest files:
/// call it where waiting is allowed.
pub fn read_attachment(name: &str, bytes: &[u8]) -> AttachmentReading {
    let (text, notices) = match extract(name, bytes, &Limits::default()) {
        Ok(found) => (found.all_text(), found.notices),
        Err(error) => (String::new(), vec![error.sentence().to_owned()]),
    };
    AttachmentReading { text: AttachmentText { name: name.to_owned(), text }, notices }
}
