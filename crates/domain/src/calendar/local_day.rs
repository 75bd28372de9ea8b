//! Days that a division or the region adds or takes away (地方加减日), such as a local festival.

use super::DayKind;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One local day. No notice of the State Council knows it, so it applies only where somebody lays it over the calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalDay {
    /// The date it changes.
    pub date: Date,
    /// Its name, e.g. 那达慕.
    pub name: String,
    /// Off or worked.
    pub effect: LocalDayEffect,
    /// The document that sets it; people see it in every explanation.
    pub source: String,
    /// Whether the competent office has confirmed that it counts for deadlines set by law. Unconfirmed (U) means no.
    #[serde(default)]
    pub counts_for_statutory_deadlines: bool,
}

/// What a local day does to the ordinary day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LocalDayEffect {
    /// 放假.
    Off,
    /// 上班.
    Work,
}

/// What the calendar is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LocalDayUse {
    /// A deadline set by law or by the State Council: only local days confirmed for it apply.
    Statutory,
    /// The office's own promises and duty rosters: all local days apply.
    OwnPromise,
}

impl LocalDayEffect {
    pub(super) fn is_workday(self) -> bool {
        self == Self::Work
    }
}

impl LocalDay {
    pub(super) fn applies_to(&self, purpose: LocalDayUse) -> bool {
        purpose == LocalDayUse::OwnPromise || self.counts_for_statutory_deadlines
    }

    pub(super) fn kind(&self) -> DayKind {
        match self.effect {
            LocalDayEffect::Off => DayKind::LocalDayOff(self.name.clone()),
            LocalDayEffect::Work => DayKind::LocalWorkday(self.name.clone()),
        }
    }

    pub(super) fn reason(&self) -> String {
        let effect = if self.effect.is_workday() { "地方安排上班" } else { "地方放假" };
        format!("{}{effect}（{}）", self.name, self.source)
    }
}
