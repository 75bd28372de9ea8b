//! An office with one of everything: what people of another office try to reach.

use app::{
    edition::{self, NewDraft},
    placement, recall, review,
};
use domain::{
    actor::Actor, attachment::AttachmentUse, column::Column, duty::Duty, element::Elements, resource::ResourceKind,
    site::Site, unit::Unit,
};
use testkit::TestApp;

use crate::{
    around_screening::around_screening,
    region::{Kept, RULE, kept},
    support::Browser,
    words::words,
};

/// Fields that forms ask for; each form takes what it knows, so that a refusal is about permission, not about typing.
pub fn fields(things: &Things) -> Vec<(&'static str, String)> {
    vec![
        ("title", "示例".into()),
        ("body", "<p>示例</p>".into()),
        ("text", "示例批注".into()),
        ("reason", "示例：越权测试".into()),
        ("urgent_reason", "示例：越权测试理由".into()),
        ("opinion", "示例意见".into()),
        ("public_notice", "该内容已撤回。".into()),
        ("lock_version", "1".into()),
        ("step", things.step.clone()),
        ("unit", things.unit.id.to_string()),
        ("target", things.unit.id.to_string()),
        ("to", things.unit.id.to_string()),
        ("parent", things.unit.id.to_string()),
        ("duty", "editor".into()),
        ("kind", "article".into()),
        ("name", "示例名称".into()),
        ("login", "shi.li.yue.quan".into()),
        ("home_unit", things.unit.id.to_string()),
        ("resource", things.resource.clone()),
        ("column", things.column.id.to_string()),
        ("columns", things.column.id.to_string()),
        ("column_type", "工作动态".into()),
        ("slug", "shili".into()),
        ("direction", "up".into()),
        ("pinned", "true".into()),
        ("scope", format!("unit:{}", things.unit.id)),
        ("step1_name", "初审".into()),
        ("step1_duty", "reviewer1".into()),
        ("domain", "www.yuequan-shili.gov.cn".into()),
        ("description", "示例".into()),
        ("keywords", "示例".into()),
        ("sponsor", things.unit.id.to_string()),
        ("days", "7".into()),
        ("scopes", "library:read".into()),
        ("field", "body".into()),
        ("division", "150000".into()),
        ("key", "days".into()),
        ("value", "15".into()),
        ("date", "2026-07-15".into()),
        ("effect", "off".into()),
        ("source", "示例文件".into()),
        ("ruling", "approve".into()),
        ("verdict", "confirm".into()),
        ("remark", "示例：越权测试".into()),
        ("edition", things.flagged.clone()),
        ("finding", things.finding.clone()),
        ("category", "wording".into()),
        ("severity", "warn".into()),
        ("site", things.site.id.to_string()),
        ("address", "http://old.shili.example/".into()),
    ]
}

pub struct Things {
    pub unit: Unit,
    pub site: Site,
    pub column: Column,
    pub edition: String,
    pub resource: String,
    pub review: String,
    pub step: String,
    pub attachment: String,
    pub comment: String,
    pub placement: String,
    pub recall: String,
    pub chain: String,
    pub flagged: String,
    pub finding: String,
    pub clearance: String,
    pub exception: String,
    pub appeal: String,
    pub person: String,
    pub appointment: String,
    pub session: String,
    pub kept: Kept,
    pub pack: String,
    pub word: String,
    pub change: String,
    pub issue: String,
    pub migration: String,
    pub page: String,
    pub other: String,
}

impl Things {
    pub fn fill(&self, path: &str) -> String {
        let names = [
            ("{unit}", self.unit.id.to_string()),
            ("{site}", self.site.id.to_string()),
            ("{column}", self.column.id.to_string()),
            ("{edition}", self.edition.clone()),
            ("{resource}", self.resource.clone()),
            ("{review}", self.review.clone()),
            ("{attachment}", self.attachment.clone()),
            ("{comment}", self.comment.clone()),
            ("{placement}", self.placement.clone()),
            ("{recall}", self.recall.clone()),
            ("{chain}", self.chain.clone()),
            ("{clearance}", self.clearance.clone()),
            ("{exception}", self.exception.clone()),
            ("{appeal}", self.appeal.clone()),
            ("{person}", self.person.clone()),
            ("{appointment}", self.appointment.clone()),
            ("{session}", self.session.clone()),
            ("{number}", "1".into()),
            ("{rule}", RULE.into()),
            ("{amendment}", self.kept.amendment.clone()),
            ("{entry}", self.kept.entry.clone()),
            ("{deadline}", self.kept.deadline.clone()),
            ("{notice}", self.kept.notice.clone()),
            ("{pack}", self.pack.clone()),
            ("{word}", self.word.clone()),
            ("{change}", self.change.clone()),
            ("{issue}", self.issue.clone()),
            ("{migration}", self.migration.clone()),
            ("{page}", self.page.clone()),
            ("{report}", "assessment".into()),
            ("{delegation}", self.other.clone()),
            ("{alarm}", self.other.clone()),
            ("{import}", self.other.clone()),
            ("{job}", self.other.clone()),
            ("{token}", self.other.clone()),
        ];
        names.iter().fold(path.to_owned(), |path, (name, value)| path.replace(name, value))
    }
}

pub async fn draft(test: &TestApp, editor: &Actor, unit: &Unit) -> edition::Loaded {
    let new = NewDraft {
        kind: ResourceKind::Article,
        unit: unit.id,
        title: "他单位的示例稿件".into(),
        body: "<p>他单位的示例正文。</p>".into(),
        elements: Elements { source: Some("示例".into()), secrecy_reviewed: true, ..Elements::default() },
        origin_key: None,
        address_month: None,
    };
    edition::create(&test.app, editor, new).await.unwrap()
}

/// A migration of one article, and its page.
async fn migrated(test: &TestApp, editor: &Actor, site: &Site) -> (String, String) {
    let file = ("旧站.jsonl".to_owned(), crate::migration::old_articles(1).into_bytes().into());
    let new = app::migration::NewMigration {
        address: "http://old.shili.example/".into(),
        file: Some(file),
        ..app::migration::NewMigration::default()
    };
    let migration = app::migration::create(&test.app, editor, site.id, new).await.unwrap();
    test.settle().await;
    let read = test.app.store.read();
    let (pages, _) =
        store::migration::page::list(&read, migration.id, &app::migration::PageFilter::default(), 0, 1).await.unwrap();
    (migration.id.to_string(), pages.first().unwrap().id.to_string())
}

/// An office with one of everything.
pub async fn office(test: &TestApp, unit: Unit) -> Things {
    let app = &test.app;
    let kept = kept(test, &unit).await;
    let editor = test.person("a.editor", Duty::Editor, &unit).await;
    let last = test.person("a.last", Duty::Reviewer1, &unit).await;
    let manager = test.person("a.manager", Duty::SiteManager, &unit).await;
    test.chain(&unit, &[Duty::Reviewer1]).await;
    let site = test.site("aa", &unit).await;
    let column = test.column(&site, "news", "工作动态").await;

    let gone = draft(test, &editor, &unit).await;
    placement::propose(app, &editor, gone.resource.id, &[column.id], None).await.unwrap();
    let done = edition::submit(app, &editor, gone.edition.id, gone.edition.lock_version).await.unwrap();
    review::pass(app, &last, done.review.id, done.review.steps[0].id, None).await.unwrap();
    test.settle().await;
    let recalled = recall::recall(app, &manager, gone.resource.id, "示例", "").await.unwrap();
    test.settle().await;

    let waiting = draft(test, &editor, &unit).await;
    placement::propose(app, &editor, waiting.resource.id, &[column.id], None).await.unwrap();
    let upload = app::attachment::Upload {
        file_name: "示例.txt".into(),
        bytes: "示例".as_bytes().to_vec().into(),
        usage: AttachmentUse::Listed,
        alt_text: None,
        replace: false,
    };
    let attachment = app::attachment::upload(app, &editor, waiting.edition.id, &upload).await.unwrap();
    let now = edition::load(app, &editor, waiting.edition.id).await.unwrap().edition;
    let submitted = edition::submit(app, &editor, waiting.edition.id, now.lock_version).await.unwrap();
    let new = review::NewComment {
        edition: waiting.edition.id,
        review: Some(submitted.review.id),
        field: "body".into(),
        range: None,
        quote: None,
        text: "示例批注".into(),
    };
    let comment = review::comment(app, &last, &new).await.unwrap();
    let flagged = draft(test, &editor, &unit).await;
    let noted = around_screening(test, &editor, &flagged.edition).await;
    let kept_words = words(test, &unit, &editor, &last, &manager).await;
    let (migration, page) = migrated(test, &editor, &site).await;
    let read = app.store.read();
    let placement = store::placement::of_resource(&read, waiting.resource.id).await.unwrap().remove(0);
    let appointment = store::appointment::all_of(&read, editor.person).await.unwrap().remove(0);
    let session = Browser::of(test, "a.editor").await.session.unwrap();
    let session = store::session::by_token(&read, &app::files::hash_of(session.as_bytes())).await.unwrap();
    let chain = store::review_chain::in_force(&read, &domain::review_chain::ChainScope::Unit(unit.id)).await.unwrap();
    Things {
        edition: waiting.edition.id.to_string(),
        resource: waiting.resource.id.to_string(),
        review: submitted.review.id.to_string(),
        step: submitted.review.steps[0].id.to_string(),
        attachment: attachment.id.to_string(),
        comment: comment.to_string(),
        placement: placement.id.to_string(),
        recall: recalled.to_string(),
        chain: chain.unwrap().id.to_string(),
        flagged: flagged.edition.id.to_string(),
        finding: noted.finding,
        clearance: noted.clearance,
        exception: noted.exception,
        appeal: noted.appeal,
        person: editor.person.to_string(),
        appointment: appointment.id.to_string(),
        session: session.expect("the session just begun").0.id.to_string(),
        other: app.ids.uuid().to_string(),
        kept,
        pack: kept_words.pack,
        word: kept_words.word,
        change: kept_words.change,
        issue: kept_words.issue,
        migration,
        page,
        unit,
        site,
        column,
    }
}
