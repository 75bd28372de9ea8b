//! Scores (评分): from the verdicts of all indicators to 合格, 不合格 or 尚不能判定 (国办秘函〔2019〕19号 评分总则).
//!
//! One veto and the subject fails without a score: the total is absent, not nothing. Otherwise deductions are taken from
//! their total, no indicator taking more than its own points; below the pass line the subject fails. Only above the bonus
//! line do bonuses count. Bodies without services to the public are judged on the rest of the sheet, converted to a full
//! one (75 × 4/3). Where observations are lacking, the best and the worst possible score may still decide; where they do
//! not, the result says what is lacking. Read [`assessment`] → [`line`] → [`judge`](mod@judge) → [`explain`].

pub mod assessment;
pub mod explain;
pub mod judge;
pub mod line;
#[cfg(test)]
mod tests;

pub use assessment::Assessment;
pub use judge::{Outcome, PackVersion, Provisional, Reason, Score, score};
pub use line::Line;
