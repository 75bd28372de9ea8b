//! The divisions of the region as they ship (`rules/divisions/inner-mongolia.csv`): names, short names, aliases, and
//! the name of the office that governs each.

use std::sync::LazyLock;

use super::{Division, DivisionLevel};
use crate::identifier::DivisionCode;

const FILE: &str = include_str!("../../../../rules/divisions/inner-mongolia.csv");

/// A division and what else people call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisteredDivision {
    /// Its code.
    pub code: DivisionCode,
    /// The division.
    pub division: Division,
    /// Other names in use, e.g. 呼市.
    pub aliases: Vec<String>,
}

static REGISTER: LazyLock<Vec<RegisteredDivision>> =
    LazyLock::new(|| FILE.lines().skip(1).filter_map(read_line).collect());

/// Region, leagues and banners, each after the one above it.
pub fn all() -> &'static [RegisteredDivision] {
    &REGISTER
}

/// A division by its code.
pub fn find(code: &DivisionCode) -> Option<&'static RegisteredDivision> {
    all().iter().find(|registered| registered.code == *code)
}

/// Name of the government office of a division, e.g. 锡林郭勒盟行政公署办公室: a league (盟) has a 行政公署, never a
/// 人民政府; only the region's office is a 办公厅; the office of a city district carries the city's name.
pub fn government_office_name(division: &Division) -> String {
    let government = government_name(division);
    let office = if division.level == DivisionLevel::Region { "办公厅" } else { "办公室" };
    format!("{government}{office}")
}

/// Name of the government of a division, e.g. 赤峰市松山区人民政府, 兴安盟行政公署.
pub fn government_name(division: &Division) -> String {
    let city = (division.kind == "市辖区").then(|| parent_name(division)).flatten().unwrap_or_default();
    let organ = if division.kind == "盟" { "行政公署" } else { "人民政府" };
    format!("{city}{}{organ}", division.name)
}

fn parent_name(division: &Division) -> Option<&'static str> {
    let parent = division.parent.as_ref()?;
    all().iter().find(|registered| registered.code == *parent).map(|found| found.division.name.as_str())
}

/// A line that is not a division is left out; a test reads them all.
fn read_line(line: &str) -> Option<RegisteredDivision> {
    let mut cells = line.split(',').map(str::trim);
    let mut next = || cells.next();
    let (code, name, level, kind, parent, short_name) = (next()?, next()?, next()?, next()?, next()?, next()?);
    let aliases = next().unwrap_or_default();
    let code = DivisionCode::parse(code).ok()?;
    let parent = if parent.is_empty() { None } else { Some(DivisionCode::parse(parent).ok()?) };
    Some(RegisteredDivision {
        code: code.clone(),
        division: Division {
            code,
            name: name.to_owned(),
            level: DivisionLevel::parse(level)?,
            kind: kind.to_owned(),
            parent,
            short_name: short_name.to_owned(),
            active: true,
        },
        aliases: aliases.split(';').filter(|alias| !alias.is_empty()).map(str::to_owned).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_division_of_its_level_below_the_one_above() {
        assert_eq!(all().len(), FILE.lines().count() - 1);
        let count = |level| all().iter().filter(|registered| registered.division.level == level).count();
        let levels = [DivisionLevel::Region, DivisionLevel::League, DivisionLevel::Banner];
        assert_eq!(levels.map(count), [1, 12, 103]);
        for registered in all() {
            assert_eq!(registered.code.level(), registered.division.level, "{}", registered.division.name);
            assert_eq!(registered.code.parent(), registered.division.parent, "{}", registered.division.name);
        }
    }

    #[test]
    fn no_name_is_used_twice() {
        let mut seen = std::collections::HashSet::new();
        for registered in all() {
            let division = &registered.division;
            let mut own: Vec<&str> = vec![&division.name, &division.short_name];
            own.extend(registered.aliases.iter().map(String::as_str));
            own.sort_unstable();
            own.dedup();
            for name in own {
                assert!(seen.insert(name.to_owned()), "{name}");
            }
        }
    }

    #[test]
    fn offices_are_named_after_their_governments() {
        for (code, name) in [
            ("150000", "内蒙古自治区人民政府办公厅"),
            ("150400", "赤峰市人民政府办公室"),
            ("152500", "锡林郭勒盟行政公署办公室"),
            ("150404", "赤峰市松山区人民政府办公室"),
            ("150303", "乌海市海南区人民政府办公室"),
            ("150223", "达尔罕茂明安联合旗人民政府办公室"),
            ("152501", "二连浩特市人民政府办公室"),
        ] {
            let found = find(&DivisionCode::parse(code).unwrap()).unwrap();
            assert_eq!(government_office_name(&found.division), name);
        }
    }
}
