//! The unit tree in the console, without any script: links, forms and files.

use domain::{
    duty::Duty,
    unit::{Unit, UnitStatus},
};
use testkit::{TestApp, TestDb, db_test};

use crate::support::Browser;

struct Region {
    test: TestApp,
    root: Unit,
    admin: Browser,
}

async fn region(db: TestDb) -> Region {
    let test = TestApp::on(db).await;
    app::unit::seed(&test.app).await.unwrap();
    // Keys made at different moments differ, also those of sources that draw alike.
    test.db.clock.advance(std::time::Duration::from_secs(60));
    let root = store::unit::by_code(&test.db.store.read(), "nmg-bgt").await.unwrap().unwrap();
    test.person("xi.tong", Duty::SystemAdmin, &root).await;
    let admin = Browser::of(&test, "xi.tong").await;
    Region { test, root, admin }
}

impl Region {
    async fn unit(&self, code: &str) -> Unit {
        store::unit::by_code(&self.test.db.store.read(), code).await.unwrap().unwrap()
    }

    async fn found(&self, code: &str, name: &str) -> Unit {
        let parent = self.root.id.to_string();
        let fields =
            [("code", code), ("name", name), ("kind", "department"), ("division", "150000"), ("parent", &parent)];
        let answer = self.admin.post("/console/units", &fields).await.expect(303);
        let unit = self.unit(code).await;
        assert_eq!(answer.header("location"), format!("/console/units/{}", unit.id));
        unit
    }
}

/// The value of a hidden field, as a browser would send it back.
fn hidden(page: &str, name: &str) -> String {
    let from = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("no field {name}"));
    from.split('"').next().unwrap_or_default().to_owned()
}

#[db_test]
async fn the_tree_opens_where_one_comes_from_and_is_searched(db: TestDb) {
    let region = region(db).await;
    let school = region.unit("xlgl-jyj").await;
    let page = region.admin.get(&format!("/console/units?open={}", school.id)).await.expect(200).text;
    assert!(page.contains("共 224 个在用单位") && page.contains("锡林郭勒盟教育局"));
    let page = region.admin.get("/console/units?q=%E6%95%99%E8%82%B2&division=152500").await.expect(200).text;
    assert!(page.contains("锡林郭勒盟教育局") && !page.contains("内蒙古自治区教育厅"));
    let page = region.admin.get("/console/units?q=%E6%97%A0%E6%AD%A4").await.expect(200).text;
    assert!(page.contains("没有符合条件的单位"));
    let page = region.admin.get(&format!("/console/units/{}", school.id)).await.expect(200).text;
    for part in ["锡林郭勒盟行政公署办公室", "内蒙古自治区通信管理局", "平台初始数据", "合并"]
    {
        assert!(page.contains(part), "{part}");
    }
    region.admin.get("/console/units/00000000-0000-7000-8000-000000000000").await.expect(404);
}

#[db_test]
async fn a_wrong_form_comes_back_with_everything_that_was_typed(db: TestDb) {
    let region = region(db).await;
    let parent = region.root.id.to_string();
    let fields = [
        ("code", "SL A"),
        ("name", "示例\"甲\"局"),
        ("kind", "party_organ"),
        ("division", "150000"),
        ("parent", &parent),
        ("organ_code", "123"),
    ];
    let page = region.admin.post("/console/units", &fields).await.expect(422).text;
    for part in
        ["有 3 处需要修改", "value=\"SL A\"", "示例&quot;甲&quot;局", "机构代码应为18位或9位", "加挂的行政机关牌子"]
    {
        assert!(page.contains(part), "{part} in {page}");
    }
}

#[db_test]
async fn after_a_conflict_the_same_form_can_be_sent_again(db: TestDb) {
    let region = region(db).await;
    let unit = region.found("sl-a", "示例甲局").await;
    let path = format!("/console/units/{}/rename", unit.id);
    let form = region.admin.get(&path).await.expect(200).text;
    let version = hidden(&form, "lock_version");
    region.admin.post(&path, &[("name", "示例甲委员会"), ("lock_version", &version)]).await.expect(303);
    let page = region.admin.post(&path, &[("name", "示例甲中心"), ("lock_version", &version)]).await.expect(409).text;
    assert!(page.contains("刚刚被其他人修改过") && page.contains("value=\"示例甲中心\""));
    let version = hidden(&page, "lock_version");
    region.admin.post(&path, &[("name", "示例甲中心"), ("lock_version", &version)]).await.expect(303);
    let page = region.admin.get(&format!("/console/units/{}", unit.id)).await.expect(200).text;
    assert!(page.contains("示例甲委员会 → 示例甲中心"), "the history names both");
}

#[db_test]
async fn a_merger_is_previewed_before_it_is_confirmed(db: TestDb) {
    let region = region(db).await;
    let (from, to) = (region.found("sl-a", "示例甲局").await, region.found("sl-b", "示例乙局").await);
    region.test.person("bian.ji", Duty::Editor, &from).await;
    let path = format!("/console/units/{}/merge", from.id);
    region.admin.get(&path).await.expect(200);
    let page = region.admin.get(&format!("{path}?target={}", from.id)).await.expect(200).text;
    assert!(page.contains("不能并入自己"));
    let page = region.admin.get(&format!("{path}?target={}", to.id)).await.expect(200).text;
    assert!(page.contains("确认合并") && region.unit("sl-a").await.status == UnitStatus::Active);
    let (target, version) = (hidden(&page, "target"), hidden(&page, "lock_version"));
    region.admin.post(&path, &[("target", &target), ("lock_version", &version), ("reason", "示例")]).await.expect(303);
    let page = region.admin.get(&format!("/console/units/{}", from.id)).await.expect(200).text;
    assert!(page.contains("该单位已并入"));
    region.admin.get(&path).await.expect(409);
}

#[db_test]
async fn what_hangs_on_a_unit_is_listed_before_it_can_be_ended(db: TestDb) {
    let region = region(db).await;
    let unit = region.found("sl-a", "示例甲局").await;
    let editor = region.test.person("bian.ji", Duty::Editor, &unit).await;
    let path = format!("/console/units/{}/deactivate", unit.id);
    let page = region.admin.get(&path).await.expect(200).text;
    assert!(page.contains("有效的任职（1）") && page.contains("请先解除任职"));
    let version = unit.lock_version.to_string();
    let page = region.admin.post(&path, &[("lock_version", &version)]).await.expect(409).text;
    assert!(page.contains("还不能停用") && page.contains(&editor.name));
}

#[db_test]
async fn a_table_from_an_office_program_is_previewed_confirmed_and_its_rejects_downloaded(db: TestDb) {
    let region = region(db).await;
    let table = "单位代码,单位名称,类别,行政区划代码,上级单位代码\r\n\
                 sl-c,示例丙局,政府部门,150000,nmg-bgt\r\n\
                 sl-d,示例丁局,某种部门,150000,nmg-bgt\r\n";
    // GB 18030 bytes of the same text, as Chinese office programs save it.
    let bytes = gb18030(table);
    let page = region.admin.upload("/console/units/import", &[], "file", "单位.csv", &bytes).await.expect(200).text;
    assert!(page.contains("示例丙局") && page.contains("类别“某种部门”无法识别") && page.contains("确认导入1个单位"));
    assert!(store::unit::by_code(&region.test.db.store.read(), "sl-c").await.unwrap().is_none(), "nothing is written");
    let fingerprint = hidden(&page, "fingerprint");
    let fields = [("table", table), ("fingerprint", fingerprint.as_str())];
    let rejects = region.admin.post("/console/units/import/rejected", &fields[..1]).await.expect(200);
    assert!(rejects.header("content-disposition").contains(".csv"));
    assert!(
        rejects.text.starts_with('\u{feff}') && rejects.text.contains("未导入原因") && rejects.text.contains("sl-d")
    );
    let wrong = [("table", table), ("fingerprint", "0000")];
    let page = region.admin.post("/console/units/import/confirm", &wrong).await.expect(200).text;
    assert!(page.contains("请重新核对下面的预览"));
    let page = region.admin.post("/console/units/import/confirm", &fields).await.expect(200).text;
    assert!(page.contains("导入完成") && page.contains("没有导入的行"));
    assert_eq!(region.unit("sl-c").await.name, "示例丙局");
    let exported = region.admin.get("/console/units?format=csv").await.expect(200);
    assert_eq!(exported.header("content-type"), "text/csv; charset=utf-8");
    assert!(exported.text.starts_with('\u{feff}') && exported.text.contains("示例丙局"));
    let page =
        region.admin.upload("/console/units/import", &[], "file", "单位.xlsx", b"PK\x03\x04").await.expect(422).text;
    assert!(page.contains("另存为"));
}

fn gb18030(text: &str) -> Vec<u8> {
    let (bytes, _, failed) = encoding_rs::GB18030.encode(text);
    assert!(!failed);
    bytes.into_owned()
}
