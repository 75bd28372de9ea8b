//! `/console/migrations/new`: where the old pages come from.

use app::{AppError, migration::NewMigration};
use domain::{ids::SiteId, migration::SourceKind};
use minijinja::Value;

use super::frame::path_of;
use crate::{ListQuery, Page, Submitted, WebError, WebResult, form_view::FormView, portal::host_name, view};

const TEMPLATE: &str = "console/migration/new.html";

/// The blank form.
pub async fn form(page: Page, query: ListQuery) -> WebResult {
    let places = places(&page).await?;
    let form = FormView::blank()
        .with("site", query.filter("site").unwrap_or_default())
        .with("kind", "site")
        .with("max_pages", "20000")
        .with("delay", "500");
    page.render_form(TEMPLATE, places, &form)
}

/// Begins the migration. A file that was chosen has to be chosen again when something else was wrong.
pub async fn create(page: Page, submitted: Submitted) -> WebResult {
    let created = match submitted.text("site").parse::<SiteId>() {
        _ if let Some(refusal) = names_the_platform(&page, &submitted) => Err(refusal),
        Ok(site) => app::migration::create(page.app(), &page.actor, site, typed(&submitted)).await,
        Err(_) => Err(AppError::invalid("site", "请选择旧网站要迁入的网站。")),
    };
    match created {
        Ok(migration) => page.done(&path_of(migration.id), "迁移已新建，平台正在采集旧网站。"),
        Err(error @ (AppError::Invalid(_) | AppError::Conflict(_))) => {
            let places = places(&page).await?;
            page.ask_again(TEMPLATE, places, &submitted, error)
        }
        Err(error) => Err(error.into()),
    }
}

/// Nobody's old site answers at the platform's own name. On a machine of one's own both may share a number.
fn names_the_platform(page: &Page, submitted: &Submitted) -> Option<AppError> {
    let config = &page.web.config;
    let mut own: Vec<String> = vec![config.own_name()];
    own.extend(config.console_host.as_deref().map(host_name));
    own.retain(|name| name != "localhost" && !name.starts_with("127."));
    let field = |name: &'static str| {
        let words = submitted.text(name).split(|c: char| c.is_whitespace() || ",，、;；".contains(c));
        let mut hosts = words.map(|word| {
            let rest = word.split_once("://").map_or(word, |(_, rest)| rest);
            host_name(rest.split(['/', '?', '#']).next().unwrap_or_default())
        });
        let found = hosts.find(|host| own.contains(host))?;
        Some(AppError::invalid(name, format!("{found} 是本平台自己的域名，不能作为旧网站迁移。")))
    };
    field("address").or_else(|| field("more_hosts"))
}

fn typed(submitted: &Submitted) -> NewMigration {
    let text = |name: &str| submitted.text(name).to_owned();
    let kind = SourceKind::parse(submitted.text("kind"))
        .filter(|kind| matches!(kind, SourceKind::Site | SourceKind::File))
        .unwrap_or(SourceKind::Site);
    // A file left in the other half of the form is no source.
    let file = submitted.file("file").filter(|_| kind == SourceKind::File);
    NewMigration {
        name: text("name"),
        kind: Some(kind),
        address: text("address"),
        more_hosts: text("more_hosts"),
        max_pages: text("max_pages"),
        delay: text("delay"),
        ignore_robots: submitted.has("ignore_robots"),
        file: file.map(|file| (file.name.clone(), file.bytes.clone())),
        local: None,
    }
}

/// The sites to choose from.
async fn places(page: &Page) -> Result<Value, WebError> {
    let sites = app::migration::places(page.app(), &page.actor).await?;
    if sites.is_empty() {
        return Err(AppError::Forbidden(
            "网站迁移由网站主办单位的采编人员或主办管理员办理；您没有可以迁入的网站。".into(),
        )
        .into());
    }
    let sites: Vec<(SiteId, String)> =
        sites.into_iter().map(|site| (site.id, format!("{}（{}）", site.name, site.sponsor_name))).collect();
    Ok(view! { sites })
}
