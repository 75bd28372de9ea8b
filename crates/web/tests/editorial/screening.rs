//! Around the screening, through the pages: what an editor, a second person, the last reviewer and the region press.

use testkit::{TestDb, db_test};

use crate::{Office, between, office, review_on, support::Browser};
use domain::{duty::Duty, ids::EditionId};

const WRONG_NUMBER: &str = "<p>现印发内政办发[2026]8号文件。</p>";

/// A number whose check character holds; the test makes it, it belongs to nobody.
fn id_number() -> String {
    let body = "15010219900101007";
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.chars().zip(weights).map(|(digit, weight)| digit.to_digit(10).unwrap() * weight).sum();
    format!("{body}{}", ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'][(sum % 11) as usize])
}

async fn edit_page(office: &Office, id: EditionId) -> String {
    office.editor.get(&format!("/console/editions/{id}/edit")).await.expect(200).plain().text
}

#[db_test]
async fn what_blocks_is_let_pass_by_the_last_reviewer_and_every_reviewer_sees_it(db: TestDb) {
    let office = office(db).await;
    let id = office.draft("示例标题").await;
    let text = format!("<p>示例居民，身份证号{}。</p>", id_number());
    let body = ("body", text.as_str());
    office.press(id, "screen", &[body]).await.expect(303);
    let page = edit_page(&office, id).await;
    let finding = between(&page, "value=\"clearance:", "\"").to_owned();
    assert!(!page.contains("value=\"overrule:"), "what blocks cannot be ignored");
    assert!(!page.contains("value=\"except-"), "nor be an exception");
    let refused = office.press(id, &format!("overrule:{finding}"), &[body]).await.expect(422);
    assert!(refused.text.contains("不能自行忽略") || refused.text.contains("须写明理由"), "{}", refused.text);
    let reason = format!("reason.{finding}");
    let asking = [body, (reason.as_str(), "示例号码，由测试程序生成")];
    let silent = office.press(id, &format!("clearance:{finding}"), &[body]).await.expect(422);
    assert!(silent.text.contains("请写明理由"), "{}", silent.text);
    office.press(id, &format!("clearance:{finding}"), &asking).await.expect(303);
    let page = edit_page(&office, id).await;
    assert!(page.contains("放行待决定") && page.contains("示例号码，由测试程序生成"));
    office.press(id, "submit", &[body]).await.expect(422);

    let desk = office.last.get("/console").await.expect(200).plain();
    assert!(desk.text.contains("放行申请，等您决定"));
    assert!(!office.first.get("/console").await.expect(200).text.contains("放行申请，等您决定"));
    let path = format!("/console/clearances/{}", between(&desk.text, "href=\"/console/clearances/", "\""));
    office.stranger.get(&path).await.expect(404);
    let shown = office.last.get(&path).await.expect(200).plain();
    assert!(shown.text.contains("<mark") && shown.text.contains("value=\"grant\""), "{}", shown.text);
    assert!(!office.editor.get(&path).await.expect(200).text.contains("value=\"grant\""));
    let blank = office.last.post(&format!("{path}/decide"), &[("verdict", "grant"), ("remark", " ")]).await.expect(422);
    assert!(blank.text.contains("至少4个字"));
    let granting = [("verdict", "grant"), ("remark", "号码为示例，准予放行")];
    office.last.post(&format!("{path}/decide"), &granting).await.expect(303);
    office.last.post(&format!("{path}/decide"), &granting).await.expect(409);

    assert!(office.editor.get("/console").await.expect(200).text.contains("放行申请有了结果"));
    office.press(id, "submit", &[body]).await.expect(303);
    assert!(!office.editor.get("/console").await.expect(200).text.contains("放行申请有了结果"));
    let read = office.editor.get(&format!("/console/editions/{id}")).await.expect(200);
    let review = review_on(&read);
    let seen = office.first.get(&format!("/console/reviews/{review}")).await.expect(200);
    assert!(seen.text.contains("经末审人员放行") && seen.text.contains("号码为示例，准予放行"), "{}", seen.text);
    assert!(seen.text.contains("ed-phone-bar"));
}

#[db_test]
async fn an_exception_of_the_unit_is_listed_confirmed_by_another_and_ended(db: TestDb) {
    let office = office(db).await;
    let id = office.draft("示例标题").await;
    let body = ("body", WRONG_NUMBER);
    office.press(id, "screen", &[body]).await.expect(303);
    let finding = between(&edit_page(&office, id).await, "value=\"except-unit:", "\"").to_owned();
    let (reason, until, whole) = (format!("reason.{finding}"), format!("until.{finding}"), format!("whole.{finding}"));
    let button = format!("except-unit:{finding}");
    let wrong = [body, (reason.as_str(), "本单位沿用旧式文号"), (until.as_str(), "2099-01-01")];
    let refused = office.press(id, &button, &wrong).await.expect(422);
    assert!(refused.text.contains("最长12个月"), "{}", refused.text);
    let right = [body, (&reason, "本单位沿用旧式文号"), (&until, "2026-12-31"), (&whole, "true")];
    office.press(id, &button, &right).await.expect(303);
    let path = "/console/screening-exceptions";
    let own = office.editor.get(path).await.expect(200).plain();
    assert!(own.text.contains("待复核") && own.text.contains("整条规则") && !own.text.contains("value=\"confirm\""));
    assert!(!office.stranger.get(path).await.expect(200).text.contains("沿用旧式文号"));
    assert!(office.first.get("/console").await.expect(200).text.contains("机审例外，等您复核"));
    let waiting = office.first.get(path).await.expect(200).plain();
    let one = between(&waiting.text, "action=\"/console/screening-exceptions/", "/decide").to_owned();
    office.first.post(&format!("{path}/{one}/decide"), &[("verdict", "confirm")]).await.expect(303);
    office.press(id, "screen", &[body]).await.expect(303);
    let page = edit_page(&office, id).await;
    assert!(page.contains("已按例外忽略 1 处"), "{page}");
    let csv = office.editor.get(&format!("{path}?format=csv")).await.expect(200);
    assert!(csv.text.contains("沿用旧式文号") && csv.header("content-type").starts_with("text/csv"));
    office.editor.post(&format!("{path}/{one}/end"), &[("reason", "改用规范写法")]).await.expect(303);
    assert!(office.editor.get(path).await.expect(200).text.contains("已终止"));
}

#[db_test]
async fn an_appeal_goes_to_the_region_and_its_answer_to_the_desk(db: TestDb) {
    let office = office(db).await;
    office.test.person("region", Duty::Supervisor, &office.unit).await;
    let region = Browser::of(&office.test, "region").await;
    let id = office.draft("示例标题").await;
    let body = ("body", WRONG_NUMBER);
    office.press(id, "screen", &[body]).await.expect(303);
    let finding = between(&edit_page(&office, id).await, "value=\"appeal:", "\"").to_owned();
    let reason = format!("reason.{finding}");
    let button = format!("appeal:{finding}");
    let short = office.press(id, &button, &[body, (reason.as_str(), "不对")]).await.expect(422);
    assert!(short.text.contains("请写明规则哪里不对"));
    office.press(id, &button, &[body, (reason.as_str(), "这种写法有文件依据")]).await.expect(303);
    let desk = region.get("/console").await.expect(200).plain();
    let path = format!("/console/appeals/{}", between(&desk.text, "href=\"/console/appeals/", "\""));
    office.stranger.get(&path).await.expect(404);
    let bare = [("verdict", "adopt"), ("opinion", "确有依据，予以采纳")];
    let refused = region.post(&format!("{path}/decide"), &bare).await.expect(422);
    assert!(refused.text.contains("请选择采纳后怎样处理") && refused.text.contains("确有依据，予以采纳"));
    let whole = [bare[0], bare[1], ("follow_kind", "words_allowed"), ("follow_text", "该写法列入允许词语")];
    region.post(&format!("{path}/decide"), &whole).await.expect(303);
    let own = office.editor.get("/console").await.expect(200).plain();
    assert!(own.text.contains("规则异议有了答复") && own.text.contains("确有依据，予以采纳"));
    office.editor.post(&format!("{path}/acknowledge"), &[]).await.expect(303);
    assert!(!office.editor.get("/console").await.expect(200).text.contains("规则异议有了答复"));
    let shown = office.editor.get(&path).await.expect(200);
    assert!(shown.text.contains("词语列入允许") && shown.text.contains("该写法列入允许词语"));
    // From a page where the text is only read.
    let form = format!("/console/appeals/new?edition={id}&finding={finding}");
    assert!(office.first.get(&form).await.expect(200).text.contains("规则哪里不对"));
    office.stranger.get(&form).await.expect(404);
}

#[db_test]
async fn precision_is_shown_to_each_office_and_exported(db: TestDb) {
    let office = office(db).await;
    let id = office.draft("示例标题").await;
    office.press(id, "screen", &[("body", WRONG_NUMBER)]).await.expect(303);
    let finding = between(&edit_page(&office, id).await, "value=\"adopt:", "\"").to_owned();
    office.press(id, &format!("adopt:{finding}"), &[("body", WRONG_NUMBER)]).await.expect(303);
    let path = "/console/screening-precision";
    let page = office.editor.get(path).await.expect(200);
    assert!(page.text.contains("100.0%"), "{}", page.text);
    assert!(!office.stranger.get(path).await.expect(200).text.contains("100.0%"));
    let csv = office.editor.get(&format!("{path}?format=csv")).await.expect(200);
    assert!(csv.text.contains("近12个月") && csv.text.contains("\"100.0\""), "{}", csv.text);
}

#[db_test]
async fn personal_data_is_masked_with_one_button(db: TestDb) {
    let office = office(db).await;
    let id = office.draft("示例标题").await;
    let number = id_number();
    let text = format!("<p>示例居民，身份证号{number}。</p>");
    office.press(id, "screen", &[("body", text.as_str())]).await.expect(303);
    assert!(edit_page(&office, id).await.contains("value=\"mask\""));
    // With a standing clock no report would be newer than another.
    office.test.db.clock.advance(std::time::Duration::from_secs(1));
    office.press(id, "mask", &[("body", text.as_str())]).await.expect(303);
    let page = edit_page(&office, id).await;
    assert!(!page.contains(&number) && !page.contains("value=\"mask\""), "{page}");
    assert!(page.contains("身份证号") && page.contains("***"), "{page}");
}
