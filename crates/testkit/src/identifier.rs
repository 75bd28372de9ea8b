//! Identifiers of sample records, written as text.

use std::str::FromStr;

use domain::identifier::IdentifierError;

/// The identifier that `text` stands for; the test fails when it stands for none.
pub fn identifier<T: FromStr<Err = IdentifierError>>(text: &str) -> T {
    text.parse().expect("an identifier in its official form")
}
