//! The editorial half through the router: drafts, submission, review, the library, and who is refused.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "helpers of tests fail the test that calls them")]

mod chain;
mod draft;
mod escaping;
mod refusal;
mod review;
mod screening;
#[path = "../it/support.rs"]
mod support;

use domain::{
    actor::Actor,
    column::Column,
    duty::Duty,
    ids::{EditionId, ReviewId},
    site::Site,
    unit::Unit,
};
use testkit::{TestApp, TestDb};

use crate::support::{Answer, Browser};

/// An office with a site and everybody who works on a text, each at a browser.
pub struct Office {
    pub test: TestApp,
    pub unit: Unit,
    pub site: Site,
    pub news: Column,
    pub writer: Actor,
    pub editor: Browser,
    pub first: Browser,
    pub second: Browser,
    pub last: Browser,
    pub manager: Browser,
    pub stranger: Browser,
}

pub async fn office(db: TestDb) -> Office {
    let test = TestApp::on(db).await;
    let unit = test.unit("office", None).await;
    let other = test.unit("other", Some(&unit)).await;
    let site = test.site("region", &unit).await;
    let news = test.column(&site, "xwdt", "工作动态").await;
    let writer = test.person("editor", Duty::Editor, &unit).await;
    for (login, duty) in [
        ("first", Duty::Reviewer1),
        ("second", Duty::Reviewer2),
        ("last", Duty::Reviewer3),
        ("manager", Duty::SiteManager),
    ] {
        test.person(login, duty, &unit).await;
    }
    test.person_with("stranger", &[(Duty::Editor, &other), (Duty::Reviewer1, &other), (Duty::Reviewer3, &other)]).await;
    Office {
        writer,
        editor: Browser::of(&test, "editor").await,
        first: Browser::of(&test, "first").await,
        second: Browser::of(&test, "second").await,
        last: Browser::of(&test, "last").await,
        manager: Browser::of(&test, "manager").await,
        stranger: Browser::of(&test, "stranger").await,
        unit,
        site,
        news,
        test,
    }
}

impl Office {
    /// A fresh draft, made through the form.
    pub async fn draft(&self, title: &str) -> EditionId {
        let unit = self.unit.id.to_string();
        let fields = [("kind", "article"), ("unit", unit.as_str()), ("title", title)];
        let answer = self.editor.post("/console/resources", &fields).await.expect(303);
        answer.header("location").split('/').nth(3).expect("the draft's address").parse().expect("a key")
    }

    /// Presses a button of the draft's form with a complete text.
    pub async fn press(&self, id: EditionId, button: &str, more: &[(&str, &str)]) -> Answer {
        let version = self.version(id).await;
        let column = self.news.id.to_string();
        let mut fields = vec![
            ("lock_version", version.as_str()),
            ("do", button),
            ("title", "示例：冬季供热保障工作启动"),
            ("body", "<p>示例正文，共一段。</p>"),
            ("source", "示例单位"),
            ("open_mode", "active"),
            ("secrecy_reviewed", "true"),
            ("placements", column.as_str()),
        ];
        fields.retain(|(name, _)| !more.iter().any(|(given, _)| given == name));
        fields.extend_from_slice(more);
        self.editor.post(&format!("/console/editions/{id}"), &fields).await
    }

    /// The version that the form of a draft carries.
    pub async fn version(&self, id: EditionId) -> String {
        let page = self.editor.get(&format!("/console/editions/{id}/edit")).await.expect(200);
        between(&page.text, "name=\"lock_version\" value=\"", "\"").to_owned()
    }

    /// A text under review.
    pub async fn submitted(&self) -> (EditionId, ReviewId) {
        let id = self.draft("示例").await;
        self.press(id, "submit", &[]).await.expect(303);
        let page = self.editor.get(&format!("/console/editions/{id}")).await.expect(200);
        (id, review_on(&page))
    }

    /// Passes the step whose turn it is, as the page offers it.
    pub async fn pass(&self, browser: &Browser, review: ReviewId, opinion: &str) -> Answer {
        let page = browser.get(&format!("/console/reviews/{review}")).await.expect(200);
        let step = between(&page.text, "name=\"step\" value=\"", "\"").to_owned();
        browser.post(&format!("/console/reviews/{review}/pass"), &[("step", &step), ("opinion", opinion)]).await
    }
}

/// What stands between two marks, after the first of them.
#[track_caller]
pub fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let (_, rest) = text.split_once(from).unwrap_or_else(|| panic!("{from} is missing in {text}"));
    rest.split_once(to).map_or(rest, |(found, _)| found)
}

/// The review that a page links to.
#[track_caller]
pub fn review_on(page: &Answer) -> ReviewId {
    let text = page.text.replace("&#x2f;", "/");
    format!("0{}", between(&text, "/console/reviews/0", "\"")).parse().expect("a key")
}
