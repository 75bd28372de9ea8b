//! Who does what when: the scenes of every document, in the order of their times.
//!
//! A document's `time` is when it was published (else last touched). What must happen before lies before: written and
//! submitted some two hours earlier, each step of the review half an hour apart; the afternoon before when it was
//! published in the morning. How many steps there are is known only once it is submitted, so [`after_submission`]
//! adds the rest.

use std::collections::BTreeMap;

use domain::time::beijing;
use jiff::{SignedDuration, Timestamp};

use super::{
    placeholders::{at, day_ago},
    source::{SampleDocument, SampleState},
};

/// Something that happens to a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    /// The author writes it, with its files and the columns it is meant for.
    Write,
    /// The author submits it.
    Submit,
    /// The reviewer of the present step passes it.
    Pass,
    /// A reviewer returns it.
    Return,
    /// A site manager of another site uses it, too.
    PlaceElsewhere,
    /// A new edition is written.
    Revise,
    /// It is withdrawn everywhere.
    Recall,
}

/// One thing to be done.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scene {
    /// Which document.
    pub document: usize,
    /// What happens.
    pub act: Act,
}

/// The scenes to come, by time.
#[derive(Debug, Default)]
pub(super) struct Script {
    scenes: BTreeMap<(Timestamp, usize), Scene>,
    written: usize,
}

impl Script {
    /// Writes the first scenes of all documents.
    pub(super) fn of(documents: &[SampleDocument], now: Timestamp) -> Self {
        let mut script = Self::default();
        for (document, sample) in documents.iter().enumerate() {
            let day = moment(sample, now);
            let before = |minutes| earlier(day, minutes);
            let (write, submit) = match sample.state {
                SampleState::Draft => (day, None),
                SampleState::Submitted => (before(35), Some(day)),
                _ => (before(150), Some(before(110))),
            };
            script.add(write, document, Act::Write);
            if let Some(submit) = submit {
                script.add(submit, document, Act::Submit);
            }
        }
        script
    }

    /// Adds a scene.
    pub(super) fn add(&mut self, at: Timestamp, document: usize, act: Act) {
        // Scenes of one moment happen in the order in which they were written.
        self.scenes.insert((at, self.written), Scene { document, act });
        self.written += 1;
    }

    /// Takes the next scene.
    pub(super) fn next(&mut self) -> Option<(Timestamp, Scene)> {
        let ((at, _), scene) = self.scenes.pop_first()?;
        Some((at, scene))
    }
}

/// Adds what follows a submission to a review of `steps` steps.
pub(super) fn after_submission(
    script: &mut Script,
    document: usize,
    sample: &SampleDocument,
    second: bool,
    steps: usize,
    now: Timestamp,
) {
    let day = match (&sample.second_edition, second) {
        (Some(edition), true) => at(day_ago(now, edition.days_ago), &edition.time).min(now),
        _ => moment(sample, now),
    };
    let passes = match sample.state {
        SampleState::Draft | SampleState::Submitted => 0,
        SampleState::InReview => sample.at_step.unwrap_or(1).saturating_sub(1),
        SampleState::Returned => sample.returned.as_ref().map_or(0, |returned| returned.at_step.saturating_sub(1)),
        _ => steps,
    };
    let last_is_day = sample.state != SampleState::Returned;
    for pass in 1..=passes {
        let behind = passes - pass + usize::from(!last_is_day);
        let minutes = i64::try_from(behind * 30).unwrap_or(0);
        script.add(if behind == 0 { day } else { earlier(day, minutes) }, document, Act::Pass);
    }
    if sample.state == SampleState::Returned {
        script.add(day, document, Act::Return);
    }
    if second || sample.state == SampleState::Draft {
        return;
    }
    if let Some(edition) = &sample.second_edition {
        let day = at(day_ago(now, edition.days_ago), &edition.time).min(now);
        script.add(earlier(day, 150), document, Act::Revise);
    }
    if let Some(recall) = &sample.recall {
        let morning = at(day_ago(now, recall.days_ago), "15:20");
        let soonest = later(day, 80);
        script.add(morning.max(soonest).min(now), document, Act::Recall);
    }
}

/// The document's own moment; never one that is still to come.
pub(super) fn moment(sample: &SampleDocument, now: Timestamp) -> Timestamp {
    at(day_ago(now, sample.days_ago), &sample.time).min(now)
}

/// `minutes` after.
pub(super) fn later(day: Timestamp, minutes: i64) -> Timestamp {
    day.checked_add(SignedDuration::from_mins(minutes)).unwrap_or(day)
}

/// `minutes` before, but within working hours: what would fall before eight is done the afternoon before.
pub(super) fn earlier(day: Timestamp, minutes: i64) -> Timestamp {
    let back = |from: Timestamp, by| from.checked_sub(by).unwrap_or(from);
    let before = back(day, SignedDuration::from_mins(minutes));
    let civil = before.to_zoned(beijing());
    let same_day = civil.date() == day.to_zoned(beijing()).date();
    if same_day && civil.hour() >= 8 { before } else { back(before, SignedDuration::from_hours(16)) }
}

#[cfg(test)]
mod tests {
    use domain::time::{beijing_minutes, parse_beijing};

    use super::*;

    #[test]
    fn what_would_fall_before_eight_is_done_the_afternoon_before() {
        let nine = parse_beijing("2026-11-20 09:00").unwrap();
        assert_eq!(beijing_minutes(earlier(nine, 30)), "2026-11-20 08:30");
        assert_eq!(beijing_minutes(earlier(nine, 150)), "2026-11-19 14:30");
    }

    #[test]
    fn earlier_scenes_never_come_after_later_ones() {
        for hour in 0..24 {
            let day = parse_beijing(&format!("2026-11-20 {hour:02}:15")).unwrap();
            let times: Vec<Timestamp> = [150, 110, 90, 60, 30].map(|minutes| earlier(day, minutes)).into();
            assert!(times.is_sorted(), "{hour}: {times:?}");
        }
    }
}
