//! What must hold for every unit in use, whichever verb made it so.

use domain::{
    identifier::{DivisionCode, IdentifierError, OrganCode},
    ids::UnitId,
    problem::FieldProblem,
    unit::{Unit, UnitKind, UnitStatus},
};

use super::{directory::Directory, draft::Draft};

/// Trims what people typed.
pub(super) fn normalise(unit: &mut Draft) {
    unit.code = unit.code.trim().to_ascii_lowercase();
    unit.name = tidy(&unit.name);
    unit.short_name = tidy(&unit.short_name);
    if unit.short_name.is_empty() {
        unit.short_name.clone_from(&unit.name);
    }
    unit.division = unit.division.trim().to_owned();
    for optional in
        [&mut unit.administrative_sign, &mut unit.coordinator_role, &mut unit.organ_code, &mut unit.document_prefix]
    {
        *optional = optional.as_deref().map(tidy).filter(|text| !text.is_empty());
    }
}

/// The unit as it is meant to be, or everything that is wrong with it, beside all the other units.
///
/// # Errors
/// One problem per wrong field and reason.
pub(super) fn check(unit: Draft, directory: &Directory) -> Result<Unit, Vec<FieldProblem>> {
    let division = DivisionCode::parse(&unit.division).ok();
    let organ_code = unit.organ_code.as_deref().map(OrganCode::parse).transpose();
    let problems = problems_of(&unit, division.as_ref(), &organ_code, directory);
    match (division, organ_code) {
        (Some(division), Ok(organ_code)) if problems.is_empty() => Ok(unit.into_unit(division, organ_code)),
        _ => Err(problems),
    }
}

fn problems_of(
    unit: &Draft,
    division: Option<&DivisionCode>,
    organ_code: &Result<Option<OrganCode>, IdentifierError>,
    directory: &Directory,
) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    let mut wrong = |field: &str, message: String| problems.push(FieldProblem::new(field, message));
    if let Some(message) = code_objection(&unit.code) {
        wrong("code", message);
    }
    if let Some(other) = directory.by_code(&unit.code).filter(|other| other.id != unit.id) {
        wrong("code", format!("代码“{}”已属于“{}”，代码不重复使用，请换一个。", unit.code, other.name));
    }
    check_words(unit, &mut wrong);
    check_kind(unit, &mut wrong);
    check_place(unit, division, directory, &mut wrong);
    check_organ_code(organ_code, &mut wrong);
    check_uniqueness(unit, division, organ_code.as_ref().ok().and_then(Option::as_ref), directory, &mut wrong);
    problems
}

/// Why `parent` cannot be the unit above `unit`; `None` when it can.
pub(super) fn parent_objection(unit: &Unit, parent: &Unit, directory: &Directory) -> Option<String> {
    objection_above(unit.id, unit.kind, &unit.division, parent, directory)
}

fn objection_above(
    id: UnitId,
    kind: UnitKind,
    division: &DivisionCode,
    parent: &Unit,
    directory: &Directory,
) -> Option<String> {
    if parent.status != UnitStatus::Active {
        return Some(format!("上级单位“{}”{}，请选择在用的单位。", parent.name, parent.status.chinese()));
    }
    if directory.is_inside(parent.id, id) {
        return Some(format!("“{}”是本单位或本单位的下级，不能作为上级单位，请另选。", parent.name));
    }
    if kind != UnitKind::Contractor && !directory.division_contains(&parent.division, division) {
        return Some(format!(
            "上级单位“{}”属于{}，不包含本单位所在的{}，请核对行政区划或另选上级单位。",
            parent.name,
            directory.division_name(&parent.division),
            directory.division_name(division)
        ));
    }
    None
}

fn code_objection(code: &str) -> Option<String> {
    let words_fine = code
        .split('-')
        .all(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()));
    if code.is_empty() {
        return Some("请填写单位代码，例如 hhht-jyj。".into());
    }
    if !words_fine || !(2..=40).contains(&code.len()) {
        return Some("单位代码须为2到40个小写字母、数字，中间可用连字符，例如 hhht-jyj。".into());
    }
    None
}

fn check_words(unit: &Draft, wrong: &mut impl FnMut(&str, String)) {
    let length = unit.name.chars().count();
    if !(2..=100).contains(&length) {
        wrong("name", format!("单位名称须为2到100个字，现在是{length}个字。"));
    }
    if unit.short_name.chars().count() > 60 {
        wrong("short_name", "简称不能超过60个字。".into());
    }
    let long = |text: &Option<String>| text.as_deref().is_some_and(|text| text.chars().count() > 60);
    if long(&unit.administrative_sign) {
        wrong("administrative_sign", "加挂牌子不能超过60个字。".into());
    }
    if long(&unit.document_prefix) {
        wrong("document_prefix", "机关代字不能超过60个字。".into());
    }
}

fn check_kind(unit: &Draft, wrong: &mut impl FnMut(&str, String)) {
    if unit.kind == UnitKind::PartyOrgan && unit.administrative_sign.is_none() {
        let message = "党的机关须填写对外加挂的行政机关牌子：没有加挂牌子的党的机关不在管理范围内。";
        wrong("administrative_sign", message.into());
    }
    let roles = store::unit::COORDINATOR_ROLES;
    match unit.coordinator_role.as_deref() {
        None if unit.kind == UnitKind::Coordinator => {
            wrong("coordinator_role", format!("协同监管单位须注明职责，可填：{}。", roles.join("、")));
        }
        Some(role) if !roles.contains(&role) => {
            wrong("coordinator_role", format!("协同监管职责“{role}”无法识别，可填：{}。", roles.join("、")));
        }
        _ => {}
    }
}

fn check_place(
    unit: &Draft,
    division: Option<&DivisionCode>,
    directory: &Directory,
    wrong: &mut impl FnMut(&str, String),
) {
    let Some(place) = division.and_then(|code| directory.division(code)) else {
        wrong("division", format!("没有代码为“{}”的行政区划，请填6位代码，例如150100。", unit.division));
        return;
    };
    if !place.active {
        wrong("division", format!("行政区划“{}”的代码已废止，请选择现行区划。", place.name));
    }
    match unit.parent.map(|id| directory.unit(id)) {
        Some(Some(parent)) => {
            if let Some(message) = objection_above(unit.id, unit.kind, &place.code, parent, directory) {
                wrong("parent", message);
            }
        }
        Some(None) => wrong("parent", "上级单位不存在，请重新选择。".into()),
        None if directory.active_others(unit.id).any(|other| other.parent.is_none()) => {
            wrong("parent", "请选择上级单位：只有自治区政府办公厅没有上级单位。".into());
        }
        None => {}
    }
    let outside = directory.children(unit.id).into_iter().find(|child| {
        child.status == UnitStatus::Active
            && child.kind != UnitKind::Contractor
            && !directory.division_contains(&place.code, &child.division)
    });
    if let Some(child) = outside {
        let place = directory.division_name(&child.division);
        wrong("division", format!("下级单位“{}”在{place}，不在所选区划之内，请先调整下级单位。", child.name));
    }
}

fn check_organ_code(code: &Result<Option<OrganCode>, IdentifierError>, wrong: &mut impl FnMut(&str, String)) {
    match code {
        Ok(Some(code)) if !code.is_checked() => {
            wrong("organ_code", "机构代码的校验位不对，多半是有一位写错了，请逐位核对。".into());
        }
        Err(error) => wrong("organ_code", error.to_string()),
        _ => {}
    }
}

fn check_uniqueness(
    unit: &Draft,
    division: Option<&DivisionCode>,
    organ_code: Option<&OrganCode>,
    directory: &Directory,
    wrong: &mut impl FnMut(&str, String),
) {
    for other in directory.active_others(unit.id) {
        if other.name == unit.name {
            wrong("name", format!("已有同名的在用单位（代码 {}），请核对。", other.code));
        }
        if unit.kind == UnitKind::GovernmentOffice
            && other.kind == UnitKind::GovernmentOffice
            && division == Some(&other.division)
        {
            let place = directory.division_name(&other.division);
            wrong("kind", format!("{place}已有政府办公厅（室）“{}”，一个区划只有一个主管单位。", other.name));
        }
        if unit.coordinator_role.is_some()
            && other.coordinator_role == unit.coordinator_role
            && division == Some(&other.division)
        {
            let message =
                format!("{}的该项协同监管职责已由“{}”承担。", directory.division_name(&other.division), other.name);
            wrong("coordinator_role", message);
        }
        if organ_code.is_some() && other.organ_code.as_ref() == organ_code {
            wrong("organ_code", format!("机构代码已属于“{}”，请核对。", other.name));
        }
        if unit.document_prefix.is_some() && other.document_prefix == unit.document_prefix {
            wrong("document_prefix", format!("机关代字已由“{}”使用，请核对。", other.name));
        }
    }
}

/// Trims, and turns line breaks and tabs into spaces.
fn tidy(text: &str) -> String {
    text.split(|c: char| c.is_control()).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_plain_words_joined_by_hyphens() {
        for good in ["nmg-bgt", "hhht-tmtzq-bgs", "a1"] {
            assert_eq!(code_objection(good), None, "{good}");
        }
        for bad in ["", "a", "-a", "a-", "a--b", "NMG", "呼市", "a b", &"a".repeat(41)] {
            assert!(code_objection(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn stray_spaces_and_line_breaks_vanish() {
        assert_eq!(tidy("  示例\r\n单位\t "), "示例 单位");
    }
}
