//! What a person may do with an edition now, so that pages offer only what will be accepted.
//!
//! A courtesy, not a protection: every verb asks again.

use domain::{actor::Actor, edition::EditionState};
use policy::Action;

use crate::{App, edition::load::EditionView};

/// Buttons to offer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Abilities {
    /// 编辑
    pub edit: bool,
    /// 送审
    pub submit: bool,
    /// 撤回送审
    pub withdraw: bool,
    /// 放弃
    pub discard: bool,
    /// 修订
    pub revise: bool,
    /// 撤回（下线）
    pub recall: bool,
    /// 批注
    pub comment: bool,
    /// 对机审规则提出异议
    pub appeal: bool,
}

/// The buttons for `actor` on the page of an edition.
pub fn abilities(app: &App, actor: &Actor, view: &EditionView) -> Abilities {
    let target = view.loaded.target();
    let state = view.loaded.edition.state;
    let may = |action| app.policy.decide(actor, action, &target).allowed;
    let unfinished = view.siblings.iter().any(|edition| edition.state.open());
    Abilities {
        edit: state.editable() && may(Action::EditionEdit),
        submit: state.editable() && may(Action::EditionSubmit),
        withdraw: state == EditionState::InReview && may(Action::EditionWithdraw),
        discard: state.editable() && may(Action::EditionDiscard),
        revise: matches!(state, EditionState::Admitted | EditionState::Recalled)
            && !unfinished
            && may(Action::EditionEdit),
        recall: state == EditionState::Admitted && may(Action::ResourceRecall),
        appeal: view.inside && may(Action::AppealFile),
        comment: state.open() && actor.duties.iter().any(|held| held.unit == view.loaded.resource.unit),
    }
}
