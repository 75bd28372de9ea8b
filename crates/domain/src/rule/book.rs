//! All packs together, asked by id and date: a past day is judged by the pack of that day.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Amendment, Pack, PackProblem, Rule, RulesInForce, pack::overlap};
use crate::{identifier::DivisionCode, indicator::scheme};

/// Every rule in every version.
#[derive(Debug, Clone, Default)]
pub struct RuleBook {
    packs: Vec<Pack>,
    /// Versions of each rule, the newest first.
    rules: BTreeMap<String, Vec<Rule>>,
}

impl RuleBook {
    /// Reads packs from (file name, text). A later pack with the id of an earlier one takes its place; rules of one id
    /// may not hold on the same day in two packs. All problems are told at once.
    pub fn from_files<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Vec<PackProblem>> {
        let (mut packs, mut problems): (Vec<Pack>, Vec<PackProblem>) = (Vec::new(), Vec::new());
        for (file, text) in files {
            match Pack::parse(file, text) {
                Ok(pack) => {
                    packs.retain(|other| other.id != pack.id);
                    packs.push(pack);
                }
                Err(found) => problems.extend(found),
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        Self::from_packs(packs)
    }

    fn from_packs(packs: Vec<Pack>) -> Result<Self, Vec<PackProblem>> {
        let mut rules: BTreeMap<String, Vec<Rule>> = BTreeMap::new();
        let mut problems = Vec::new();
        for pack in &packs {
            for rule in &pack.rules {
                let versions = rules.entry(rule.id.as_str().to_owned()).or_default();
                if let Some(other) = versions.iter().find(|other| other.pack != pack.id && overlap(other, rule)) {
                    let reason =
                        format!("规则“{}”在规则包“{}”里已有同期的版本，请改编号或有效日期。", rule.id, other.pack);
                    problems.push(PackProblem { file: pack.file.clone(), line: rule.line, reason });
                }
                versions.push(rule.clone());
            }
        }
        for versions in rules.values_mut() {
            versions.sort_by_key(|rule| std::cmp::Reverse(rule.from));
        }
        let book = Self { packs, rules };
        problems.extend(scheme::check(&book));
        if problems.is_empty() { Ok(book) } else { Err(problems) }
    }

    /// The packs, in the order they were read.
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// The version of a rule that holds on `date`.
    pub fn rule(&self, id: &str, date: Date) -> Option<&Rule> {
        self.rules.get(id)?.iter().find(|rule| rule.holds_on(date))
    }

    /// All versions of a rule, the newest first.
    pub fn versions(&self, id: &str) -> &[Rule] {
        self.rules.get(id).map_or(&[], Vec::as_slice)
    }

    /// The file and line on which a rule begins, to say where something is wrong.
    pub fn place_of(&self, rule: &Rule) -> (String, usize) {
        let pack = self.packs.iter().find(|pack| pack.id == rule.pack);
        (pack.map_or_else(|| rule.pack.clone(), |pack| pack.file.clone()), rule.line)
    }

    /// Every version of every rule, by id.
    pub fn all_versions(&self) -> impl Iterator<Item = &Rule> {
        self.rules.values().flatten()
    }

    /// Every rule that holds on `date`, by id.
    pub fn rules_on(&self, date: Date) -> impl Iterator<Item = &Rule> {
        self.rules.values().filter_map(move |versions| versions.iter().find(|rule| rule.holds_on(date)))
    }

    /// What holds at `place` (`None`: nationwide) on `date`, with what region and leagues changed.
    pub fn in_force<'a>(
        &'a self,
        amendments: &'a [Amendment],
        place: Option<&DivisionCode>,
        date: Date,
    ) -> RulesInForce<'a> {
        RulesInForce::new(self, amendments, place.cloned(), date)
    }
}
