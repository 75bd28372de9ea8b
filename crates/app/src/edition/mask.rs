//! 一键遮盖: every piece of personal data that the machine found in the text is put in its masked form, in one save;
//! attachments of kinds that can be masked are replaced by masked copies.

use domain::{actor::Actor, ids::EditionId};
use screen::{Category, Finding};

use crate::{
    App, AppError, AppResult,
    edition::{
        adopt::{change_of, put, suggestions},
        load::load,
        mask_attachments::mask_attachments,
        save::save,
        screen::{screen, screening_of},
    },
};

/// What masking led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Masked {
    /// Places that were masked.
    pub places: usize,
    /// Fields with personal data that could not be masked (附件1, 正文源代码 …), each once.
    pub left: Vec<String>,
}

/// Masks all personal data of a draft, saves once and screens again.
///
/// # Errors
/// As for saving; [`AppError::Conflict`] when nothing of the kind was found, or somebody else saved first.
pub async fn mask_personal_data(app: &App, actor: &Actor, id: EditionId, lock_version: i64) -> AppResult<Masked> {
    let screening = match screening_of(app, actor, id).await?.filter(|report| !report.outdated) {
        Some(current) => current,
        None => screen(app, actor, id).await?,
    };
    let mut found: Vec<Finding> = screening
        .findings
        .into_iter()
        .map(|one| one.finding)
        .filter(|finding| finding.category == Category::Privacy)
        .collect();
    // From the end to the beginning, so that the places still to come stay where they are.
    found.sort_by_key(|finding| std::cmp::Reverse((finding.field, finding.range)));
    let mut change = change_of(load(app, actor, id).await?.edition);
    change.lock_version = lock_version;
    let mut masked: Vec<Finding> = Vec::new();
    for finding in found {
        let overlaps = |other: &Finding| {
            other.field == finding.field
                && other.range.zip(finding.range).is_some_and(|(later, this)| later.start < this.end)
        };
        if masked.last().is_some_and(overlaps) {
            continue;
        }
        let form = suggestions(&finding).into_iter().next();
        if form.is_some_and(|form| put(&mut change, &finding, &form)) {
            masked.push(finding);
        }
    }
    if !masked.is_empty() {
        save(app, actor, id, &change).await?;
    }
    let in_attachments = mask_attachments(app, actor, &load(app, actor, id).await?).await?;
    let after = screen(app, actor, id).await?;
    let mut left: Vec<String> = after
        .findings
        .iter()
        .filter(|one| one.finding.category == Category::Privacy)
        .map(|one| one.finding.field.chinese())
        .collect();
    left.sort_unstable();
    left.dedup();
    let places = masked.len() + in_attachments;
    if places == 0 && left.is_empty() {
        return Err(AppError::Conflict("没有发现需要遮盖的个人信息。".into()));
    }
    Ok(Masked { places, left })
}
