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
    use jiff::civil::{Date, date};

    use super::*;
    use crate::{
        identifier::DivisionCode,
        indicator::Method,
        rule::{Direction, Mark},
    };

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

    #[test]
    fn every_rule_says_where_it_comes_from_and_every_sentence_is_one() {
        for rule in book().all_versions() {
            let id = &rule.id;
            assert!(!rule.document.is_empty() && !rule.clause.is_empty() && !rule.name.is_empty(), "{id}");
            assert!(rule.mark != Mark::U || rule.note.is_some(), "{id}: what is to be confirmed is not said");
            assert!(rule.mark != Mark::D, "{id}: a rule without a document is no rule");
            for text in rule.sentences.values().chain([&rule.finding]) {
                let ends = text.ends_with(['。', '}', '）']);
                assert!(ends && !text.contains([',', ';', '?', '!']), "{id}: {text}");
            }
        }
    }

    #[test]
    fn thresholds_of_indicators_cannot_be_tightened_into_nonsense() {
        for rule in book().all_versions().filter(|rule| rule.indicator.is_some()) {
            for parameter in &rule.parameters {
                let bound = match parameter.stricter {
                    Direction::Fixed => continue,
                    Direction::Lower => parameter.min,
                    Direction::Higher => parameter.max,
                };
                assert!(parameter.value.number().is_none() || bound.is_some(), "{} {}", rule.id, parameter.key);
            }
            let spec = rule.indicator.as_ref().unwrap();
            let serious = spec.method == Method::Serious;
            assert!(!serious || spec.person_decides, "{}: a machine would decide", rule.id);
        }
    }

    #[test]
    fn the_regions_notice_holds_in_the_region_from_its_day_on() {
        let inspections = |place: Option<&str>, on: Date| {
            let place = place.map(|code| DivisionCode::parse(code).unwrap());
            book().in_force(&[], place.as_ref(), on).rule("region.quarterly_inspection")?.whole("per_quarter")
        };
        let day = date(2021, 7, 8);
        assert_eq!(inspections(Some("150402"), day), Some(1));
        for (place, on) in [(Some("150402"), date(2021, 7, 7)), (None, day), (Some("110000"), day)] {
            assert_eq!(inspections(place, on), None, "{place:?} {on}");
        }
    }
}
