//! What the pressed button of a draft's form asks for, after the draft has been saved.

use app::{AppError, attachment::Upload, screening_exception::NewException};
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
    /// 采纳建议: the finding, and which of its suggestions
    Adopt(String, usize),
    /// 已知悉、本处忽略
    Dispose(String, DispositionKind),
    /// 本稿忽略 (false), 本单位忽略 (true)
    Except(String, bool),
    /// 申请放行
    AskClearance(String),
    /// 对规则提出异议
    Appeal(String),
    /// 一键遮盖
    Mask,
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
            "adopt" => {
                let (finding, choice) = key.split_once(':').unwrap_or((key, "0"));
                choice.parse().map_or(Self::Save, |choice| Self::Adopt(finding.to_owned(), choice))
            }
            "accept" => dispose(DispositionKind::Accepted),
            "correct" => dispose(DispositionKind::Corrected),
            "overrule" => dispose(DispositionKind::Overruled),
            "except-item" => Self::Except(key.to_owned(), false),
            "except-unit" => Self::Except(key.to_owned(), true),
            "clearance" => Self::AskClearance(key.to_owned()),
            "appeal" => Self::Appeal(key.to_owned()),
            "mask" => Self::Mask,
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
                let counted = screening.findings.iter().filter(|one| !one.ignored()).count();
                let message = match (counted, standing) {
                    (0, _) if screening.findings.is_empty() => "机审完成，没有发现问题。".to_owned(),
                    (0, _) => "机审完成，没有新的问题（已按例外忽略的未计入）。".to_owned(),
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
            Self::Adopt(finding, choice) => {
                app::edition::adopt(app, actor, id, edition.lock_version, &finding, choice).await?;
                Ok(here("", "已按建议修改正文并重新机审。"))
            }
            Self::Dispose(finding, kind) => {
                let reason = submitted.text(&format!("reason.{finding}"));
                app::edition::dispose(app, actor, id, &finding, kind, Some(reason))
                    .await
                    .map_err(|error| at_reason_of(&finding, error))?;
                Ok(here("", "机审意见已处理。"))
            }
            Self::Except(finding, for_unit) => {
                let new = exception(submitted, &finding, for_unit)?;
                app::screening_exception::propose(app, actor, id, &finding, &new)
                    .await
                    .map_err(|error| at_reason_of(&finding, error))?;
                if for_unit {
                    let words = "已提交，本单位另一位审核人员或主办管理员复核后生效，可在“机审例外”页查看。";
                    return Ok(here("", words));
                }
                app::edition::screen(app, actor, id).await?;
                Ok(here("", "本稿以后不再提示这一处，可在“机审例外”页终止。"))
            }
            Self::AskClearance(finding) => {
                let reason = submitted.text(&format!("reason.{finding}"));
                app::clearance::ask(app, actor, id, &finding, reason)
                    .await
                    .map_err(|error| at_reason_of(&finding, error))?;
                Ok(here("", "放行申请已提交，由审核链最后一步的人员决定，结果显示在这一条机审意见下。"))
            }
            Self::Appeal(finding) => {
                let text = submitted.text(&format!("reason.{finding}"));
                let filed = app::appeal::file(app, actor, id, &finding, text)
                    .await
                    .map_err(|error| at_reason_of(&finding, error))?;
                Ok(here("", appeal_words(filed.joined)))
            }
            Self::Mask => {
                let masked = app::edition::mask_personal_data(app, actor, id, edition.lock_version).await?;
                let mut message = match masked.places {
                    0 => "没有可以自动遮盖的个人信息。".to_owned(),
                    places => format!("已遮盖 {places} 处个人信息并重新机审，请核对。"),
                };
                if !masked.left.is_empty() {
                    let left = masked.left.join("、");
                    message.push_str(&format!("{left}里的个人信息不能自动遮盖，请在文件或源代码里处理后重新上传。"));
                }
                Ok(here("", &message))
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

/// What is said after an appeal was filed or joined.
pub(crate) fn appeal_words(joined: bool) -> &'static str {
    if joined {
        "已有人对同一处提出异议，您的意见已一并转交自治区主管部门，答复会显示在您的工作台。"
    } else {
        "异议已转交自治区主管部门，10个工作日内答复，答复会显示在您的工作台。"
    }
}

fn exception(submitted: &Submitted, finding: &str, for_unit: bool) -> Result<NewException, AppError> {
    let until = submitted.text(&format!("until.{finding}"));
    let field = format!("until.{finding}");
    let until = match until.is_empty() {
        true => None,
        false => {
            let day = until.parse().map_err(|_| AppError::invalid(&field, "请填写截止日期，例如 2027-06-30。"))?;
            Some(day)
        }
    };
    Ok(NewException {
        for_unit,
        whole_rule: for_unit && submitted.has(&format!("whole.{finding}")),
        until,
        reason: submitted.text(&format!("reason.{finding}")).to_owned(),
    })
}

/// Every finding has its own field for the reason.
fn at_reason_of(finding: &str, error: AppError) -> AppError {
    match error {
        AppError::Invalid(problems) => AppError::Invalid(
            problems
                .into_iter()
                .map(|problem| match problem.field.as_str() {
                    "reason" | "text" => FieldProblem::new(format!("reason.{finding}"), problem.message),
                    "until" => FieldProblem::new(format!("until.{finding}"), problem.message),
                    field if field.ends_with(finding) => problem,
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
        assert_eq!(pressed("adopt:f1"), Intent::Adopt("f1".into(), 0));
        assert_eq!(pressed("adopt:f1:2"), Intent::Adopt("f1".into(), 2));
        assert_eq!(pressed("overrule:f1"), Intent::Dispose("f1".into(), DispositionKind::Overruled));
        for nonsense in ["", "remove:x", "delete", "submit2", "adopt:f1:x"] {
            assert_eq!(pressed(nonsense), Intent::Save, "{nonsense}");
        }
    }
}
