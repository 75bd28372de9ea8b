//! 工作台: what waits for this person, what came back, what is under way; `GET /console`.

use app::{AppResult, library::LibraryRow, review::Desk};
use axum::{Router, routing::get};
use domain::{
    duty::Duty,
    review::{Review, ReviewState, StepOutcome},
};
use jiff::Timestamp;
use serde::Serialize;

use crate::{
    console::{
        alarm::AlarmView,
        page::Page,
        waiting::{WaitingView, duration_words, waiting},
    },
    error::WebResult,
    state::WebState,
    view,
};

const REVIEWING: [Duty; 4] = [Duty::Reviewer1, Duty::Reviewer2, Duty::Reviewer3, Duty::Reviewer4];

/// Routes of this file.
pub fn router() -> Router<WebState> {
    Router::new().route("/", get(show))
}

async fn show(page: Page) -> WebResult {
    let desk = app::review::desk(page.app(), &page.actor).await?;
    let to_review = waiting(&page, &desk.to_review).await?;
    let owed = waiting(&page, &desk.owed).await?;
    let returned = own_texts(&page, &desk.returned).await?;
    let in_review = own_texts(&page, &desk.in_review).await?;
    let drafts = own_texts(&page, &desk.drafts).await?;
    let alarms: Vec<AlarmView> =
        app::alarm::list_for(page.app(), &page.actor).await?.into_iter().map(AlarmView::of).collect();
    let lexicon_changes = app::lexicon::waiting(page.app(), &page.actor).await?;
    let stock = app::stock::open_count(page.app(), &page.actor).await?;
    let (reviews, writes) =
        (page.actor.duties.iter().any(|held| REVIEWING.contains(&held.duty)), page.actor.holds(Duty::Editor));
    let figures =
        figures(&desk, &to_review, alarms.len(), usize::try_from(stock).unwrap_or(usize::MAX), reviews, writes);
    let name = page.actor.name.clone();
    let shortcuts = shortcuts(&page);
    let approvals = app::rule::waiting(page.app(), &page.actor).await?;
    let entries = app::calendar::waiting(page.app(), &page.actor).await?;
    let clearances: Vec<ClearanceItem> =
        app::clearance::waiting(page.app(), &page.actor).await?.into_iter().map(ClearanceItem::of).collect();
    let cleared: Vec<ClearanceItem> =
        app::clearance::answered(page.app(), &page.actor).await?.into_iter().map(ClearanceItem::of).collect();
    let exceptions = app::screening_exception::waiting(page.app(), &page.actor).await?;
    let appeals = app::appeal::waiting(page.app(), &page.actor).await?;
    let answers = app::appeal::answered(page.app(), &page.actor).await?;
    let notices = app::deadline::notices(page.app(), &page.actor).await?;
    let deadlines = app::deadline::desk(page.app(), &page.actor).await?;
    page.render(
        "console/desk/show.html",
        view! {
            name, reviews, writes, to_review, owed, returned, in_review, drafts, alarms, figures, shortcuts, approvals,
            entries, notices, deadlines, clearances, cleared, exceptions, appeals, answers, lexicon_changes
        },
    )
}

/// One of the person's own texts.
#[derive(Serialize)]
struct OwnText {
    path: String,
    title: String,
    kind: &'static str,
    unit: String,
    updated_at: Timestamp,
    /// Why it was returned, and by whom.
    reason: Option<String>,
    returned_by: Option<String>,
    /// 复审（已等 3 小时）
    step: Option<String>,
    since: Option<String>,
    overdue: bool,
}

async fn own_texts(page: &Page, rows: &[LibraryRow]) -> AppResult<Vec<OwnText>> {
    let mut texts = Vec::with_capacity(rows.len());
    for row in rows {
        let review = match row.state.editable() && row.state != domain::edition::EditionState::Returned {
            true => None,
            false => app::review::of_edition(page.app(), &page.actor, row.edition).await?.into_iter().next(),
        };
        texts.push(own_text(page, row, review.as_ref()).await?);
    }
    Ok(texts)
}

async fn own_text(page: &Page, row: &LibraryRow, review: Option<&Review>) -> AppResult<OwnText> {
    let now = page.app().now();
    let editable = row.state.editable();
    let returned = review
        .filter(|review| review.state == ReviewState::Returned)
        .and_then(|review| review.steps.iter().find(|step| step.outcome == StepOutcome::Returned));
    let people = app::names::people(page.app(), returned.and_then(|step| step.decided_by)).await?;
    let current = review.and_then(Review::current_step);
    Ok(OwnText {
        path: format!("/console/editions/{}{}", row.edition, if editable { "/edit" } else { "" }),
        title: if row.title.is_empty() { "（未填写标题）".into() } else { row.title.clone() },
        kind: row.kind.chinese(),
        unit: row.unit_name.clone(),
        updated_at: row.updated_at,
        reason: returned.and_then(|step| step.opinion.clone()),
        returned_by: returned.map(|step| {
            let name = step.decided_by.and_then(|person| people.get(&person)).map_or("", String::as_str);
            format!("{name} · {}", step.name)
        }),
        step: current.map(|step| step.name.clone()),
        since: current.and_then(|step| step.waiting_since).map(|since| duration_words(since, now)),
        overdue: current.and_then(|step| step.due_at).is_some_and(|due| due < now),
    })
}

/// A request to let a text pass.
#[derive(Serialize)]
struct ClearanceItem {
    path: String,
    title: String,
    excerpt: String,
    message: String,
    reason: String,
    asked_at: Timestamp,
    /// 已放行, 不予放行
    state_words: &'static str,
    granted: bool,
    remark: Option<String>,
    decided_at: Option<Timestamp>,
    edit: String,
}

impl ClearanceItem {
    fn of(waiting: app::clearance::WaitingClearance) -> Self {
        let one = waiting.clearance;
        Self {
            path: format!("/console/clearances/{}", one.id),
            title: waiting.title,
            excerpt: one.excerpt,
            message: one.message,
            reason: one.reason,
            asked_at: one.asked_at,
            state_words: one.state.chinese(),
            granted: one.state == domain::clearance::ClearanceState::Granted,
            remark: one.remark,
            decided_at: one.decided_at,
            edit: format!("/console/editions/{}/edit", one.edition),
        }
    }
}

/// A big number of the desk.
#[derive(Serialize)]
struct Figure {
    label: &'static str,
    value: usize,
    path: &'static str,
    kind: &'static str,
}

/// Numbers that concern the person's duties, and others when they are not nought.
fn figures(
    desk: &Desk,
    to_review: &[WaitingView],
    alarms: usize,
    stock: usize,
    reviews: bool,
    writes: bool,
) -> Vec<Figure> {
    let mine = to_review.iter().filter(|line| !line.blocked);
    let overdue = mine.clone().filter(|line| line.overdue).count();
    let figure =
        |label, value, path, kind| Figure { label, value, path, kind: if value == 0 { "plain" } else { kind } };
    let all = [
        (reviews, figure("待我审核", mine.count(), "#to-review", "blue")),
        (reviews, figure("其中超期", overdue, "#to-review", "red")),
        (reviews, figure("欠审待补", desk.owed.len(), "#owed", "purple")),
        (writes, figure("退回待改", desk.returned.len(), "#returned", "orange")),
        (writes, figure("我的草稿", desk.drafts.len(), "#drafts", "plain")),
        (writes, figure("送审在途", desk.in_review.len(), "#in-review", "green")),
        (false, figure("存量问题", stock, "/console/stock", "orange")),
        (false, figure("告警", alarms, "#alarms", "red")),
    ];
    all.into_iter().filter(|(shown, figure)| *shown || figure.value > 0).map(|(_, figure)| figure).collect()
}

/// A shortcut by duty.
#[derive(Serialize)]
struct Shortcut {
    label: &'static str,
    path: &'static str,
    icon: &'static str,
    primary: bool,
}

fn shortcuts(page: &Page) -> Vec<Shortcut> {
    let all: [(&[Duty], Shortcut); 7] = [
        (
            &[Duty::Editor],
            Shortcut { label: "撰写信息", path: "/console/resources/new", icon: "pencil-plus", primary: true },
        ),
        (&REVIEWING, Shortcut { label: "待我审核", path: "/console/reviews", icon: "checklist", primary: true }),
        (
            &[Duty::Editor, Duty::SiteManager, Duty::Supervisor, Duty::Observer],
            Shortcut { label: "信息资源库", path: "/console/resources", icon: "books", primary: false },
        ),
        (
            &[Duty::SiteManager, Duty::Supervisor],
            Shortcut { label: "网站", path: "/console/sites", icon: "world", primary: false },
        ),
        (&[Duty::SystemAdmin], Shortcut { label: "人员", path: "/console/people", icon: "users", primary: true }),
        (
            &[Duty::SecurityAdmin],
            Shortcut { label: "安全策略", path: "/console/settings", icon: "shield-lock", primary: true },
        ),
        (&[Duty::AuditAdmin], Shortcut { label: "审计日志", path: "/console/audit", icon: "history", primary: true }),
    ];
    let held = |duties: &[Duty]| duties.iter().any(|duty| page.actor.holds(*duty));
    all.into_iter().filter(|(duties, _)| held(duties)).map(|(_, shortcut)| shortcut).collect()
}
