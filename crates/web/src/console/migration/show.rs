//! `GET /console/migrations/{id}`: where it stands, what comes next, and the sums.

use app::migration::MigrationView;
use axum::extract::Path;
use domain::{
    ids::MigrationId,
    migration::{Balance, Fate, MigrationState, OldPageKind},
};
use serde_json::{Value, json};

use super::frame::head;
use crate::{Page, WebResult, view};

/// The overview.
pub async fn show(page: Page, Path(id): Path<MigrationId>) -> WebResult {
    let (view, head) = head(&page, id).await?;
    let migration = &view.row.migration;
    let state = migration.state;
    let near_live = matches!(state, MigrationState::Tried | MigrationState::Reviewing | MigrationState::Live);
    let hurdles = if near_live { app::migration::hurdles(page.app(), &page.actor, id).await? } else { Vec::new() };
    let can = abilities(&view, &hurdles);
    let shown = view! {
        head,
        source => migration.source,
        hosts => migration.hosts,
        site => view.site.id,
        started_by => view.row.started_by,
        read_here => view.read_here,
        steps => steps(state),
        next => next(&view, &hurdles),
        table => table(&view.balance),
        total => view.balance.total,
        waiting => waiting(&view.balance),
        hurdles,
        objections => view.objections,
        can,
    };
    page.render("console/migration/show.html", shown)
}

/// Which buttons stand on the page.
fn abilities(view: &MigrationView, hurdles: &[String]) -> Value {
    use MigrationState::{Live, Mapping, Reviewing, Tried};
    let migration = &view.row.migration;
    let state = migration.state;
    let idle = matches!(state, Mapping | Tried | Reviewing | Live);
    let stands = state.is_running() && (migration.fault.is_some() || migration.stopping);
    let here = view.read_here || state != MigrationState::Collecting;
    json!({
        "stop": view.may_run && state.is_running() && !stands,
        "resume": view.may_run && stands && here,
        "by_command": view.may_run && !here,
        "collect": view.may_run && idle && view.read_here,
        "try": view.may_run && idle && view.balance.of(Fate::Moved) > 0,
        "submit": view.may_run && matches!(state, Tried | Reviewing),
        "live": view.may_go_live && matches!(state, Tried | Reviewing | Live) && hurdles.is_empty(),
        "finish": view.may_go_live && state == Live && view.objections.is_empty(),
        "abandon": view.may_run && !state.is_over() && state != Live,
    })
}

/// The way from the old site to the new one, with where this one is.
fn steps(state: MigrationState) -> Vec<Value> {
    let at = match state {
        MigrationState::Collecting => 0,
        MigrationState::Reading => 1,
        MigrationState::Mapping => 2,
        MigrationState::Trying | MigrationState::Tried => 3,
        MigrationState::Reviewing => 4,
        MigrationState::Live => 6,
        MigrationState::Completed => 7,
        MigrationState::Abandoned => usize::MAX,
    };
    ["采集", "评估", "栏目对应", "试迁移", "审核", "上线", "完成"]
        .iter()
        .enumerate()
        .map(|(index, label)| {
            let state = match (at, index) {
                (usize::MAX, _) => "waiting",
                (at, index) if index < at => "passed",
                (at, index) if index == at => "pending",
                _ => "waiting",
            };
            json!({ "label": label, "state": state })
        })
        .collect()
}

fn waiting(balance: &Balance) -> Value {
    let of = |kind| Fate::ALL.into_iter().map(|fate| balance.cell(kind, fate)).sum::<u64>();
    json!({ "queued": of(OldPageKind::Queued), "unread": of(OldPageKind::Unread) })
}

/// What to do next, in one sentence.
fn next(view: &MigrationView, hurdles: &[String]) -> String {
    let migration = &view.row.migration;
    if migration.state.is_running() && migration.fault.is_some() {
        return "平台停在这里。处理好上面说的问题后点“继续”，从停下的地方接着做，不会从头再来。".to_owned();
    }
    match migration.state {
        MigrationState::Collecting => {
            "平台正在采集旧网站，数字每 5 秒更新一次；可以关闭本页，采集不会中断。".to_owned()
        }
        MigrationState::Reading => "平台正在识别采集到的页面，完成后会给出评估报告和栏目对应的建议。".to_owned(),
        MigrationState::Mapping => match view.balance.of(Fate::Undecided) {
            0 => "栏目都有去向了。请先下载评估报告看一遍，再点“试迁移”生成稿件（公众看不到）。".to_owned(),
            open => format!("还有 {open} 个旧页面待定：请到“栏目对应”确认每个旧栏目迁到哪里、归档还是不迁移。"),
        },
        MigrationState::Trying => "平台正在按栏目对应生成稿件，公众看不到；可以关闭本页。".to_owned(),
        MigrationState::Tried => {
            "稿件已生成，公众看不到。请到“核对与抽查”比较数量、抽几页与原页面对照，没有问题后点“送审”。".to_owned()
        }
        MigrationState::Reviewing if hurdles.is_empty() => {
            "稿件都已入库，可以上线了：由主办管理员点“上线”，旧地址随即由平台应答。".to_owned()
        }
        MigrationState::Reviewing => {
            "稿件在审核：审核人员到“批量审核”逐条审核抽查的和机审提示的页面，再整批通过其余页面。".to_owned()
        }
        MigrationState::Live if view.objections.is_empty() => format!(
            "旧地址已由平台应答。请运维人员把旧域名（{}）的解析（DNS）指向本平台；旧链接能打开之后，由主办管理员点“完成”。",
            migration.hosts.join("、")
        ),
        MigrationState::Live => "已上线，但还有旧页面没有去向：处理完下面列出的问题才能完成。".to_owned(),
        MigrationState::Completed => "迁移已完成。请下载完成报告存档。".to_owned(),
        MigrationState::Abandoned => "这次迁移已放弃。已生成的稿件仍是本单位的草稿，已入库的信息不受影响。".to_owned(),
    }
}

/// Kinds and fates, with the sums at the bottom.
fn table(balance: &Balance) -> Value {
    let fates: Vec<Value> =
        Fate::ALL.iter().map(|fate| json!({ "word": fate.as_str(), "name": fate.chinese() })).collect();
    let rows: Vec<Value> = balance
        .kinds()
        .into_iter()
        .map(|(kind, count)| {
            let cells = Fate::ALL.map(|fate| balance.cell(kind, fate));
            json!({ "kind": kind.as_str(), "name": kind.chinese(), "count": count, "cells": cells })
        })
        .collect();
    json!({ "fates": fates, "rows": rows, "sums": Fate::ALL.map(|fate| balance.of(fate)), "total": balance.total })
}
