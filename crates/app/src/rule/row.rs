//! A rule as lists and pages show it: source, mark, values that hold, and whose they are.

use std::collections::HashMap;

use domain::{
    division::DivisionLevel,
    ids::PersonId,
    rule::{Amendment, Mark, Origin, ParameterInForce, Rule, RuleInForce},
    setting::{self, Settings},
};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

/// One rule with the values that hold.
#[derive(Debug, Clone, Serialize)]
pub struct RuleRow {
    /// Stable name.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// 文号 and clause.
    pub citation: String,
    /// Words of the document.
    pub excerpt: Option<String>,
    /// What must still be checked, or where it was seen.
    pub note: Option<String>,
    /// 国家, 自治区 or 盟市.
    pub level: &'static str,
    /// V, V~, H or U.
    pub mark: &'static str,
    /// The mark in words.
    pub mark_words: &'static str,
    /// The rule or one of its values is still to be compared with the original.
    pub to_confirm: bool,
    /// A value differs from the pack's.
    pub adjusted: bool,
    /// The values are set on the settings page.
    pub is_setting: bool,
    /// The sentence people read when it is broken, with the values that hold.
    pub finding: String,
    /// First day of this version.
    pub from: Date,
    /// Last day of this version.
    pub until: Option<Date>,
    /// Key of the pack.
    pub pack: String,
    /// Version of the pack.
    pub pack_version: String,
    /// Its numbers.
    pub parameters: Vec<ParameterRow>,
}

/// One parameter.
#[derive(Debug, Clone, Serialize)]
pub struct ParameterRow {
    /// Key within the rule.
    pub key: String,
    /// What it means.
    pub name: String,
    /// Unit in Chinese.
    pub unit: String,
    /// The pack's value.
    pub pack_value: String,
    /// The value that holds.
    pub value: String,
    /// 国家, 自治区 … or 平台设置: whose value holds.
    pub whose: &'static str,
    /// Approved as looser than the level above.
    pub loosened: bool,
    /// The mark in words.
    pub mark_words: &'static str,
    /// H or U.
    pub to_confirm: bool,
    /// 越大越严, 越小越严, 不可调整.
    pub direction: &'static str,
    /// May be amended at all.
    pub adjustable: bool,
    /// Who changed it last.
    pub changed_by: Option<String>,
    /// When.
    pub changed_at: Option<Timestamp>,
    /// Since which day the changed value holds.
    pub changed_from: Option<Date>,
}

/// What rows are made from besides the rule.
pub(super) struct RowFacts<'a> {
    pub amendments: &'a [Amendment],
    pub names: &'a HashMap<PersonId, String>,
    pub settings: &'a Settings,
    pub set: &'a [store::setting::StoredSetting],
}

impl RowFacts<'_> {
    pub(super) fn row(&self, held: &RuleInForce<'_>) -> RuleRow {
        let rule: &Rule = held.rule;
        // What a visit or a letter would contribute is not known here.
        let unseen: Vec<(&str, String)> = rule.observed.iter().map(|key| (key.as_str(), "……".to_owned())).collect();
        let parameters: Vec<ParameterRow> = held.parameters.iter().map(|one| self.parameter(rule, one)).collect();
        RuleRow {
            id: rule.id.to_string(),
            name: rule.name.clone(),
            citation: rule.citation(),
            excerpt: rule.excerpt.clone(),
            note: rule.note.clone(),
            level: rule.level.chinese(),
            mark: rule.mark.as_str(),
            mark_words: rule.mark.chinese(),
            to_confirm: rule.needs_confirmation(),
            adjusted: parameters.iter().any(|parameter| parameter.value != parameter.pack_value),
            is_setting: rule.pack == setting::PACK,
            finding: held.finding(&unseen),
            from: rule.from,
            until: rule.until,
            pack: rule.pack.clone(),
            pack_version: rule.pack_version.clone(),
            parameters,
        }
    }

    fn parameter(&self, rule: &Rule, held: &ParameterInForce<'_>) -> ParameterRow {
        let stated = held.parameter;
        let mut row = ParameterRow {
            key: stated.key.clone(),
            name: stated.name.clone(),
            unit: stated.unit.clone(),
            pack_value: stated.value.to_string(),
            value: held.value.to_string(),
            whose: rule.level.chinese(),
            loosened: false,
            mark_words: stated.mark.chinese(),
            to_confirm: Mark::needs_confirmation(stated.mark),
            direction: stated.stricter.chinese(),
            adjustable: stated.stricter != domain::rule::Direction::Fixed
                && matches!(stated.value, domain::rule::Value::Number(_) | domain::rule::Value::Flag(_)),
            changed_by: None,
            changed_at: None,
            changed_from: None,
        };
        if rule.pack == setting::PACK {
            self.set_on_the_settings_page(&mut row);
        } else if let Origin::Amendment { id, division, looser } = &held.origin {
            row.whose = match division.level() {
                DivisionLevel::Region => "自治区",
                DivisionLevel::League | DivisionLevel::Banner => "盟市",
            };
            row.loosened = *looser;
            if let Some(amendment) = self.amendments.iter().find(|amendment| amendment.id == *id) {
                row.changed_by = self.names.get(&amendment.proposed_by).cloned();
                row.changed_at = Some(amendment.decided_at.unwrap_or(amendment.proposed_at));
                row.changed_from = Some(amendment.from);
            }
        }
        row
    }

    fn set_on_the_settings_page(&self, row: &mut ParameterRow) {
        row.adjustable = false;
        row.direction = "在“策略参数”页设置";
        let value = self.settings.value(&row.key);
        let flag = matches!(row.pack_value.as_str(), "是" | "否");
        row.value = match (flag, value) {
            (true, 0) => "否".to_owned(),
            (true, _) => "是".to_owned(),
            (false, number) => number.to_string(),
        };
        if let Some(stored) = self.set.iter().find(|stored| stored.key == row.key) {
            row.whose = "平台设置";
            let name = stored.changed_by.and_then(|person| self.names.get(&person).cloned());
            row.changed_by = Some(name.unwrap_or_else(|| "系统".to_owned()));
            row.changed_at = Some(stored.changed_at);
        }
    }
}
