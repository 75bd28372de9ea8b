//! What the pressed button of a draft's form asks for, after the draft has been saved.

use app::{AppError, attachment::Upload};
use domain::{
    attachment::AttachmentUse, disposition::DispositionKind, edition::Edition, ids::AttachmentId, problem::FieldProblem,
};

use crate::{console::page::Page, form::Submitted};

/// The pressed button: the value of the field `do`, `verb` or `verb:key`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Intent {
    /// 保存
    Save,
    /// 机审
    Screen,
    /// 送审
    Submit,
    /// 上传附件
    Upload,
    /// 移除附件
    Remove(AttachmentId),
    /// 采纳建议
    Adopt(String),
    /// 已知悉、已改正、不采纳
    Dispose(String, DispositionKind),
}

/// Where to go next, and what to say there.
pub struct Outcome {
    /// Address.
    pub path: String,
    /// Message.
    pub message: String,
}

impl Intent {
    /// Reads the pressed button; the Enter key presses none and means to save.
    pub fn of(submitted: &Submitted) -> Self {
        let pressed = submitted.text("do");
        let (verb, key) = pressed.split_once(':').unwrap_or((pressed, ""));
        let dispose = |kind| Self::Dispose(key.to_owned(), kind);
        match verb {
            "screen" => Self::Screen,
            "submit" => Self::Submit,
            "upload" => Self::Upload,
            "remove" => key.parse().map_or(Self::Save, Self::Remove),
            "adopt" => Self::Adopt(key.to_owned()),
            "accept" => dispose(DispositionKind::Accepted),
            "correct" => dispose(DispositionKind::Corrected),
            "overrule" => dispose(DispositionKind::Overruled),
            _ => Self::Save,
        }
    }

    /// Does it to the edition just saved.
    pub async fn carry_out(self, page: &Page, edition: &Edition, submitted: &Submitted) -> Result<Outcome, AppError> {
        let (app, actor, id) = (page.app(), &page.actor, edition.id);
        let here = |place: &str, message: &str| Outcome {
            path: format!("/console/editions/{id}/edit{place}"),
            message: message.to_owned(),
        };
        match self {
            Self::Save if !submitted.text("file").is_empty() => {
                Ok(here("#files", "草稿已保存。所选的附件还没有上传，请重新选择后点“上传”。"))
            }
            Self::Save => {
                // Whoever works through findings wants them to follow the text.
                let known = app::edition::screening_of(app, actor, id).await?;
                if known.is_some_and(|screening| screening.outdated) {
                    app::edition::screen(app, actor, id).await?;
                    return Ok(here("", "草稿已保存，并重新机审。"));
                }
                Ok(here("", "草稿已保存。"))
            }
            Self::Screen => {
                let screening = app::edition::screen(app, actor, id).await?;
                let standing = screening.findings.iter().filter(|one| one.stands_in_the_way()).count();
                let message = match (screening.findings.len(), standing) {
                    (0, _) => "机审完成，没有发现问题。".to_owned(),
                    (all, 0) => format!("机审完成，有 {all} 处提示，请核对。"),
                    (all, standing) => format!("机审完成，共 {all} 处，其中 {standing} 处须改正后才能送审。"),
                };
                Ok(here("", &message))
            }
            Self::Submit => {
                app::edition::submit(app, actor, id, edition.lock_version).await?;
                let path = format!("/console/editions/{id}");
                Ok(Outcome {
                    path, message: "已送审。审核期间不能修改，需要修改时可先撤回送审。".into()
                })
            }
            Self::Upload => {
                let count = upload(page, edition, submitted).await?;
                Ok(here("#files", &format!("已上传 {count} 个附件。")))
            }
            Self::Remove(file) => {
                app::attachment::remove(app, actor, file).await?;
                Ok(here("#files", "附件已移除。"))
            }
            Self::Adopt(finding) => {
                app::edition::adopt(app, actor, id, edition.lock_version, &finding).await?;
                Ok(here("", "已按建议修改正文并重新机审。"))
            }
            Self::Dispose(finding, kind) => {
                let reason = submitted.text(&format!("reason.{finding}"));
                app::edition::dispose(app, actor, id, &finding, kind, Some(reason))
                    .await
                    .map_err(|error| at_reason_of(&finding, error))?;
                Ok(here("", "机审意见已处理。"))
            }
        }
    }
}

async fn upload(page: &Page, edition: &Edition, submitted: &Submitted) -> Result<usize, AppError> {
    let files: Vec<_> = submitted.files().iter().filter(|file| file.field == "file").collect();
    if files.is_empty() {
        return Err(AppError::invalid("file", "请先选择文件，再点“上传”。"));
    }
    for file in &files {
        let upload = Upload {
            file_name: file.name.clone(),
            bytes: file.bytes.clone(),
            usage: AttachmentUse::Listed,
            alt_text: None,
            replace: submitted.has("replace"),
        };
        app::attachment::upload(page.app(), &page.actor, edition.id, &upload).await?;
    }
    Ok(files.len())
}

/// Every finding has its own field for the reason.
fn at_reason_of(finding: &str, error: AppError) -> AppError {
    match error {
        AppError::Invalid(problems) => AppError::Invalid(
            problems
                .into_iter()
                .map(|problem| match problem.field.as_str() {
                    "reason" => FieldProblem::new(format!("reason.{finding}"), problem.message),
                    _ => FieldProblem::new("screening", problem.message),
                })
                .collect(),
        ),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pressed(value: &str) -> Intent {
        Intent::of(&Submitted::from_pairs(vec![("do".into(), value.into())]))
    }

    #[test]
    fn unknown_buttons_only_save() {
        assert_eq!(pressed("submit"), Intent::Submit);
        assert_eq!(pressed("adopt:f1"), Intent::Adopt("f1".into()));
        assert_eq!(pressed("overrule:f1"), Intent::Dispose("f1".into(), DispositionKind::Overruled));
        for nonsense in ["", "remove:x", "delete", "submit2"] {
            assert_eq!(pressed(nonsense), Intent::Save, "{nonsense}");
        }
    }
}
