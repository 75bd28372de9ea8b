//! Columns (栏目) of a site: added, changed, moved, closed.

mod change;
mod close;
mod create;
mod list;
mod moving;
mod shift;

pub use change::{ColumnChange, change};
pub use close::{close, reopen};
pub use create::{NewColumn, create};
pub use list::{get, list};
pub use moving::move_to;
pub use shift::{Direction, shift};

use domain::{actor::Actor, column::Column, ids::ColumnId, problem::FieldProblem, site::Site};
use policy::{Action, Target};
use store::Tx;

use crate::{App, AppError, AppResult, authorise};

/// A column with its site, locked, that the actor may change.
pub(crate) async fn lock_for(app: &App, tx: &Tx, actor: &Actor, id: ColumnId) -> AppResult<(Site, Column)> {
    let missing = || AppError::NotFound("栏目".into());
    let seen = store::column::by_id(tx, id).await?.ok_or_else(missing)?;
    let site = lock_site(app, tx, actor, seen.site).await?;
    let column = store::column::lock(tx, id).await?.ok_or_else(missing)?;
    Ok((site, column))
}

/// A site, locked, whose columns the actor may change: the tree of a site changes one change at a time.
pub(crate) async fn lock_site(app: &App, tx: &Tx, actor: &Actor, id: domain::ids::SiteId) -> AppResult<Site> {
    let site = store::site::lock(tx, id).await?.ok_or_else(|| AppError::NotFound("网站".into()))?;
    let target = Target::Site { sponsor_path: &site.sponsor_path };
    authorise::visible(app, actor, Action::SiteRead, &target, "网站")?;
    authorise::require(app, actor, Action::ColumnChange, &target)?;
    Ok(site)
}

/// Path of a column below `parent`.
pub(crate) fn path_below(parent: Option<&Column>, slug: &str) -> String {
    parent.map_or_else(|| slug.to_owned(), |parent| format!("{}/{slug}", parent.path))
}

/// What a column is called and what it is for; the tags that every page in it carries (国办发〔2017〕47号 附件2).
pub(crate) struct Tags<'a> {
    pub(crate) name: &'a str,
    pub(crate) column_type: &'a str,
    pub(crate) description: &'a str,
    pub(crate) keywords: &'a str,
}

/// What is wrong with a column's facts. A tag that is missing here would refuse every page of the column later.
pub(crate) fn problems(slug: &str, tags: &Tags<'_>, top: bool) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    let word = !slug.is_empty()
        && slug.len() <= 40
        && slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if !word {
        problems.push(FieldProblem::new("slug", "栏目网址只能用小写字母、数字和短横线，不超过 40 个字符。"));
    }
    // `content` and `assets` are folders of every site; `p1` would look like a page of the list above.
    let list_page =
        slug.strip_prefix('p').is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()));
    if (top && matches!(slug, "content" | "assets" | "sites" | "console" | "api")) || list_page {
        problems.push(FieldProblem::new("slug", format!("“{slug}”由平台保留，请换一个栏目网址。")));
    }
    let needed = [
        ("name", tags.name, "请填写栏目名称。"),
        ("column_type", tags.column_type, "请选择栏目类别。"),
        ("description", tags.description, "请填写栏目描述：网页的栏目标签必须有它，缺少时页面不能发布。"),
        ("keywords", tags.keywords, "请填写栏目关键词：网页的栏目标签必须有它，缺少时页面不能发布。"),
    ];
    for (field, value, message) in needed {
        if value.trim().is_empty() {
            problems.push(FieldProblem::new(field, message));
        }
    }
    problems
}
