//! Every route has an authorisation test: the routes are read from the source, and one that this table does not know
//! fails the test. A visitor gets nothing; people of another office, whatever their duties there, get "not found" for
//! another office's things and "forbidden" for what their duties do not include.

use std::collections::BTreeSet;

use axum::{body::Body, http::Method};
use domain::{duty::Duty, unit::Unit};
use testkit::{TestApp, TestDb, db_test};

use crate::{
    route_source::{routes_in_the_source, without_names},
    support::Browser,
    things::{fields, office},
};

/// Who is let in.
#[derive(Clone, Copy, PartialEq)]
enum Rule {
    /// Anybody, without logging in (the page of samples exists in debug builds only).
    Public,
    /// A page of one's own, or a list that shows only what one may see.
    Own,
    /// Another office's thing: 404 for strangers.
    Hidden,
    /// A duty that strangers do not hold: 403 (or 404).
    Refused,
    /// Systems with a token.
    Token,
}
use Rule::{Hidden, Own, Public, Refused, Token};

/// Method, path with the names of the fixture's things, rule.
const TABLE: &[(&str, &str, Rule)] = &[
    ("get", "/api/openapi.json", Public),
    ("get", "/api/v1/resources/{resource}", Token),
    ("get", "/api/v1/changes", Token),
    ("post", "/api/v1/screenings", Token),
    ("get", "/console/", Own),
    ("get", "/console/session-state", Public),
    ("get", "/console/styleguide", Public),
    ("post", "/console/styleguide", Public),
    ("get", "/console/login", Public),
    ("post", "/console/login", Public),
    ("get", "/console/login/second-factor", Public),
    ("post", "/console/login/second-factor", Public),
    ("post", "/console/logout", Public),
    ("get", "/console/account", Own),
    ("post", "/console/account/contact", Own),
    ("get", "/console/account/password", Own),
    ("post", "/console/account/password", Own),
    ("get", "/console/account/sessions", Own),
    ("post", "/console/account/sessions/{session}/revoke", Hidden),
    ("get", "/console/account/second-factor", Own),
    ("post", "/console/account/second-factor/begin", Own),
    ("post", "/console/account/second-factor/confirm", Own),
    ("post", "/console/account/second-factor/recovery-codes", Own),
    ("post", "/console/account/second-factor/remove", Own),
    ("post", "/console/account/sessions/revoke-others", Own),
    ("get", "/console/delegations", Own),
    ("post", "/console/delegations", Own),
    ("post", "/console/delegations/{delegation}/revoke", Hidden),
    ("get", "/console/alarms", Own),
    ("post", "/console/alarms/{alarm}/clear", Hidden),
    ("get", "/console/people", Refused),
    ("post", "/console/people", Refused),
    ("get", "/console/people/new", Refused),
    ("get", "/console/people/{person}", Hidden),
    ("post", "/console/people/{person}", Hidden),
    ("get", "/console/people/{person}/edit", Hidden),
    ("get", "/console/people/{person}/disable", Hidden),
    ("post", "/console/people/{person}/disable", Hidden),
    ("post", "/console/people/{person}/enable", Hidden),
    ("post", "/console/people/{person}/reset-password", Hidden),
    ("post", "/console/people/{person}/reset-second-factor", Hidden),
    ("post", "/console/people/{person}/sessions/revoke", Hidden),
    ("post", "/console/people/{person}/sessions/{session}/revoke", Hidden),
    ("post", "/console/people/{person}/appointments", Hidden),
    ("post", "/console/people/{person}/appointments/{appointment}/end", Hidden),
    ("get", "/console/rules", Own),
    ("get", "/console/rules/amendments", Own),
    ("post", "/console/rules/amendments/{amendment}/decide", Refused),
    ("post", "/console/rules/amendments/{amendment}/withdraw", Refused),
    ("post", "/console/rules/amendments/{amendment}/end", Refused),
    ("get", "/console/rules/{rule}", Own),
    ("get", "/console/rules/{rule}/amend", Refused),
    ("post", "/console/rules/{rule}/amend", Refused),
    ("get", "/console/calendar", Own),
    ("get", "/console/calendar/upload", Refused),
    ("post", "/console/calendar/upload", Refused),
    ("get", "/console/calendar/local-days", Refused),
    ("post", "/console/calendar/local-days", Refused),
    ("post", "/console/calendar/entries/{entry}/decide", Refused),
    ("get", "/console/deadlines", Own),
    ("get", "/console/deadlines/{deadline}", Hidden),
    ("post", "/console/deadlines/notices/{notice}/acknowledge", Hidden),
    ("get", "/console/lexicons", Own),
    ("post", "/console/lexicons", Refused),
    ("get", "/console/lexicons/new", Own),
    ("get", "/console/lexicons/{pack}", Hidden),
    ("get", "/console/lexicons/{pack}/propose", Hidden),
    ("post", "/console/lexicons/{pack}/propose", Hidden),
    ("get", "/console/lexicons/{pack}/settings", Hidden),
    ("post", "/console/lexicons/{pack}/settings", Hidden),
    ("get", "/console/lexicons/{pack}/import", Hidden),
    ("post", "/console/lexicons/{pack}/import", Hidden),
    ("post", "/console/lexicons/{pack}/export", Hidden),
    ("get", "/console/lexicons/{pack}/entries/{word}", Hidden),
    ("post", "/console/lexicons/{pack}/entries/{word}/reveal", Hidden),
    ("get", "/console/lexicon-changes", Own),
    ("get", "/console/lexicon-changes/{change}", Hidden),
    ("post", "/console/lexicon-changes/{change}/decide", Hidden),
    ("post", "/console/lexicon-changes/{change}/submit", Hidden),
    ("post", "/console/lexicon-changes/{change}/withdraw", Hidden),
    ("post", "/console/lexicon-changes/{change}/try", Hidden),
    ("post", "/console/lexicon-changes/{change}/reveal", Hidden),
    ("get", "/console/lexicon-changes/{change}/rejected", Hidden),
    ("get", "/console/stock", Own),
    ("get", "/console/stock/runs", Own),
    ("post", "/console/stock/{issue}/ignore", Hidden),
    ("get", "/console/settings", Refused),
    ("post", "/console/settings", Refused),
    ("get", "/console/units", Own),
    ("post", "/console/units", Refused),
    ("get", "/console/units/new", Refused),
    ("get", "/console/units/import", Refused),
    ("post", "/console/units/import", Refused),
    ("post", "/console/units/import/confirm", Refused),
    ("post", "/console/units/import/rejected", Refused),
    ("get", "/console/units/import/template", Own),
    ("get", "/console/units/{unit}", Own),
    ("get", "/console/units/{unit}/rename", Refused),
    ("post", "/console/units/{unit}/rename", Refused),
    ("get", "/console/units/{unit}/edit", Refused),
    ("post", "/console/units/{unit}/edit", Refused),
    ("get", "/console/units/{unit}/move", Refused),
    ("post", "/console/units/{unit}/move", Refused),
    ("get", "/console/units/{unit}/merge", Refused),
    ("post", "/console/units/{unit}/merge", Refused),
    ("get", "/console/units/{unit}/deactivate", Refused),
    ("post", "/console/units/{unit}/deactivate", Refused),
    ("post", "/console/units/{unit}/reactivate", Refused),
    ("get", "/console/resources", Own),
    ("post", "/console/resources", Refused),
    ("get", "/console/resources/new", Own),
    ("get", "/console/editions/{edition}", Hidden),
    ("post", "/console/editions/{edition}", Hidden),
    ("get", "/console/editions/{edition}/edit", Hidden),
    ("post", "/console/editions/{edition}/autosave", Hidden),
    ("post", "/console/editions/{edition}/presence", Hidden),
    ("post", "/console/editions/{edition}/pictures", Hidden),
    ("get", "/console/editions/{edition}/compare", Hidden),
    ("post", "/console/editions/{edition}/withdraw", Hidden),
    ("post", "/console/editions/{edition}/discard", Hidden),
    ("post", "/console/editions/{edition}/revise", Hidden),
    ("post", "/console/editions/{edition}/comments", Hidden),
    ("post", "/console/comments/{comment}/resolve", Hidden),
    ("get", "/console/attachments/{attachment}", Hidden),
    ("get", "/console/reviews", Own),
    ("get", "/console/reviews/owed", Own),
    ("post", "/console/reviews/batch", Own),
    ("get", "/console/reviews/{review}", Hidden),
    ("post", "/console/reviews/{review}/pass", Hidden),
    ("post", "/console/reviews/{review}/return", Hidden),
    ("post", "/console/reviews/{review}/urgent", Hidden),
    ("post", "/console/reviews/{review}/make-up", Hidden),
    ("post", "/console/reviews/{review}/comments", Hidden),
    ("get", "/console/clearances/{clearance}", Hidden),
    ("post", "/console/clearances/{clearance}/decide", Hidden),
    ("post", "/console/clearances/{clearance}/withdraw", Hidden),
    ("get", "/console/screening-exceptions", Own),
    ("post", "/console/screening-exceptions/{exception}/decide", Hidden),
    ("post", "/console/screening-exceptions/{exception}/end", Hidden),
    ("get", "/console/appeals", Own),
    ("post", "/console/appeals", Hidden),
    ("get", "/console/appeals/new", Hidden),
    ("get", "/console/appeals/{appeal}", Hidden),
    ("post", "/console/appeals/{appeal}/decide", Hidden),
    ("post", "/console/appeals/{appeal}/follow-ups", Hidden),
    ("post", "/console/appeals/{appeal}/acknowledge", Hidden),
    ("get", "/console/screening-precision", Own),
    ("get", "/console/review-chains", Own),
    ("post", "/console/review-chains", Refused),
    ("get", "/console/review-chains/new", Own),
    ("post", "/console/review-chains/{chain}/retire", Refused),
    ("get", "/console/sites", Own),
    ("post", "/console/sites", Refused),
    ("get", "/console/sites/new", Own),
    ("get", "/console/sites/{site}", Hidden),
    ("post", "/console/sites/{site}", Hidden),
    ("get", "/console/sites/{site}/edit", Hidden),
    ("get", "/console/sites/{site}/rebuild", Hidden),
    ("post", "/console/sites/{site}/rebuild", Hidden),
    ("get", "/console/sites/{site}/columns", Hidden),
    ("post", "/console/sites/{site}/columns", Hidden),
    ("get", "/console/sites/{site}/columns/new", Hidden),
    ("get", "/console/columns/{column}", Hidden),
    ("post", "/console/columns/{column}", Hidden),
    ("get", "/console/columns/{column}/edit", Hidden),
    ("post", "/console/columns/{column}/shift", Hidden),
    ("get", "/console/columns/{column}/move", Hidden),
    ("post", "/console/columns/{column}/move", Hidden),
    ("get", "/console/columns/{column}/close", Hidden),
    ("post", "/console/columns/{column}/close", Hidden),
    ("post", "/console/columns/{column}/reopen", Hidden),
    ("get", "/console/placements", Own),
    ("post", "/console/placements", Refused),
    ("get", "/console/placements/new", Own),
    ("post", "/console/placements/{placement}/pin", Hidden),
    ("get", "/console/placements/{placement}/remove", Hidden),
    ("post", "/console/placements/{placement}/remove", Hidden),
    ("get", "/console/placements/{placement}/schedule", Hidden),
    ("post", "/console/placements/{placement}/schedule", Hidden),
    ("get", "/console/releases", Own),
    ("get", "/console/sites/{site}/releases", Hidden),
    ("get", "/console/sites/{site}/releases/{number}", Hidden),
    ("get", "/console/sites/{site}/releases/{number}/rollback", Hidden),
    ("post", "/console/sites/{site}/releases/{number}/rollback", Hidden),
    ("get", "/console/recalls", Own),
    ("post", "/console/recalls", Refused),
    ("get", "/console/recalls/new", Refused),
    ("get", "/console/recalls/{recall}", Hidden),
    ("get", "/console/imports", Own),
    ("get", "/console/imports/{import}", Hidden),
    ("get", "/console/migrations", Own),
    ("post", "/console/migrations", Refused),
    ("get", "/console/migrations/new", Own),
    ("get", "/console/migrations/{migration}", Hidden),
    ("post", "/console/migrations/{migration}/stop", Hidden),
    ("post", "/console/migrations/{migration}/resume", Hidden),
    ("post", "/console/migrations/{migration}/collect", Hidden),
    ("get", "/console/migrations/{migration}/abandon", Hidden),
    ("post", "/console/migrations/{migration}/abandon", Hidden),
    ("get", "/console/migrations/{migration}/trial", Hidden),
    ("post", "/console/migrations/{migration}/trial", Hidden),
    ("post", "/console/migrations/{migration}/submit", Hidden),
    ("post", "/console/migrations/{migration}/live", Hidden),
    ("post", "/console/migrations/{migration}/finish", Hidden),
    ("get", "/console/migrations/{migration}/columns", Hidden),
    ("post", "/console/migrations/{migration}/columns", Hidden),
    ("get", "/console/migrations/{migration}/pages", Hidden),
    ("post", "/console/migrations/{migration}/pages", Hidden),
    ("post", "/console/migrations/{migration}/source", Hidden),
    ("get", "/console/migrations/{migration}/pages/{page}", Hidden),
    ("post", "/console/migrations/{migration}/pages/{page}", Hidden),
    ("post", "/console/migrations/{migration}/pages/{page}/fate", Hidden),
    ("post", "/console/migrations/{migration}/pages/{page}/checks", Hidden),
    ("get", "/console/migrations/{migration}/pages/{page}/original", Hidden),
    ("get", "/console/migrations/{migration}/learn", Hidden),
    ("post", "/console/migrations/{migration}/learn", Hidden),
    ("get", "/console/migrations/{migration}/review", Hidden),
    ("post", "/console/migrations/{migration}/review", Hidden),
    ("get", "/console/migrations/{migration}/addresses", Hidden),
    ("get", "/console/migrations/{migration}/reports/{report}", Hidden),
    ("get", "/console/jobs", Refused),
    ("post", "/console/jobs/{job}/requeue", Refused),
    ("post", "/console/jobs/{job}/discard", Refused),
    ("get", "/console/tokens", Refused),
    ("post", "/console/tokens", Refused),
    ("get", "/console/tokens/new", Refused),
    ("post", "/console/tokens/{token}/revoke", Hidden),
    ("get", "/console/audit", Refused),
    ("get", "/console/audit/{number}", Refused),
];

#[test]
fn every_route_is_in_the_table() {
    let known: BTreeSet<(String, String)> =
        TABLE.iter().map(|(method, path, _)| ((*method).to_owned(), without_names(path))).collect();
    let found: BTreeSet<(String, String)> = routes_in_the_source();
    let missing: Vec<_> = found.difference(&known).collect();
    let gone: Vec<_> = known.difference(&found).collect();
    assert!(found.len() > 50, "the routes could not be read from the source: {found:?}");
    assert!(missing.is_empty(), "routes without an authorisation test: {missing:#?}");
    assert!(gone.is_empty(), "tested routes that no longer exist: {gone:#?}");
}

#[db_test]
async fn a_visitor_gets_no_further_than_the_login_page(db: TestDb) {
    let test = TestApp::on(db).await;
    let root = test.unit("root", None).await;
    let unit = test.unit("aa", Some(&root)).await;
    let things = office(&test, unit).await;
    let visitor = Browser::anonymous(&test);
    let mut wrong = Vec::new();
    for (method, path, rule) in TABLE.iter().filter(|(.., rule)| *rule != Public) {
        let answer = ask(&visitor, method, &things.fill(path), &[]).await;
        let to_login = answer.0 == 303 && answer.1.starts_with("/console/login");
        let refused = matches!(answer.0, 401 | 403);
        if !(refused || (*rule != Token && to_login)) {
            wrong.push(format!("{method} {path}: {} {}", answer.0, answer.1));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[db_test]
async fn people_of_another_office_are_refused_on_every_route(db: TestDb) {
    let test = TestApp::on(db).await;
    let root = test.unit("root", None).await;
    let unit = test.unit("aa", Some(&root)).await;
    let other = test.unit("bb", Some(&root)).await;
    let things = office(&test, unit).await;
    let duties = [
        Duty::Editor,
        Duty::Reviewer1,
        Duty::Reviewer2,
        Duty::Reviewer3,
        Duty::Reviewer4,
        Duty::SiteManager,
        Duty::Supervisor,
        Duty::Observer,
    ];
    let held: Vec<(Duty, &Unit)> = duties.iter().map(|duty| (*duty, &other)).collect();
    test.person_with("b.everything", &held).await;
    let stranger = Browser::of(&test, "b.everything").await;
    let before = store::audit::head(&test.app.store.read()).await.unwrap();
    let typed = fields(&things);
    let typed: Vec<(&str, &str)> = typed.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut wrong = Vec::new();
    for (method, path, rule) in TABLE {
        let wanted: &[u16] = match rule {
            Public | Own => continue,
            Hidden => &[404],
            Refused => &[403, 404],
            Token => &[401],
        };
        let mut target = things.fill(path);
        if path.ends_with("/recalls/new") || path.ends_with("/placements/new") {
            target = format!("{target}?resource={}&column={}", things.resource, things.column.id);
        }
        if path.ends_with("/appeals/new") {
            target = format!("{target}?edition={}&finding={}", things.flagged, things.finding);
        }
        let answer = ask(&stranger, method, &target, &typed).await;
        if !wanted.contains(&answer.0) {
            wrong.push(format!("{method} {path}: {} {}", answer.0, answer.1));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let after = store::audit::head(&test.app.store.read()).await.unwrap();
    assert_eq!(before.0, after.0, "something was changed");
}

#[db_test]
async fn a_draft_of_another_office_cannot_be_had_by_its_file_or_public_address(db: TestDb) {
    let test = TestApp::on(db).await;
    let root = test.unit("root", None).await;
    let unit = test.unit("aa", Some(&root)).await;
    let things = office(&test, unit).await;
    let portal = web::portal::portal_router(web::portal::PortalState::new(std::sync::Arc::new(test.app.clone())));
    let visitor = Browser { router: portal, session: None };
    let owned =
        store::resource::by_id(&test.app.store.read(), things.resource.parse().unwrap()).await.unwrap().unwrap();
    for path in [owned.resource.page_path(), owned.resource.file_path("示例.txt")] {
        let address = format!("/sites/aa/{}", path.replace("示例", "%E7%A4%BA%E4%BE%8B"));
        let answer = visitor.get(&address).await;
        assert_eq!(answer.status, 404, "{address}");
    }
}

async fn ask(browser: &Browser, method: &str, path: &str, fields: &[(&str, &str)]) -> (u16, String) {
    let path = if path == "/console/" { "/console" } else { path };
    let answer = match (method, path.ends_with("/pictures") || path.contains("/units/import")) {
        ("get", _) => browser.send(Method::GET, path, &[], Body::empty()).await,
        (_, true) => browser.upload(path, fields, "file", "a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").await,
        _ => browser.post(path, fields).await,
    };
    (answer.status, answer.header("location").to_owned())
}
