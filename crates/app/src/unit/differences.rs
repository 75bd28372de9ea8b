//! What changed between two states of a unit, in the words of the history.

use domain::{unit::Unit, unit_history::FieldChange};

use super::directory::Directory;

/// Every field that differs, with names instead of keys. `before` blank for a new unit.
pub(super) fn between(before: Option<&Unit>, after: &Unit, directory: &Directory) -> Vec<FieldChange> {
    let words = |unit: &Unit| {
        [
            ("名称", unit.name.clone()),
            ("简称", unit.short_name.clone()),
            ("类别", unit.kind.chinese().to_owned()),
            ("行政区划", directory.division_name(&unit.division)),
            ("上级单位", directory.name_of(unit.parent)),
            ("加挂牌子", unit.administrative_sign.clone().unwrap_or_default()),
            ("协同监管职责", unit.coordinator_role.clone().unwrap_or_default()),
            ("机构代码", unit.organ_code.as_ref().map(ToString::to_string).unwrap_or_default()),
            ("机关代字", unit.document_prefix.clone().unwrap_or_default()),
        ]
    };
    let old = before.map(words);
    words(after)
        .into_iter()
        .enumerate()
        .filter_map(|(index, (label, after))| {
            let before = old.as_ref().map_or_else(String::new, |old| old[index].1.clone());
            (before != after).then(|| FieldChange { label: label.to_owned(), before, after })
        })
        .collect()
}
