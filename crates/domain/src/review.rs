//! A review (审核): the run of one submitted edition through its chain, and the four-eyes rule.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    duty::Duty,
    edition::Edition,
    ids::{CommentId, EditionId, PersonId, ReviewId, ReviewStepId, UnitId},
};

/// State of a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewState {
    /// 审核中
    Running,
    /// 已通过
    Passed,
    /// 已退回
    Returned,
    /// 已撤回送审: the writer took it back before a decision.
    Withdrawn,
}

impl ReviewState {
    /// Stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Passed => "passed",
            Self::Returned => "returned",
            Self::Withdrawn => "withdrawn",
        }
    }
    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Running, Self::Passed, Self::Returned, Self::Withdrawn].into_iter().find(|v| v.as_str() == text)
    }
    /// The word shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Running => "审核中",
            Self::Passed => "已通过",
            Self::Returned => "已退回",
            Self::Withdrawn => "已撤回送审",
        }
    }
}

/// Outcome of one step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepOutcome {
    /// 待审
    Waiting,
    /// 通过
    Passed,
    /// 退回
    Returned,
    /// 紧急跳过: owed until somebody reviews it afterwards (补审).
    Skipped,
    /// 已补审
    MadeUp,
}

impl StepOutcome {
    /// Stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Passed => "passed",
            Self::Returned => "returned",
            Self::Skipped => "skipped",
            Self::MadeUp => "made_up",
        }
    }
    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Waiting, Self::Passed, Self::Returned, Self::Skipped, Self::MadeUp]
            .into_iter()
            .find(|v| v.as_str() == text)
    }
    /// The word shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Waiting => "待审",
            Self::Passed => "通过",
            Self::Returned => "退回",
            Self::Skipped => "紧急跳过（待补审）",
            Self::MadeUp => "已补审",
        }
    }
}

/// One step of a review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewStep {
    /// Key.
    pub id: ReviewStepId,
    /// The review.
    pub review: ReviewId,
    /// 1-based place in the chain.
    pub position: i32,
    /// 初审, 复审 …
    pub name: String,
    /// The duty needed.
    pub duty: Duty,
    /// The unit whose reviewers decide.
    pub unit: UnitId,
    /// Outcome.
    pub outcome: StepOutcome,
    /// Who decided.
    pub decided_by: Option<PersonId>,
    /// The absent person for whom it was decided.
    pub on_behalf_of: Option<PersonId>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// Opinion, or the reason for a return or a skip.
    pub opinion: Option<String>,
    /// When it became this step's turn; `None` before.
    pub waiting_since: Option<Timestamp>,
    /// When it is overdue.
    pub due_at: Option<Timestamp>,
}

/// The run of one submitted edition through its chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Key.
    pub id: ReviewId,
    /// The edition.
    pub edition: EditionId,
    /// The unit that submitted it.
    pub unit: UnitId,
    /// State.
    pub state: ReviewState,
    /// The position whose turn it is.
    pub current_position: i32,
    /// Urgent path with its reason.
    pub urgent_reason: Option<String>,
    /// Digest of what was submitted ([`crate::edition::content_hash`]).
    pub content_hash: String,
    /// When it was submitted.
    pub started_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Steps in order.
    pub steps: Vec<ReviewStep>,
    /// Optimistic lock.
    pub lock_version: i64,
}

impl Review {
    /// The step whose turn it is.
    pub fn current_step(&self) -> Option<&ReviewStep> {
        self.steps.iter().find(|step| step.position == self.current_position && step.outcome == StepOutcome::Waiting)
    }
}

/// A remark at a place in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// Key.
    pub id: CommentId,
    /// The edition.
    pub edition: EditionId,
    /// The review in which it was made.
    pub review: Option<ReviewId>,
    /// `title`, `body` or an element's field name.
    pub field: String,
    /// Character range in the field's plain text, start inclusive, end exclusive.
    pub range: Option<(i32, i32)>,
    /// The words it refers to.
    pub quote: Option<String>,
    /// The remark.
    pub text: String,
    /// Who.
    pub made_by: PersonId,
    /// When.
    pub made_at: Timestamp,
    /// When the writer marked it as dealt with.
    pub resolved_at: Option<Timestamp>,
}

/// Says why `reviewer` (acting for `on_behalf_of`, if given) may not decide the current step; `None` when allowed.
///
/// 先审后发 with four eyes: nobody reviews what they wrote or submitted, and every step has a different person.
/// A stand-in counts as both persons, so delegation cannot fold two pairs of eyes into one.
pub fn four_eyes_objection(
    edition: &Edition,
    review: &Review,
    reviewer: PersonId,
    on_behalf_of: Option<PersonId>,
) -> Option<String> {
    let eyes: Vec<PersonId> = std::iter::once(reviewer).chain(on_behalf_of).collect();
    if eyes.iter().any(|person| edition.writers.contains(person) || edition.written_by == *person) {
        return Some("本稿由您（或委托您的人）撰写或修改，须由其他人审核。".into());
    }
    if eyes.iter().any(|person| edition.submitted_by == Some(*person)) {
        return Some("本稿由您（或委托您的人）送审，须由其他人审核。".into());
    }
    let decided = review.steps.iter().filter(|step| matches!(step.outcome, StepOutcome::Passed | StepOutcome::MadeUp));
    for step in decided {
        let before: Vec<PersonId> = step.decided_by.into_iter().chain(step.on_behalf_of).collect();
        if eyes.iter().any(|person| before.contains(person)) {
            return Some(format!("您（或委托您的人）已办理本稿的“{}”，每一步须由不同的人审核。", step.name));
        }
    }
    None
}
