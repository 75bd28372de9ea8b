//! What a finished page was made from, so that a change re-renders exactly the pages it reaches.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

/// One thing a page has read. Stored beside the page by the publisher, as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dependency {
    /// The site's settings: name, codes, contact, footer.
    Site,
    /// The theme's templates, messages and assets.
    Theme,
    /// A column's own facts: name, path, description, keywords, type.
    Column(Uuid),
    /// The newest items of a column (home blocks, column index pages). Archive pages do not
    /// record it: [`crate::list_plan::ListPlan`] says which of them an insertion touches.
    ColumnItems(Uuid),
    /// A resource shown on the page, in full or as a line of a list.
    Resource(Uuid),
}

/// Text that is not a stored dependency.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a page dependency: {0}")]
pub struct NotADependency(String);

impl fmt::Display for Dependency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Dependency::Site => f.write_str("site"),
            Dependency::Theme => f.write_str("theme"),
            Dependency::Column(id) => write!(f, "column:{id}"),
            Dependency::ColumnItems(id) => write!(f, "items:{id}"),
            Dependency::Resource(id) => write!(f, "resource:{id}"),
        }
    }
}

impl FromStr for Dependency {
    type Err = NotADependency;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refused = || NotADependency(text.to_owned());
        let (kind, id) = text.split_once(':').unwrap_or((text, ""));
        let id = || Uuid::parse_str(id).map_err(|_| refused());
        match kind {
            "site" => Ok(Dependency::Site),
            "theme" => Ok(Dependency::Theme),
            "column" => Ok(Dependency::Column(id()?)),
            "items" => Ok(Dependency::ColumnItems(id()?)),
            "resource" => Ok(Dependency::Resource(id()?)),
            _ => Err(refused()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dependency_survives_being_stored_as_text() {
        let id = Uuid::from_u128(7);
        for dependency in [
            Dependency::Site,
            Dependency::Theme,
            Dependency::Column(id),
            Dependency::ColumnItems(id),
            Dependency::Resource(id),
        ] {
            assert_eq!(dependency.to_string().parse(), Ok(dependency));
        }
        assert!("column:nonsense".parse::<Dependency>().is_err());
        assert!("elsewhere".parse::<Dependency>().is_err());
    }
}
