//! Precision, recall and their harmonic mean.

use serde::Serialize;

/// How many were right among those reported and among those expected.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Score {
    /// Reported and right.
    pub right: usize,
    /// Reported.
    pub reported: usize,
    /// Expected.
    pub expected: usize,
}

impl Score {
    /// Share of the right ones among those reported, 0 to 1; 1 when nothing was reported, since nothing was wrong.
    pub fn precision(&self) -> f64 {
        if self.reported == 0 { 1.0 } else { self.right as f64 / self.reported as f64 }
    }
    /// Share of the right ones among those expected, 0 to 1; 1 when nothing was expected.
    pub fn recall(&self) -> f64 {
        if self.expected == 0 { 1.0 } else { self.right as f64 / self.expected as f64 }
    }
    /// Harmonic mean of both, 0 to 1.
    pub fn f1(&self) -> f64 {
        let both = (self.reported + self.expected) as f64;
        if both == 0.0 { 1.0 } else { 2.0 * self.right as f64 / both }
    }
    /// Adds one sentence or place.
    pub fn add(&mut self, right: usize, reported: usize, expected: usize) {
        self.right += right;
        self.reported += reported;
        self.expected += expected;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_of_what_was_reported_and_of_what_was_expected() {
        let score = Score { right: 6, reported: 8, expected: 12 };
        assert_eq!((score.precision(), score.recall(), score.f1()), (0.75, 0.5, 0.6));
        assert_eq!(Score::default().f1(), 1.0);
        assert_eq!(Score { right: 0, reported: 0, expected: 3 }.f1(), 0.0);
    }
}
