//! Configuring review chains.

use testkit::{TestDb, db_test};

use crate::office;

#[db_test]
async fn a_configured_chain_applies_to_what_is_submitted_afterwards(db: TestDb) {
    let office = office(db).await;
    let scope = format!("site:{}", office.site.id);
    let fields = [
        ("scope", scope.as_str()),
        ("name", "网站两审"),
        ("step1_name", "初审"),
        ("step1_duty", "reviewer1"),
        ("step2_name", "终审"),
        ("step2_duty", "reviewer3"),
    ];
    office.manager.post("/console/review-chains", &fields).await.expect(303);
    let page = office.manager.get("/console/review-chains").await.expect(200);
    assert!(page.text.contains("网站两审") && page.text.contains(&office.site.name));
    let (id, review) = office.submitted().await;
    office.pass(&office.first, review, "").await.expect(303);
    office.pass(&office.last, review, "").await.expect(303);
    assert!(office.editor.get(&format!("/console/editions/{id}")).await.expect(200).text.contains("已入库"));
}

#[db_test]
async fn a_wrong_step_is_said_at_its_field_and_everything_typed_stays(db: TestDb) {
    let office = office(db).await;
    let fields =
        [("scope", ""), ("name", "网站两审"), ("step1_name", "初审"), ("step2_name", "终审"), ("step2_duty", "editor")];
    let page = office.manager.post("/console/review-chains", &fields).await.expect(422);
    assert!(page.text.contains("请选择审核链的适用范围") && page.text.contains("请选择第 1 步由哪一职责办理"));
    assert!(page.text.contains("value=\"网站两审\""));
}

#[db_test]
async fn only_the_units_site_manager_configures_its_chains(db: TestDb) {
    let office = office(db).await;
    let scope = format!("unit:{}", office.unit.id);
    let fields = [("scope", scope.as_str()), ("name", "一审"), ("step1_name", "审"), ("step1_duty", "reviewer1")];
    for browser in [&office.editor, &office.first, &office.stranger] {
        browser.post("/console/review-chains", &fields).await.expect(403);
    }
}
