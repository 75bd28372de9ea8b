//! What was attempted and what was acknowledged.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::support::article;

/// A draft: the last save that was answered, and the last one that was sent.
#[derive(Debug, Clone, Copy, Default)]
pub struct Saves {
    pub acknowledged: u32,
    pub attempted: u32,
}

#[derive(Debug, Default)]
struct Entries {
    drafts: BTreeMap<String, Saves>,
    passed: BTreeMap<String, String>,
    offered: BTreeSet<String>,
    imported: BTreeSet<String>,
    imports: usize,
}

/// Shared by everybody who works.
#[derive(Debug, Default)]
pub struct Ledger {
    entries: Mutex<Entries>,
}

impl Ledger {
    fn entries(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn save_attempted(&self, edition: &str, number: u32) {
        self.entries().drafts.entry(edition.to_owned()).or_default().attempted = number;
    }

    pub fn save_acknowledged(&self, edition: &str, number: u32) {
        self.entries().drafts.entry(edition.to_owned()).or_default().acknowledged = number;
    }

    /// The last step of an edition was passed.
    pub fn pass_acknowledged(&self, edition: &str, title: &str) {
        self.entries().passed.insert(edition.to_owned(), title.to_owned());
    }

    pub fn import_offered(&self, round: usize, count: usize) {
        self.entries().offered.extend((0..count).map(|line| line_id(round, line)));
    }

    pub fn import_acknowledged(&self, round: usize) {
        let mut entries = self.entries();
        let prefix = format!("kill-{round}-");
        let lines: Vec<String> = entries.offered.iter().filter(|id| id.starts_with(&prefix)).cloned().collect();
        entries.imported.extend(lines);
        entries.imports += 1;
    }

    /// The lines of a round, always the same.
    pub fn lines_of(&self, round: usize, count: usize) -> String {
        (0..count)
            .map(|line| {
                let body = format!("第{round}轮第{line}篇的正文。\n为了中断测试而写的示例内容，与任何机关无关。");
                article(&line_id(round, line), &format!("中断测试第{round}轮第{line}篇（示例）"), &body)
            })
            .collect()
    }

    pub fn drafts(&self) -> BTreeMap<String, Saves> {
        self.entries().drafts.clone()
    }

    pub fn passed(&self) -> BTreeMap<String, String> {
        self.entries().passed.clone()
    }

    pub fn offered(&self) -> BTreeSet<String> {
        self.entries().offered.clone()
    }

    pub fn imported(&self) -> BTreeSet<String> {
        self.entries().imported.clone()
    }

    /// A test whose load does nothing proves nothing.
    pub fn has_enough(&self) -> bool {
        let entries = self.entries();
        let saves: u32 = entries.drafts.values().map(|saves| saves.acknowledged).sum();
        saves >= 20 && entries.passed.len() >= 5 && entries.imports >= 5
    }

    pub fn sums(&self) -> String {
        let entries = self.entries();
        let saves: u32 = entries.drafts.values().map(|saves| saves.acknowledged).sum();
        format!(
            "acknowledged: {saves} saves of {} drafts, {} publications, {} imports of {} lines",
            entries.drafts.len(),
            entries.passed.len(),
            entries.imports,
            entries.imported.len()
        )
    }
}

fn line_id(round: usize, line: usize) -> String {
    format!("kill-{round}-{line}")
}
