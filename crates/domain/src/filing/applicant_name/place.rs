//! The division at the head of a name.

use super::NameProblem;
use crate::{
    division::{DivisionLevel, register::RegisteredDivision},
    identifier::province,
};

/// Ends of banners' names that several banners share.
const SHARED_ENDS: [&str; 10] =
    ["左翼中旗", "左翼后旗", "右翼前旗", "右翼中旗", "右翼后旗", "左旗", "右旗", "前旗", "中旗", "后旗"];

/// What makes another place out of a short name: 海南 + 省, 东河 + 镇, 兴安 + 街道.
const OTHER_PLACE: [&str; 17] =
    ["省", "区", "市", "县", "旗", "盟", "镇", "乡", "街道", "苏木", "路", "村", "嘎查", "社区", "矿", "新区", "山"];

/// The smallest division named at the head of `text`, and what remains.
pub(super) fn recognise<'d, 't>(
    text: &'t str,
    divisions: &'d [RegisteredDivision],
) -> Result<(&'d RegisteredDivision, &'t str), NameProblem> {
    let mut found: Option<&RegisteredDivision> = None;
    let mut rest = text;
    // Region, league, banner: three steps at most.
    for _ in 0..3 {
        match next(rest, found, divisions)? {
            Some((division, label)) => {
                found = Some(division);
                rest = &rest[label..];
            }
            None => break,
        }
    }
    match found {
        Some(division) => {
            refuse_foreign(rest, division, divisions)?;
            Ok((division, rest))
        }
        None if begins_elsewhere(text) => {
            Err(NameProblem::new("单位不在内蒙古自治区，本路线只适用于自治区的单位，请核对。"))
        }
        None => Err(NameProblem::new("没有认出行政区划。请从盟市、旗县写起，写单位全称，")
            .suggesting(["赤峰市松山区教育局".to_owned(), "内蒙古自治区教育厅".to_owned()])),
    }
}

/// Another province; 海南 alone may be the district of 乌海.
fn begins_elsewhere(text: &str) -> bool {
    province::LONG_NAMES.iter().any(|name| text.starts_with(name) && (*name != "海南" || text.starts_with("海南省")))
}

/// The longest label at the head of `text` of a division inside `within`, and its length in bytes.
fn next<'d>(
    text: &str,
    within: Option<&RegisteredDivision>,
    divisions: &'d [RegisteredDivision],
) -> Result<Option<(&'d RegisteredDivision, usize)>, NameProblem> {
    let inside = |division: &RegisteredDivision| {
        within.is_none_or(|outer| outer.code.contains(&division.code) && outer.code != division.code)
    };
    let best = divisions
        .iter()
        .filter(|division| inside(division))
        .flat_map(|division| labels(division).map(move |label| (division, label)))
        .filter(|(_, label)| text.strip_prefix(label).is_some_and(|rest| goes_with(label, rest)))
        .max_by_key(|(_, label)| label.len());
    if let Some(end) = SHARED_ENDS.into_iter().find(|end| text.starts_with(end)) {
        let several: Vec<&RegisteredDivision> =
            divisions.iter().filter(|division| inside(division) && division.division.name.ends_with(end)).collect();
        return match several.as_slice() {
            [only] => Ok(Some((only, end.len()))),
            [] => Ok(None),
            _ => Err(NameProblem::new(format!("“{end}”不止一个，请写全称，"))
                .suggesting(several.iter().map(|division| division.division.name.clone()))),
        };
    }
    let Some((division, label)) = best else {
        let region = divisions.iter().find(|division| division.division.level == DivisionLevel::Region);
        return Ok(region.filter(|_| within.is_none() && text.starts_with("自治区")).map(|r| (r, "自治区".len())));
    };
    let vague = label.chars().count() <= 2 && !is_typed(label) && division.division.level == DivisionLevel::Banner;
    if vague && within.is_none_or(|outer| outer.division.level == DivisionLevel::Region) {
        let rest = &text[label.len()..];
        let parent = divisions.iter().find(|outer| division.code.parent().is_some_and(|code| code == outer.code));
        let above = parent.map(|outer| outer.division.name.as_str()).unwrap_or_default();
        return Err(NameProblem::new(format!("“{label}”可以指不同的地方，请写行政区划全称，"))
            .suggesting([format!("{above}{}{rest}", division.division.name)]));
    }
    Ok(Some((division, label.len())))
}

/// Name, short name and aliases; single characters (蒙) are too short to begin a unit's name.
fn labels(division: &RegisteredDivision) -> impl Iterator<Item = &str> {
    let own = [division.division.name.as_str(), division.division.short_name.as_str()];
    own.into_iter().chain(division.aliases.iter().map(String::as_str)).filter(|label| label.chars().count() >= 2)
}

fn is_typed(label: &str) -> bool {
    label.ends_with(['盟', '市', '旗', '区', '县'])
}

fn goes_with(label: &str, rest: &str) -> bool {
    is_typed(label) || !OTHER_PLACE.iter().any(|other| rest.starts_with(other))
}

/// 赤峰市 + 新城区 is a contradiction: the second lies elsewhere.
fn refuse_foreign(rest: &str, found: &RegisteredDivision, divisions: &[RegisteredDivision]) -> Result<(), NameProblem> {
    let foreign = divisions.iter().find(|division| {
        !found.code.contains(&division.code)
            && division.division.level != DivisionLevel::Region
            && rest.starts_with(&division.division.name)
    });
    let Some(foreign) = foreign else { return Ok(()) };
    let name = &foreign.division.name;
    Err(NameProblem::new(format!("“{name}”不属于“{}”，请核对行政区划。", found.division.name)))
}
