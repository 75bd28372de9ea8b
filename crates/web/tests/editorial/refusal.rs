//! Who is refused: another office, one's own text, a request without its token.

use testkit::{TestDb, db_test};

use crate::{between, office};

#[db_test]
async fn another_office_finds_no_draft_on_any_route(db: TestDb) {
    let office = office(db).await;
    let id = office.draft("外单位看不到的示例").await;
    let edition = format!("/console/editions/{id}");
    for path in [edition.clone(), format!("{edition}/edit"), format!("{edition}/compare")] {
        let answer = office.stranger.get(&path).await.expect(404);
        assert!(!answer.text.contains("外单位看不到的示例"), "{path}");
    }
    for tail in ["", "/autosave", "/presence", "/withdraw", "/discard", "/revise", "/comments"] {
        let path = format!("{edition}{tail}");
        let fields = [("lock_version", "1"), ("title", "x"), ("open_mode", "active"), ("text", "x"), ("do", "submit")];
        let answer = office.stranger.post(&path, &fields).await.expect(404);
        assert!(!answer.text.contains("外单位看不到的示例"), "{path}");
    }
    let picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    office.stranger.upload(&format!("{edition}/pictures"), &[], "file", "a.png", picture).await.expect(404);
    for path in ["/console", "/console/resources", "/console/resources?state=draft", "/console/resources?format=csv"] {
        assert!(!office.stranger.get(path).await.expect(200).text.contains("外单位看不到的示例"), "{path}");
    }
}

#[db_test]
async fn another_offices_reviewers_find_no_review_on_any_route(db: TestDb) {
    let office = office(db).await;
    let (_, review) = office.submitted().await;
    let page = office.first.get(&format!("/console/reviews/{review}")).await.expect(200);
    let step = between(&page.text, "name=\"step\" value=\"", "\"").to_owned();
    let base = format!("/console/reviews/{review}");
    office.stranger.get(&base).await.expect(404);
    for tail in ["/pass", "/return", "/urgent", "/make-up", "/comments"] {
        let fields = [("step", step.as_str()), ("opinion", "同意"), ("urgent_reason", "理由写得足够长"), ("text", "x")];
        office.stranger.post(&format!("{base}{tail}"), &fields).await.expect(404);
    }
    let item = format!("{review}.{step}");
    let batch = office.stranger.post("/console/reviews/batch", &[("item", &item)]).await.expect(200);
    assert!(batch.text.contains("1 篇未通过") && !batch.text.contains("冬季供热保障"), "{}", batch.text);
    assert!(office.first.get(&base).await.expect(200).text.contains("办理初审"));
}

#[db_test]
async fn nobody_passes_their_own_text_and_the_page_says_why(db: TestDb) {
    let office = office(db).await;
    let unit = office.unit.clone();
    office
        .test
        .person_with("both", &[(domain::duty::Duty::Editor, &unit), (domain::duty::Duty::Reviewer1, &unit)])
        .await;
    let both = crate::support::Browser::of(&office.test, "both").await;
    let office = crate::Office { editor: both.clone(), ..office };
    let (_, review) = office.submitted_by_both(&both).await;
    let page = both.get(&format!("/console/reviews/{review}")).await.expect(200);
    assert!(page.text.contains("须由其他人审核"), "{}", page.text);
    assert!(!page.text.contains("/pass\""), "no button is offered");
}

impl crate::Office {
    /// A text under review; afterwards the button that the page does not offer is pressed all the same.
    async fn submitted_by_both(
        &self,
        both: &crate::support::Browser,
    ) -> (domain::ids::EditionId, domain::ids::ReviewId) {
        let (id, review) = self.submitted().await;
        let page = self.first.get(&format!("/console/reviews/{review}")).await.expect(200);
        let step = between(&page.text, "name=\"step\" value=\"", "\"").to_owned();
        let path = format!("/console/reviews/{review}/pass");
        let refused = both.post(&path, &[("step", &step), ("opinion", "我觉得可以")]).await.expect(403);
        assert!(refused.text.contains("须由其他人审核") && refused.text.contains("我觉得可以"), "{}", refused.text);
        (id, review)
    }
}

#[db_test]
async fn a_request_without_its_token_changes_nothing(db: TestDb) {
    let office = office(db).await;
    let (id, review) = office.submitted().await;
    for (browser, path) in [
        (&office.editor, "/console/resources".to_owned()),
        (&office.editor, format!("/console/editions/{id}")),
        (&office.editor, format!("/console/editions/{id}/withdraw")),
        (&office.first, format!("/console/reviews/{review}/pass")),
        (&office.first, format!("/console/reviews/{review}/return")),
        (&office.first, "/console/reviews/batch".to_owned()),
        (&office.manager, "/console/review-chains".to_owned()),
    ] {
        browser.post_exactly(&path, &[("opinion", "x")], "same-origin").await.expect(403);
    }
    assert!(office.first.get(&format!("/console/reviews/{review}")).await.expect(200).text.contains("办理初审"));
}

#[db_test]
async fn a_reviewer_reads_but_does_not_write(db: TestDb) {
    let office = office(db).await;
    let id = office.draft("示例标题").await;
    office.first.get(&format!("/console/editions/{id}")).await.expect(200);
    let led_away = office.first.get(&format!("/console/editions/{id}/edit")).await.expect(303);
    assert_eq!(led_away.header("location"), format!("/console/editions/{id}"));
    let version = office.version(id).await;
    let fields = [("lock_version", version.as_str()), ("do", "save"), ("title", "改"), ("open_mode", "active")];
    office.first.post(&format!("/console/editions/{id}"), &fields).await.expect(403);
}

#[db_test]
async fn a_shared_text_opens_neither_its_opinions_nor_its_way(db: TestDb) {
    let office = office(db).await;
    let (id, review) = office.submitted().await;
    for browser in [&office.first, &office.second, &office.last] {
        office.pass(browser, review, "只供本单位看的意见").await.expect(303);
    }
    let path = format!("/console/editions/{id}");
    assert!(office.editor.get(&path).await.expect(200).text.contains("只供本单位看的意见"));
    let shared = office.stranger.get(&path).await.expect(200);
    assert!(shared.text.contains("冬季供热保障工作启动"));
    for inner in ["只供本单位看的意见", "初审通过", "自动保存", "/console/reviews/0"] {
        assert!(!shared.text.replace("&#x2f;", "/").contains(inner), "{inner}");
    }
    office.stranger.get(&format!("/console/reviews/{review}")).await.expect(404);
}

#[db_test]
async fn what_was_typed_stays_when_a_colleague_has_submitted_meanwhile(db: TestDb) {
    let office = office(db).await;
    let id = office.draft("示例标题").await;
    let version = office.version(id).await;
    office.press(id, "submit", &[]).await.expect(303);
    let fields = [
        ("lock_version", version.as_str()),
        ("title", "示例"),
        ("body", "<p>还没保存的文字</p>"),
        ("open_mode", "active"),
    ];
    let page = office.editor.post(&format!("/console/editions/{id}"), &fields).await.expect(409);
    assert!(page.text.contains("还没保存的文字") && page.text.contains("不能修改"), "{}", page.text);
}
