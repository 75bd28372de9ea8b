//! What people type is never run.

use testkit::{TestDb, db_test};

use crate::{between, office, review_on};

const EVIL: &str = "<script>alert(1)</script><img src=x onerror=alert(2)>";

/// No tag and no attribute of what was typed is alive. Inside quotes of our own attributes `<` and `"` are escaped, so
/// none of these can stand there either.
#[track_caller]
fn harmless(text: &str) {
    for trace in ["<script>alert", "<img src=x", "onclick=\"alert", "onerror=\"alert", "href=\"javascript:"] {
        assert!(!text.contains(trace), "{trace} in {text}");
    }
}

#[db_test]
async fn titles_bodies_opinions_remarks_and_file_names_are_shown_as_text(db: TestDb) {
    let office = office(db).await;
    let id = office.draft(EVIL).await;
    harmless(&office.editor.get("/console").await.expect(200).text);
    harmless(&office.editor.get("/console/resources").await.expect(200).text);
    let edit = format!("/console/editions/{id}/edit");
    harmless(&office.editor.get(&edit).await.expect(200).text);
    let body = format!("<p onclick=\"alert(3)\">正文{EVIL}<a href=\"javascript:alert(4)\">链接</a></p>");
    let version = office.version(id).await;
    let fields = [
        ("lock_version", version.as_str()),
        ("do", "upload"),
        ("title", EVIL),
        ("body", &body),
        ("open_mode", "active"),
    ];
    let name = "<img src=x onerror=alert(5)>.pdf";
    office.editor.upload(&format!("/console/editions/{id}"), &fields, "file", name, b"%PDF-1.7\n").await.expect(303);
    harmless(&office.editor.get(&edit).await.expect(200).text);
    // Asked again as typed, before the server has cleaned it.
    harmless(
        &office.press(id, "save", &[("title", EVIL), ("body", &body), ("expires_at", EVIL)]).await.expect(422).text,
    );
    office.press(id, "submit", &[("title", EVIL), ("body", &body), ("source", EVIL)]).await.expect(303);
    let page = office.editor.get(&format!("/console/editions/{id}")).await.expect(200);
    harmless(&page.text);
    let review = review_on(&page);
    let base = format!("/console/reviews/{review}");
    let remark = [("field", "body"), ("quote", EVIL), ("before", EVIL), ("text", EVIL)];
    office.first.post(&format!("{base}/comments"), &remark).await.expect(303);
    harmless(&office.first.get(&base).await.expect(200).text);
    office.pass(&office.first, review, EVIL).await.expect(303);
    harmless(&office.second.get(&base).await.expect(200).text);
    let page = office.second.get(&base).await.expect(200);
    let step = between(&page.text, "name=\"step\" value=\"", "\"").to_owned();
    office.second.post(&format!("{base}/return"), &[("step", &step), ("opinion", EVIL)]).await.expect(303);
    harmless(&office.editor.get("/console").await.expect(200).text);
    harmless(&office.editor.get(&edit).await.expect(200).text);
    harmless(&office.editor.get(&format!("/console/editions/{id}")).await.expect(200).text);
}

#[db_test]
async fn names_of_chains_are_shown_as_text(db: TestDb) {
    let office = office(db).await;
    let scope = format!("unit:{}", office.unit.id);
    let fields = [("scope", scope.as_str()), ("name", EVIL), ("step1_name", EVIL), ("step1_duty", "reviewer1")];
    office.manager.post("/console/review-chains", &fields).await.expect(303);
    harmless(&office.manager.get("/console/review-chains").await.expect(200).text);
    harmless(&office.manager.get(&format!("/console/review-chains/new?scope={scope}")).await.expect(200).text);
}
