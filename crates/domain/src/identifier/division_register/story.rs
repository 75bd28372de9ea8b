//! The history of a division in sentences.

use super::{DivisionChange, DivisionRecord, DivisionRegister};
use crate::identifier::{DivisionCode, IdentifierError};

impl DivisionRegister {
    /// What happened to a division: 2003年改设为集宁区（150902）（国函〔2003〕122号）. `None` while it is in use.
    pub fn story(&self, record: &DivisionRecord) -> Option<String> {
        let (year, change) = record.ended?;
        let heirs: Vec<&DivisionRecord> =
            record.successors.iter().filter_map(|code| self.heir(code.as_str(), year, record)).collect();
        let names = heirs.iter().map(|heir| named(heir)).collect::<Vec<_>>().join("、");
        let what = match change {
            _ if heirs.is_empty() => "停用".to_owned(),
            DivisionChange::Renamed => format!("更名为{names}"),
            DivisionChange::Recoded => format!("代码改为{names}"),
            DivisionChange::Converted => format!("改设为{names}"),
            DivisionChange::Merged => format!("并入{names}"),
            DivisionChange::Abolished => format!("撤销，没有单独的接续单位，原属{names}"),
        };
        let document = record.document.as_ref().map(|number| format!("（{number}）")).unwrap_or_default();
        Some(format!("{year}年{what}{document}"))
    }

    pub(super) fn void(&self, record: &DivisionRecord) -> IdentifierError {
        let story = self.story(record).unwrap_or_default();
        let became = self.became(record);
        let direct = became.iter().all(|now| record.successors.contains(&now.code));
        let now = match (became.as_slice(), direct) {
            ([], _) => "没有查到接续的代码，请按现行区划核对".to_owned(),
            ([one], true) => format!("请改用{}", one.code),
            (several, _) => {
                format!("现为{}，请改用现行代码", several.iter().map(|r| named(r)).collect::<Vec<_>>().join("、"))
            }
        };
        let full = self.full_name(record);
        let error = IdentifierError::new(format!("代码{}（{full}）已停用：{story}；{now}。", record.code));
        match became.first() {
            Some(first) => error.suggesting(first.code.as_str()),
            None => error,
        }
    }

    pub(super) fn unknown(&self, code: &DivisionCode) -> IdentifierError {
        let above = code.parent().and_then(|parent| self.current(parent.as_str()));
        let hint = match above {
            Some(parent) => format!("{}下没有这个代码", self.full_name(parent)),
            None => "上一级代码也不存在".to_owned(),
        };
        IdentifierError::new(format!("代码{code}不是行政区划代码，{hint}，请核对。"))
    }
}

fn named(record: &DivisionRecord) -> String {
    format!("{}（{}）", record.name, record.code)
}
