//! Looking at columns.

use domain::{
    actor::Actor,
    column::Column,
    ids::{ColumnId, SiteId},
    site::Site,
};

use crate::{App, AppError, AppResult, site};

/// The columns of a site that the actor may see, closed ones too, siblings in their order.
pub async fn list(app: &App, actor: &Actor, id: SiteId) -> AppResult<(Site, Vec<Column>)> {
    let read = app.store.read();
    let site = site::visible(app, &read, actor, id).await?;
    let columns = store::column::of_site(&read, id).await?;
    Ok((site, columns))
}

/// One column with its site.
pub async fn get(app: &App, actor: &Actor, id: ColumnId) -> AppResult<(Site, Column)> {
    let read = app.store.read();
    let column = store::column::by_id(&read, id).await?.ok_or_else(|| AppError::NotFound("栏目".into()))?;
    let site = site::visible(app, &read, actor, column.site).await.map_err(|_| AppError::NotFound("栏目".into()))?;
    Ok((site, column))
}
