//! What is inside: people, sites, jobs, schedules, the clock beside the audit trail.

use app::{App, AppResult};
use domain::{duty::Duty, site::SiteState};
use jiff::SignedDuration;
use store::{
    Scope,
    person::{PersonFilter, PersonSort},
};

use super::Findings;

/// Work that waits longer than this has nobody who does it.
const MOST_WAITING: SignedDuration = SignedDuration::from_mins(5);

/// Runs all checks of an instance.
pub async fn instance(app: &App, findings: &mut Findings) {
    for outcome in [
        clock(app, findings).await,
        administrators(app, findings).await,
        sites(app, findings).await,
        jobs(app, findings).await,
        placements(app, findings).await,
    ] {
        if let Err(error) = outcome {
            findings.wrong("检查", format!("未能完成：{error}"));
        }
    }
}

/// The trail can only tell the past.
async fn clock(app: &App, findings: &mut Findings) -> AppResult<()> {
    let read = app.store.read();
    let (number, _) = store::audit::head(&read).await?;
    let last = store::audit::page_after(&read, number - 1, 1).await?.into_iter().next();
    match last.filter(|event| event.at > app.now()) {
        Some(event) => findings.wrong(
            "时钟",
            format!("本机时间早于最近一条审计记录（{}），请用 NTP 校正。", domain::time::beijing_minutes(event.at)),
        ),
        None => findings.right("时钟", domain::time::beijing_minutes(app.now())),
    }
    Ok(())
}

async fn administrators(app: &App, findings: &mut Findings) -> AppResult<()> {
    let read = app.store.read();
    let second_factor = store::setting::in_force(&read).await?.value("login.admin_second_factor") == 1;
    for duty in [Duty::SystemAdmin, Duty::SecurityAdmin, Duty::AuditAdmin] {
        let filter = PersonFilter { duty: Some(duty), active: Some(true), ..PersonFilter::default() };
        let (people, _) =
            store::person::list(&read, &Scope::everything(), &filter, (PersonSort::Login, false), 0, 100).await?;
        let name = duty.chinese();
        if people.is_empty() {
            findings.wrong(
                name,
                format!(
                    "没有在任的{name}，请用 zhengtong user add 登录名 --name 姓名 --unit 单位代码 --duty {} 建立。",
                    duty.as_str()
                ),
            );
            continue;
        }
        let without: Vec<&str> =
            people.iter().filter(|row| !row.person.second_factor).map(|row| row.person.login.as_str()).collect();
        if !second_factor {
            findings.note(name, "策略参数未要求管理员二次验证（login.admin_second_factor = 0），正式使用前请改为 1");
        } else if without.is_empty() {
            findings.right(name, format!("{} 人，都已启用二次验证", people.len()));
        } else {
            findings.wrong(name, format!("{} 尚未启用二次验证，请本人登录后台设置。", without.join("、")));
        }
    }
    Ok(())
}

async fn sites(app: &App, findings: &mut Findings) -> AppResult<()> {
    let sites = store::site::list(&app.store.read(), &Scope::everything()).await?;
    let mut wrong = 0;
    for site in sites.iter().filter(|site| site.state == SiteState::Live) {
        let missing: Vec<String> = site.missing_marks().into_iter().map(|problem| problem.message).collect();
        if !missing.is_empty() {
            wrong += 1;
            findings.wrong("网站", format!("{}：{}请在后台“网站”中补充。", site.name, missing.join("")));
        }
    }
    if wrong == 0 {
        findings.right("网站", format!("{} 个，标识齐全", sites.len()));
    }
    Ok(())
}

async fn jobs(app: &App, findings: &mut Findings) -> AppResult<()> {
    let read = app.store.read();
    let counts = store::job::counts(&read).await?;
    let dead: u64 = counts.iter().map(|queue| queue.dead).sum();
    if dead > 0 {
        findings.wrong("任务", format!("{dead} 个任务多次重试仍失败，请在后台“任务”页查看原因并重办。"));
    }
    let long_ago = app.now().checked_sub(MOST_WAITING).unwrap_or_else(|_| app.now());
    let mut stuck = false;
    for queue in &counts {
        stuck |= store::job::any_ready(&read, &queue.queue, long_ago).await?;
    }
    if stuck {
        findings.wrong("任务", "有任务等候超过 5 分钟无人办理，请启动 zhengtong work 或 all 节点。");
    }
    if dead == 0 && !stuck {
        findings.right(
            "任务",
            format!("{} 个在等候或办理", counts.iter().map(|queue| queue.waiting + queue.running).sum::<u64>()),
        );
    }
    Ok(())
}

async fn placements(app: &App, findings: &mut Findings) -> AppResult<()> {
    let read = app.store.read();
    let late = store::setting::in_force(&read).await?.value("publish.late_minutes");
    let allowed = app.now().checked_sub(SignedDuration::from_mins(late)).unwrap_or_else(|_| app.now());
    let due = store::placement::due(&read, allowed, 1000).await?.len();
    match due {
        0 => findings.right("定时发布", "没有误点的"),
        due => findings
            .wrong("定时发布", format!("{due} 条超过时限未上线，请检查 work 或 all 节点是否在运行、时钟是否准确。")),
    }
    Ok(())
}
