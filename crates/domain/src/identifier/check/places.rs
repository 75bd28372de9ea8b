//! Divisions: codes in use, void codes with what became of them, names typed for codes.

use super::{Accepted, Details, Refused};
use crate::{
    division::DivisionLevel,
    identifier::{
        DivisionCode, DivisionRecord, DivisionRegister, DivisionStatus, IdentifierError,
        normalise::{compact, is_han},
    },
};

pub(super) fn division(text: &str) -> Result<Accepted, Refused> {
    let register = DivisionRegister::embedded();
    let typed = compact(text);
    if typed.chars().count() >= 2 && typed.chars().all(is_han) {
        return Err(by_name(register, &typed).into());
    }
    let code = DivisionCode::parse(text)?;
    let status = register.status(code.as_str());
    match status {
        DivisionStatus::Current(record) => {
            let mut accepted = Accepted::new(code.as_str());
            accepted.details = describe(register, record);
            Ok(accepted)
        }
        DivisionStatus::Zone(record) => {
            let mut accepted = Accepted::new(code.as_str());
            accepted.warn(zone_warning(record));
            accepted.details.put("code", code.as_str());
            accepted.details.put("name", &record.name);
            accepted.details.put("status", "功能区代码");
            Ok(accepted)
        }
        DivisionStatus::Void(record) => {
            let mut details = describe(register, record);
            let became = register.became(record);
            let join =
                |value: fn(&DivisionRecord) -> &str| became.iter().map(|r| value(r)).collect::<Vec<_>>().join("、");
            details.put_some("void_since", record.ended.map(|(year, _)| year.to_string()));
            details.put_some("change", record.ended.map(|(_, change)| change.chinese()));
            if !became.is_empty() {
                details.put("replaced_by", join(|r| r.code.as_str()));
                details.put("replaced_by_name", join(|r| &r.name));
            }
            details.put_some("document", record.document.as_deref());
            let error = register.check(code.as_str()).err();
            let error = error.unwrap_or_else(|| IdentifierError::new("这个代码已停用，请核对。"));
            Err(Refused { error, details })
        }
        DivisionStatus::Unknown => {
            let error = register.check(code.as_str()).err();
            Err(error.unwrap_or_else(|| IdentifierError::new("没有这个行政区划代码，请核对。")).into())
        }
    }
}

/// Whether an identifier follows its division to a new code.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum VoidCode {
    /// Given out anew in time: a void code deserves a look.
    Warns,
    /// Given out once for good: a void code is as good as another.
    Stays,
}

/// The six digits inside another identifier: its name for the details, and a warning when the code is a zone, unknown
/// or (where that matters) void. Such codes stay valid in identifiers that were given out before.
pub(super) fn inside(code: &str, void: VoidCode, accepted: &mut Accepted) {
    let register = DivisionRegister::embedded();
    accepted.details.put("division_code", code);
    match register.status(code) {
        DivisionStatus::Current(record) => {
            accepted.details.put("division", register.full_name(record));
            accepted.details.put("level", level(record));
        }
        DivisionStatus::Zone(record) => {
            accepted.details.put("division", &record.name);
            accepted.warn(zone_warning(record));
        }
        DivisionStatus::Void(record) => {
            accepted.details.put("division", register.full_name(record));
            accepted.details.put("level", level(record));
            if void == VoidCode::Stays {
                return;
            }
            let story = register.story(record).unwrap_or_default();
            accepted
                .warn(format!("前6位{code}（{}）是已停用的行政区划代码：{story}。请核对是否已重新赋码。", record.name));
        }
        DivisionStatus::Unknown => {
            accepted.warn(format!("{code}不在行政区划代码表中，可能是功能区自编代码，请核对。"));
        }
    }
}

/// 省级, 地级 or 县级.
pub(super) fn level(record: &DivisionRecord) -> &'static str {
    match record.code.level() {
        DivisionLevel::Region => "省级",
        DivisionLevel::League => "地级",
        DivisionLevel::Banner => "县级",
    }
}

fn zone_warning(record: &DivisionRecord) -> String {
    format!("{}是功能区代码（{}），不是法定行政区划代码，请核对。", record.code, record.name)
}

fn describe(register: &DivisionRegister, record: &DivisionRecord) -> Details {
    let mut details = Details::default();
    details.put("code", record.code.as_str());
    details.put("name", &record.name);
    details.put("full_name", register.full_name(record));
    details.put("level", level(record));
    details.put("status", if record.is_in_use() { "现行" } else { "已停用" });
    details.put_some("since", record.since.map(|year| year.to_string()));
    let former: Vec<String> = register
        .of_code(record.code.as_str())
        .filter(|other| *other != record)
        .filter_map(|other| Some(format!("{}（{}）", other.name, register.story(other)?)))
        .collect();
    if !former.is_empty() {
        details.put("formerly", former.join("；"));
    }
    details
}

/// A name where the code belongs: the code of the division that has the name or descends from it.
fn by_name(register: &DivisionRegister, name: &str) -> IdentifierError {
    let records: Vec<&DivisionRecord> = register.of_name(name).filter(|record| !record.zone).collect();
    let mut now: Vec<&DivisionRecord> = records.iter().copied().filter(|record| record.is_in_use()).collect();
    let story = records.last().filter(|_| now.is_empty()).and_then(|record| {
        let story = register.story(record)?;
        Some(format!("{}：{story}。", register.full_name(record)))
    });
    if now.is_empty() {
        now = records.iter().flat_map(|record| register.became(record)).collect();
        now.sort_by(|a, b| a.code.cmp(&b.code));
        now.dedup_by(|a, b| a.code == b.code);
    }
    let story = story.unwrap_or_default();
    match now.as_slice() {
        [] => IdentifierError::new(format!("这里要填6位行政区划代码，表中没有“{name}”这个名称，请核对。")),
        [one] => IdentifierError::new(format!(
            "这里要填6位行政区划代码。{story}{}的代码是{}。",
            register.full_name(one),
            one.code
        ))
        .suggesting(one.code.as_str()),
        several => {
            let list: Vec<String> =
                several.iter().take(5).map(|r| format!("{}（{}）", register.full_name(r), r.code)).collect();
            let more = if several.len() > 5 { "等" } else { "" };
            IdentifierError::new(format!(
                "这里要填6位行政区划代码。{story}叫“{name}”的有{}个：{}{more}，请选定一个。",
                several.len(),
                list.join("、")
            ))
        }
    }
}
