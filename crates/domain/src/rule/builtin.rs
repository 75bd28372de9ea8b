//! The packs that ship with the product.

use std::sync::LazyLock;

use super::RuleBook;

macro_rules! pack {
    ($file:literal) => {
        ($file, include_str!(concat!("../../../../rules/", $file)))
    };
}

/// File names and texts. A test compares the list with the folder `rules/`.
pub const PACKS: &[(&str, &str)] = &[
    pack!("accounts.toml"),
    pack!("deadlines-region.toml"),
    pack!("deadlines.toml"),
    pack!("disclosure-fees.toml"),
    pack!("filing-national.toml"),
    pack!("filing.toml"),
    pack!("guidelines.toml"),
    pack!("inspection-account.toml"),
    pack!("inspection-website.toml"),
    pack!("maps.toml"),
    pack!("official-documents.toml"),
    pack!("oversight-appraisal.toml"),
    pack!("platform-settings.toml"),
    pack!("region-notice.toml"),
    pack!("security.toml"),
];

static BOOK: LazyLock<RuleBook> = LazyLock::new(|| {
    RuleBook::from_files(PACKS.iter().map(|(file, text)| (*file, *text)))
        .expect("the packs that ship are good: a test reads them all")
});

/// The rules as they ship.
pub fn book() -> &'static RuleBook {
    &BOOK
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pack_of_the_folder_ships_and_is_good() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rules");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.ends_with(".toml"))
            .collect();
        files.sort();
        let mut shipped: Vec<&str> = PACKS.iter().map(|(file, _)| *file).collect();
        shipped.sort_unstable();
        assert_eq!(files, shipped);
        if let Err(problems) = RuleBook::from_files(PACKS.iter().map(|(file, text)| (*file, *text))) {
            panic!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
        }
    }
}
