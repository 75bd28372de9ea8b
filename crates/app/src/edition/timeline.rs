//! Everything that happened to an edition, from its audit events.
//!
//! The audit trail itself is the audit administrator's. Here only who, when and which verb are shown, with the words
//! that people wrote for each other (opinions, reasons), to those who may read the edition anyway.

use std::collections::HashMap;

use domain::{actor::Actor, audit::AuditEvent, ids::EditionId};
use jiff::Timestamp;
use serde_json::Value;

use crate::{
    App, AppResult,
    edition::load::{inside, load},
    names,
};

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineEvent {
    /// When; the last moment when several equal events are shown as one.
    pub at: Timestamp,
    /// Who; 系统 for the platform's own jobs.
    pub who: String,
    /// The verb, `noun.verb`.
    pub action: String,
    /// What was done, in Chinese.
    pub what: String,
    /// An opinion or a reason.
    pub note: Option<String>,
}

/// Nouns whose events belong to an edition's story.
const KINDS: &[&str] = &["edition", "resource", "review", "attachment", "comment", "placement", "recall", "clearance"];

/// Lines shown at most.
const MOST: u64 = 500;

/// What happened to an edition, its reviews, files, remarks and places; newest first. Nothing for people of other
/// offices, who read the text from the shared library.
///
/// # Errors
/// [`crate::AppError::NotFound`] when the actor may not see the edition.
pub async fn timeline(app: &App, actor: &Actor, id: EditionId) -> AppResult<Vec<TimelineEvent>> {
    let loaded = load(app, actor, id).await?;
    let read = app.store.read();
    if !inside(app, &read, actor, &loaded).await? {
        return Ok(Vec::new());
    }
    let mut subjects = vec![id.to_string(), loaded.resource.id.to_string()];
    subjects.extend(store::review::of_edition(&read, id).await?.iter().map(|review| review.id.to_string()));
    subjects.extend(store::attachment::of_edition(&read, id).await?.iter().map(|file| file.id.to_string()));
    subjects.extend(store::comment::of_edition(&read, id).await?.iter().map(|comment| comment.id.to_string()));
    let places = store::placement::of_resource(&read, loaded.resource.id).await?;
    subjects.extend(places.iter().map(|placement| placement.id.to_string()));
    subjects.extend(store::clearance::of_edition(&read, id).await?.iter().map(|one| one.id.to_string()));
    let recalls = store::recall::of_resource(&read, loaded.resource.id).await?;
    subjects.extend(recalls.iter().map(|recall| recall.id.to_string()));
    let events = store::audit::of_subjects(&read, KINDS, &subjects, MOST).await?;
    let people = names::people(app, events.iter().filter_map(|event| event.person)).await?;
    let mut lines: Vec<TimelineEvent> = Vec::new();
    for event in events {
        let who = match event.person {
            Some(person) => people.get(&person).cloned().unwrap_or_else(|| event.login.clone()),
            None => "系统".to_owned(),
        };
        let line =
            TimelineEvent { at: event.at, who, what: what(&event), note: note(&event), action: event.entry.action };
        // An afternoon of typing is one line, not a hundred.
        match lines.last_mut().filter(|last| is_typing(&last.action) && is_typing(&line.action) && last.who == line.who)
        {
            Some(last) if last.action != line.action => last.what = "编辑、保存稿件".to_owned(),
            Some(_) => {}
            None => lines.push(line),
        }
    }
    Ok(lines)
}

fn is_typing(action: &str) -> bool {
    matches!(action, "edition.autosave" | "edition.save" | "edition.screen")
}

fn what(event: &AuditEvent) -> String {
    let name = &event.entry.subject_name;
    let step = event.entry.after.get("step").and_then(Value::as_str).unwrap_or("审核");
    let number = event.entry.after.get("number").and_then(Value::as_i64).unwrap_or(0);
    match event.entry.action.as_str() {
        "edition.create" => "新建稿件".into(),
        "edition.save" => "保存稿件".into(),
        "edition.autosave" => "自动保存稿件".into(),
        "edition.screen" => "机审".into(),
        "edition.dispose" => format!("处理机审意见：{}", kind_of(&event.entry.after)),
        "edition.submit" => "送审".into(),
        "edition.withdraw" => "撤回送审".into(),
        "edition.discard" => "放弃稿件".into(),
        "edition.revise" => format!("新建修订版（第 {number} 版）"),
        "attachment.upload" => format!("上传附件“{name}”"),
        "attachment.remove" => format!("移除附件“{name}”"),
        "attachment.describe" => format!("填写图片说明“{name}”"),
        "clearance.ask" => "申请放行".into(),
        "clearance.grant" => "准予放行".into(),
        "clearance.refuse" => "不予放行".into(),
        "clearance.withdraw" => "撤回放行申请".into(),
        "review.pass" => format!("{step}通过"),
        "review.return" => format!("{step}退回"),
        "review.pass_urgently" => "紧急发布".into(),
        "review.make_up" => "补审".into(),
        "comment.add" => "添加批注".into(),
        "comment.resolve" => "批注已处理".into(),
        "placement.propose" => "选定拟发布栏目".into(),
        "placement.place" => "上栏目".into(),
        "placement.remove" => "下栏目".into(),
        "placement.schedule" => "设定发布时间".into(),
        "placement.pin" => "调整置顶".into(),
        "placement.go_live" => "按时上线".into(),
        "placement.expire" => "到期下线".into(),
        "recall.recall" => "撤回（各网站同时下线）".into(),
        "edition.import" => "批量导入并送审".into(),
        _ => "其他操作".into(),
    }
}

fn kind_of(after: &Value) -> &'static str {
    let words: HashMap<&str, &str> =
        HashMap::from([("accepted", "已知悉"), ("corrected", "已改正"), ("overruled", "本处忽略")]);
    after.get("kind").and_then(Value::as_str).and_then(|kind| words.get(kind).copied()).unwrap_or("已处理")
}

/// Words that people wrote for each other.
fn note(event: &AuditEvent) -> Option<String> {
    let after = &event.entry.after;
    let text = |key: &str| after.get(key).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned);
    match event.entry.action.as_str() {
        "comment.add" | "comment.resolve" | "placement.propose" | "placement.place" | "placement.remove" => {
            Some(event.entry.subject_name.clone()).filter(|name| !name.is_empty())
        }
        "clearance.grant" | "clearance.refuse" => text("remark"),
        _ => text("opinion").or_else(|| text("reason")),
    }
}
