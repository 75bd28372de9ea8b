//! Reviewing: step by step, by different people, to the library.

use testkit::{TestDb, db_test};

use crate::{between, office, review_on};

#[db_test]
async fn a_text_goes_from_the_form_through_three_passes_into_the_library(db: TestDb) {
    let office = office(db).await;
    let (id, review) = office.submitted().await;
    assert!(office.first.get("/console").await.expect(200).text.contains("冬季供热保障工作启动"));
    assert!(!office.second.get("/console").await.expect(200).text.contains("冬季供热保障工作启动"));
    office.pass(&office.first, review, "文字无误").await.expect(303);
    office.pass(&office.second, review, "内容属实").await.expect(303);
    let page = office.last.get(&format!("/console/reviews/{review}")).await.expect(200);
    assert!(page.text.contains("文字无误") && page.text.contains("内容属实"), "{}", page.text);
    assert!(page.text.contains("送审内容未被改动"));
    office.pass(&office.last, review, "同意").await.expect(303);
    let page = office.editor.get(&format!("/console/editions/{id}")).await.expect(200);
    assert!(page.text.contains("已入库"));
    assert!(page.text.contains("终审通过"), "the timeline tells every step");
    assert!(page.text.contains(&office.site.name));
}

#[db_test]
async fn a_returned_text_comes_back_to_its_writer_with_reason_and_remarks(db: TestDb) {
    let office = office(db).await;
    let (id, review) = office.submitted().await;
    let remark = [("field", "body"), ("quote", "共一段"), ("before", "示例正文，"), ("text", "请写明日期")];
    office.first.post(&format!("/console/reviews/{review}/comments"), &remark).await.expect(303);
    let page = office.first.get(&format!("/console/reviews/{review}")).await.expect(200);
    assert!(page.text.contains("id=\"finding-comment-"), "the place is marked: {}", page.text);
    let step = between(&page.text, "name=\"step\" value=\"", "\"").to_owned();
    let path = format!("/console/reviews/{review}/return");
    let silent = office.first.post(&path, &[("step", &step), ("opinion", "")]).await.expect(422);
    assert!(silent.text.contains("退回须写明原因"));
    office.first.post(&path, &[("step", &step), ("opinion", "缺少日期")]).await.expect(303);
    let desk = office.editor.get("/console").await.expect(200);
    assert!(desk.text.contains("缺少日期") && desk.text.contains("退回待改"));
    let edit = office.editor.get(&format!("/console/editions/{id}/edit")).await.expect(200);
    assert!(edit.text.contains("缺少日期") && edit.text.contains("请写明日期"));
}

#[db_test]
async fn what_was_typed_stays_when_somebody_else_decided_first(db: TestDb) {
    let office = office(db).await;
    let (_, review) = office.submitted().await;
    let page = office.first.get(&format!("/console/reviews/{review}")).await.expect(200);
    let step = between(&page.text, "name=\"step\" value=\"", "\"").to_owned();
    office.pass(&office.first, review, "同意").await.expect(303);
    let fields = [("step", step.as_str()), ("opinion", "写了很长的审核意见")];
    let late = office.first.post(&format!("/console/reviews/{review}/pass"), &fields).await;
    assert!(matches!(late.status, 403 | 409), "{}", late.status);
    assert!(late.text.contains("已由其他人办理") || late.text.contains("每一步须由不同的人审核"), "{}", late.text);
}

#[db_test]
async fn in_a_batch_one_refused_item_does_not_stop_the_rest(db: TestDb) {
    let office = office(db).await;
    let (_, one) = office.submitted().await;
    let (_, two) = office.submitted().await;
    let page = office.first.get("/console/reviews").await.expect(200);
    let items: Vec<String> =
        page.text.split("name=\"item\" value=\"").skip(1).map(|rest| rest[..73].to_owned()).collect();
    assert_eq!(items.len(), 2);
    office.pass(&office.first, one, "").await.expect(303);
    let fields = [("item", items[0].as_str()), ("item", items[1].as_str()), ("opinion", "同意")];
    let result = office.first.post("/console/reviews/batch", &fields).await.expect(200);
    assert!(result.text.contains("通过 1 篇；1 篇未通过"), "{}", result.text);
    let page = office.second.get(&format!("/console/reviews/{two}")).await.expect(200);
    assert!(page.text.contains("同意"));
}

#[db_test]
async fn the_urgent_path_needs_a_reason_and_leaves_reviews_on_the_books(db: TestDb) {
    let office = office(db).await;
    let (id, review) = office.submitted().await;
    let path = format!("/console/reviews/{review}/urgent");
    let short = office.last.post(&path, &[("urgent_reason", "急")]).await.expect(422);
    assert!(short.text.contains("紧急发布须写明理由"));
    office.last.post(&path, &[("urgent_reason", "防汛预警须立即发布")]).await.expect(303);
    assert!(office.editor.get(&format!("/console/editions/{id}")).await.expect(200).text.contains("已入库"));
    let owed = office.first.get("/console/reviews/owed").await.expect(200);
    assert!(owed.text.contains("冬季供热保障工作启动"));
    let page = office.first.get(&format!("/console/reviews/{review}")).await.expect(200);
    let step = between(&page.text, "name=\"step\" value=\"", "\"").to_owned();
    let path = format!("/console/reviews/{review}/make-up");
    office.first.post(&path, &[("step", &step), ("opinion", "补审无异议")]).await.expect(303);
    assert!(!office.first.get("/console/reviews/owed").await.expect(200).text.contains("冬季供热保障工作启动"));
}

#[db_test]
async fn a_revision_shows_its_difference_from_what_is_admitted(db: TestDb) {
    let office = office(db).await;
    let (id, review) = office.submitted().await;
    for browser in [&office.first, &office.second, &office.last] {
        office.pass(browser, review, "同意").await.expect(303);
    }
    let answer = office.editor.post(&format!("/console/editions/{id}/revise"), &[]).await.expect(303);
    let new = answer.header("location").split('/').nth(3).unwrap().parse().unwrap();
    office
        .press(new, "submit", &[("body", "<p>示例正文，共一段，今有修改。</p>"), ("change_note", "补充说明")])
        .await
        .expect(303);
    let page = office.editor.get(&format!("/console/editions/{new}")).await.expect(200);
    let review = review_on(&page);
    let page = office.first.get(&format!("/console/reviews/{review}")).await.expect(200);
    assert!(page.text.contains("与现行版本") && page.text.contains("，今有修改</ins>"), "{}", page.text);
    let compare = office.editor.get(&format!("/console/editions/{new}/compare?with={id}")).await.expect(200);
    assert!(compare.text.contains("，今有修改</ins>"));
    office.stranger.get(&format!("/console/editions/{new}/compare?with={id}")).await.expect(404);
}
