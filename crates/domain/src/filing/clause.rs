//! What a route rests on.

use serde::Serialize;

use crate::rule::{Mark, Rule, RuleId};

/// A clause of a document, as its rule states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Clause {
    /// The rule.
    pub rule: RuleId,
    /// 文号, or the name of a document that has none.
    pub document: String,
    /// Clause within the document; blank for the document as a whole.
    pub clause: String,
    /// What people call it.
    pub name: String,
    /// Reliability.
    pub mark: Mark,
}

impl Clause {
    /// The clause of a rule.
    pub fn of(rule: &Rule) -> Self {
        Self {
            rule: rule.id.clone(),
            document: rule.document.clone(),
            clause: rule.clause.clone(),
            name: rule.name.clone(),
            mark: rule.mark,
        }
    }
}

impl std::fmt::Display for Clause {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}：{}", cite_document(&self.document), self.clause, self.name)?;
        if self.mark.needs_confirmation() { f.write_str("（待确认）") } else { Ok(()) }
    }
}

/// How a document is cited: its title and its 文号. A 文号 whose title was not seen is cited alone.
pub fn cite_document(document: &str) -> String {
    match document {
        "内政办字〔2021〕45号" => {
            "自治区人民政府办公厅关于政府网站和政务新媒体管理的通知（内政办字〔2021〕45号）".to_owned()
        }
        "国办发〔2017〕47号" => "《政府网站发展指引》（国办发〔2017〕47号）".to_owned(),
        "国办发〔2018〕123号" => "《关于推进政务新媒体健康有序发展的意见》（国办发〔2018〕123号）".to_owned(),
        numbered if numbered.contains('〔') => numbered.to_owned(),
        named => format!("《{named}》"),
    }
}
