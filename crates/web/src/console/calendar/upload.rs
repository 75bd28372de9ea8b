//! `/console/calendar/upload`: paste or upload, look at what was read, submit for confirmation.

use app::{
    AppError,
    calendar::{ArrangementInput, Preview},
};

use crate::{ListQuery, Page, Submitted, WebResult, form_view::FormView, view};

const TEMPLATE: &str = "console/calendar/upload.html";

/// The blank form.
pub async fn form(page: Page, query: ListQuery) -> WebResult {
    let shown = app::calendar::show(page.app(), &page.actor, None, None).await?;
    if !shown.may_upload {
        return Err(AppError::Forbidden("节假日安排由自治区主管巡检员或系统管理员录入，并由另一人复核。".into()).into());
    }
    let form = FormView::blank().with("year", query.filter("year").unwrap_or_default());
    page.render_form(TEMPLATE, view! { preview => None::<Preview> }, &form)
}

/// Looks (button 预览) or submits (button 提交复核). What was typed or uploaded stays in the form either way.
pub async fn upload(page: Page, submitted: Submitted) -> WebResult {
    let submitted = match with_the_file_as_text(&submitted) {
        Ok(None) => submitted,
        Ok(Some(with_text)) => with_text,
        Err(error) => return page.ask_again(TEMPLATE, view! { preview => None::<Preview> }, &submitted, error),
    };
    let input = match submitted.parse::<ArrangementInput>() {
        Ok(input) => input,
        Err(error) => return page.ask_again(TEMPLATE, view! { preview => None::<Preview> }, &submitted, error),
    };
    let preview = match app::calendar::preview(page.app(), &page.actor, &input).await {
        Ok(preview) => preview,
        Err(error) => return page.ask_again(TEMPLATE, view! { preview => None::<Preview> }, &submitted, error),
    };
    if submitted.text("step") != "submit" {
        return page.render_form(TEMPLATE, view! { preview => Some(preview) }, &FormView::typed(&submitted));
    }
    match app::calendar::upload(page.app(), &page.actor, &input).await {
        Ok(_) => {
            let year = preview.year.unwrap_or_default();
            page.done(&format!("/console/calendar?year={year}"), "已提交。请另一位人员对照通知原文复核，复核后生效。")
        }
        Err(error) => page.ask_again(TEMPLATE, view! { preview => Some(preview) }, &submitted, error),
    }
}

/// A chosen file takes the place of the pasted text, so that it is still there when the form comes back.
fn with_the_file_as_text(submitted: &Submitted) -> Result<Option<Submitted>, AppError> {
    let Some(file) = submitted.file("file") else { return Ok(None) };
    let text = std::str::from_utf8(&file.bytes).map_err(|_| {
        AppError::invalid(
            "file",
            "文件不是 UTF-8 编码的文本。请另存为“CSV UTF-8”或纯文本（UTF-8）后再上传，或者直接粘贴内容。",
        )
    })?;
    let kept = submitted.pairs().iter().filter(|(name, _)| name != "text").cloned();
    let pairs = kept.chain([("text".to_owned(), text.to_owned())]).collect();
    Ok(Some(Submitted::from_pairs(pairs)))
}
