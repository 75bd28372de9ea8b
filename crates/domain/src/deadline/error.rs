//! Why a deadline is not computed.

use super::terms::Counting;
use crate::calendar::{CalendarError, chinese_date};
use jiff::civil::DateTime;
use thiserror::Error;

/// Refusals, each by its name.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DeadlineError {
    /// The calendar does not know a year that is needed.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// This deadline cannot be extended.
    #[error("“{0}”的期限依规定不能延长：请撤回延期")]
    NotExtendable(String),
    /// It has been extended already.
    #[error("“{0}”的期限已经延长过一次，只能延长一次：请撤回后一次延期")]
    SecondExtension(String),
    /// The extension is longer than allowed.
    #[error("延长{asked}超过规定：最多延长{allowed}，请改正", asked = .counting.amount_in_chinese(*.asked), allowed = .counting.amount_in_chinese(*.allowed))]
    ExtensionTooLong {
        /// What is counted.
        counting: Counting,
        /// The extension asked for.
        asked: u32,
        /// The longest one.
        allowed: u32,
    },
    /// An extension by nothing.
    #[error("延长的时间是 0：请填写延长多少")]
    EmptyExtension,
    /// This deadline cannot be paused.
    #[error("“{0}”的期限依规定不能暂停计算：请删去暂停")]
    PauseNotAllowed(String),
    /// A pause ends before it begins.
    #[error("暂停的结束（{}）早于开始（{}）：请改正", moment(*.to), moment(*.from))]
    PauseEndsBeforeItBegins {
        /// Its beginning.
        from: DateTime,
        /// Its end.
        to: DateTime,
    },
    /// Two pauses overlap.
    #[error("从{}开始的暂停与前一段暂停重叠：请合并为一段，或者先结束前一段", moment(*.0))]
    PausesOverlap(DateTime),
    /// This deadline never begins anew.
    #[error("“{0}”的期限依规定不能重新起算：请删去补正")]
    RestartNotAllowed(String),
    /// A correction before the request.
    #[error("补正（{}）早于收到（{}）：请改正日期", moment(*.at), moment(*.received))]
    RestartBeforeStart {
        /// The correction.
        at: DateTime,
        /// The request.
        received: DateTime,
    },
    /// More days than a deadline of this kind can sensibly have.
    #[error("期限或者暂停的时间过长（超过一万日）：请检查日期和数量")]
    TooLong,
}

/// `2021年9月17日 16:30`; midnight shows the day alone.
pub(super) fn moment(at: DateTime) -> String {
    let day = chinese_date(at.date());
    let time = (at.hour(), at.minute());
    if time == (0, 0) || time == (23, 59) { day } else { format!("{day} {:02}:{:02}", time.0, time.1) }
}
