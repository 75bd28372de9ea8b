//! What becomes of every line. The lines may stand in any order: a unit may name as its superior one that stands
//! further down.

use domain::{
    actor::Actor,
    ids::{IdSource, UnitId},
    unit::{Unit, UnitKind, UnitStatus, unit_path},
};
use policy::{Action, Target};
use sha2::{Digest, Sha256};

use super::{
    ImportLine, ImportPreview, LineOutcome,
    table::{Field, Table},
};
use crate::{
    App,
    unit::{differences, directory::Directory, draft::Draft, rules},
};

/// Something to write, in an order in which superiors come before those below them.
pub(super) enum Step {
    /// A new unit; its path is worked out when it is written.
    Create(Box<Unit>),
    /// A unit as it is and as it will be.
    Change(Box<Unit>, Box<Unit>),
}

/// The plan and what is shown of it.
pub(super) struct Plan {
    pub(super) steps: Vec<Step>,
    pub(super) preview: ImportPreview,
}

/// Plans every line against `directory`; new units get their keys from `ids`.
pub(super) fn plan(app: &App, actor: &Actor, table: &Table, directory: Directory, ids: &IdSource) -> Plan {
    let mut planner = Planner { app, actor, table, directory, ids, steps: Vec::new() };
    let mut lines: Vec<Option<ImportLine>> = table.lines.iter().map(|_| None).collect();
    reject_repeated_codes(table, &mut lines);
    // Every round settles the lines whose superior is known by now; the rest have none.
    loop {
        let mut settled = false;
        for (index, (number, cells)) in table.lines.iter().enumerate() {
            if lines[index].is_none() && planner.superior_is_known(cells) {
                lines[index] = Some(planner.settle(*number, cells));
                settled = true;
            }
        }
        if !settled {
            break;
        }
    }
    for (index, (number, cells)) in table.lines.iter().enumerate() {
        if lines[index].is_none() {
            let parent = table.cell(cells, Field::Parent).unwrap_or("");
            let message = format!("上级单位代码“{parent}”不存在：系统里没有，文件里也没有可以导入的这个单位。");
            lines[index] = Some(rejected(table, *number, cells, vec![message]));
        }
    }
    let lines: Vec<ImportLine> = lines.into_iter().flatten().collect();
    let count = |outcome| lines.iter().filter(|line| line.outcome == outcome).count();
    Plan {
        preview: ImportPreview {
            heading: table.heading.clone(),
            created: count(LineOutcome::Created),
            changed: count(LineOutcome::Changed),
            same: count(LineOutcome::Same),
            rejected: count(LineOutcome::Rejected),
            fingerprint: fingerprint(&lines),
            lines,
        },
        steps: planner.steps,
    }
}

struct Planner<'p> {
    app: &'p App,
    actor: &'p Actor,
    table: &'p Table,
    directory: Directory,
    ids: &'p IdSource,
    steps: Vec<Step>,
}

impl Planner<'_> {
    fn superior_is_known(&self, cells: &[String]) -> bool {
        match self.table.cell(cells, Field::Parent).map(code_of) {
            Some(code) if !code.is_empty() => self.directory.by_code(&code).is_some(),
            _ => true,
        }
    }

    fn settle(&mut self, number: u64, cells: &[String]) -> ImportLine {
        let code = code_of(self.table.cell(cells, Field::Code).unwrap_or(""));
        let before = self.directory.by_code(&code).cloned();
        let (after, mut problems) = self.assemble(&code, before.as_ref(), cells);
        if let Some(message) = self.refusal(before.as_ref(), &after) {
            problems = vec![message];
        }
        let name = after.name.clone();
        let reject = |problems| ImportLine { name: name.clone(), ..rejected(self.table, number, cells, problems) };
        if !problems.is_empty() {
            return reject(problems);
        }
        let after = match rules::check(after, &self.directory) {
            Ok(unit) => unit,
            Err(problems) => return reject(problems.into_iter().map(|problem| problem.message).collect()),
        };
        let changes = differences::between(before.as_ref(), &after, &self.directory);
        let outcome = match &before {
            None => LineOutcome::Created,
            Some(_) if changes.is_empty() => LineOutcome::Same,
            Some(_) => LineOutcome::Changed,
        };
        self.directory.put(after.clone());
        match (outcome, before) {
            (LineOutcome::Created, _) => self.steps.push(Step::Create(Box::new(after))),
            (LineOutcome::Changed, Some(before)) => self.steps.push(Step::Change(Box::new(before), Box::new(after))),
            _ => {}
        }
        ImportLine { number, code, name, outcome, changes, problems: Vec::new(), cells: cells.to_vec() }
    }

    /// The unit as the line wants it. Columns that the table does not have keep what was there.
    fn assemble(&self, code: &str, before: Option<&Unit>, cells: &[String]) -> (Draft, Vec<String>) {
        let mut problems = Vec::new();
        let mut unit = before.map_or_else(|| self.blank(code), Draft::from);
        let cell = |field| self.table.cell(cells, field);
        let optional = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        if let Some(text) = cell(Field::Name) {
            text.clone_into(&mut unit.name);
        }
        if let Some(text) = cell(Field::ShortName) {
            text.clone_into(&mut unit.short_name);
        }
        match cell(Field::Kind).map(|text| (text, kind_of(text))) {
            Some((_, Some(kind))) => unit.kind = kind,
            Some((text, None)) => {
                let known = UnitKind::ALL.map(UnitKind::chinese).join("、");
                problems.push(format!("类别“{text}”无法识别，可填：{known}。"));
            }
            None if before.is_none() => problems.push("新建单位须有“类别”一列。".into()),
            None => {}
        }
        if let Some(text) = cell(Field::Division) {
            text.clone_into(&mut unit.division);
        }
        if let Some(text) = cell(Field::Parent) {
            let parent = self.directory.by_code(&code_of(text));
            unit.parent = parent.map(|parent| parent.id);
            if before.is_none() {
                unit.path = unit_path(parent.map_or("", |parent| &parent.path), unit.id);
            }
        }
        for (field, place) in [
            (Field::AdministrativeSign, &mut unit.administrative_sign),
            (Field::CoordinatorRole, &mut unit.coordinator_role),
            (Field::OrganCode, &mut unit.organ_code),
            (Field::DocumentPrefix, &mut unit.document_prefix),
        ] {
            if let Some(text) = cell(field) {
                *place = optional(text);
            }
        }
        rules::normalise(&mut unit);
        (unit, problems)
    }

    /// Why the line is not for this person, or not for this unit.
    fn refusal(&self, before: Option<&Unit>, after: &Draft) -> Option<String> {
        let may = |unit: &Unit| {
            self.app.policy.decide(self.actor, Action::UnitImport, &Target::Unit { path: &unit.path }).allowed
        };
        let parent = after.parent.and_then(|id| self.directory.unit(id));
        match before {
            Some(unit) if !may(unit) => Some("该单位不在您的管理范围内。".into()),
            Some(unit) if unit.status == UnitStatus::Merged => Some("该单位已并入其他单位，不能再修改。".into()),
            Some(unit) if unit.status == UnitStatus::Inactive => Some("该单位已停用，请先恢复使用再导入。".into()),
            Some(unit) if unit.parent == after.parent => None,
            _ => match parent {
                Some(parent) if !may(parent) => Some(format!("上级单位“{}”不在您的管理范围内。", parent.name)),
                Some(_) => None,
                None => Some("请填写上级单位代码。".into()),
            },
        }
    }

    fn blank(&self, code: &str) -> Draft {
        let id: UnitId = self.ids.fresh();
        Draft {
            id,
            code: code.to_owned(),
            name: String::new(),
            short_name: String::new(),
            kind: UnitKind::Department,
            division: String::new(),
            parent: None,
            path: unit_path("", id),
            administrative_sign: None,
            coordinator_role: None,
            organ_code: None,
            document_prefix: None,
            status: UnitStatus::Active,
            merged_into: None,
            lock_version: 1,
        }
    }
}

fn reject_repeated_codes(table: &Table, lines: &mut [Option<ImportLine>]) {
    let mut seen: std::collections::HashMap<String, u64> = std::collections::HashMap::new();
    for (index, (number, cells)) in table.lines.iter().enumerate() {
        let code = code_of(table.cell(cells, Field::Code).unwrap_or(""));
        match seen.get(&code) {
            Some(first) if !code.is_empty() => {
                let message = format!("单位代码“{code}”在第{first}行已经出现，同一单位只能有一行。");
                lines[index] = Some(rejected(table, *number, cells, vec![message]));
            }
            _ => {
                seen.insert(code, *number);
            }
        }
    }
}

fn rejected(table: &Table, number: u64, cells: &[String], problems: Vec<String>) -> ImportLine {
    ImportLine {
        number,
        code: table.cell(cells, Field::Code).unwrap_or("").to_owned(),
        name: table.cell(cells, Field::Name).unwrap_or("").to_owned(),
        outcome: LineOutcome::Rejected,
        changes: Vec::new(),
        problems,
        cells: cells.to_vec(),
    }
}

fn code_of(text: &str) -> String {
    text.trim().to_ascii_lowercase()
}

fn kind_of(text: &str) -> Option<UnitKind> {
    UnitKind::ALL.into_iter().find(|kind| kind.chinese() == text || kind.as_str() == text)
}

/// The same lines with the same effects give the same text; keys of new units are not part of it.
fn fingerprint(lines: &[ImportLine]) -> String {
    let mut hash = Sha256::new();
    for line in lines {
        hash.update(
            serde_json::json!([line.number, line.outcome, line.cells, line.changes, line.problems]).to_string(),
        );
    }
    hex::encode(hash.finalize())
}
