//! Syllables as numbers, and which of them speakers of some regions do not tell apart.

use std::collections::BTreeMap;

/// All syllables of some readings.
#[derive(Debug, Clone, Default)]
pub struct Syllables {
    numbers: BTreeMap<String, u16>,
}

impl Syllables {
    /// Gathers the syllables of readings such as `zhong1`.
    pub fn of<'a>(readings: impl Iterator<Item = &'a str>) -> Self {
        let mut numbers: BTreeMap<String, u16> = readings.map(|reading| (split(reading).0.to_owned(), 0)).collect();
        numbers.values_mut().enumerate().for_each(|(at, number)| *number = at as u16);
        Self { numbers }
    }

    /// Syllable times eight plus tone.
    pub fn number(&self, reading: &str) -> Option<u16> {
        let (syllable, tone) = split(reading);
        Some(self.numbers.get(syllable)? << 3 | tone)
    }

    /// For each syllable the number of the first one that is not told apart from it.
    pub fn classes(&self) -> Vec<u16> {
        let mut first: BTreeMap<String, u16> = BTreeMap::new();
        self.numbers.iter().map(|(syllable, number)| *first.entry(blurred(syllable)).or_insert(*number)).collect()
    }
}

fn split(reading: &str) -> (&str, u16) {
    match reading.char_indices().last() {
        Some((at, last)) if last.is_ascii_digit() => (&reading[..at], (last as u16 - '0' as u16) & 7),
        _ => (reading, 0),
    }
}

/// zh, ch, sh as z, c, s; n and r as l; ang, eng, ing as an, en, in.
fn blurred(syllable: &str) -> String {
    let mut made = syllable.replace("zh", "z").replace("ch", "c").replace("sh", "s");
    if let Some(rest) = made.strip_prefix(['n', 'r']) {
        made = format!("l{rest}");
    }
    if ["ang", "eng", "ing"].iter().any(|ending| made.ends_with(ending)) {
        made.pop();
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_that_are_not_told_apart_share_a_class() {
        let readings = ["zhong1", "zong4", "nan2", "lang2", "xin1", "xing4", "guo2"];
        let syllables = Syllables::of(readings.into_iter());
        let classes = syllables.classes();
        let class = |reading: &str| syllables.number(reading).map(|number| classes[usize::from(number >> 3)]);
        assert_eq!(class("zhong1"), class("zong4"));
        assert_eq!(class("nan2"), class("lang2"));
        assert_eq!(class("xin1"), class("xing4"));
        assert_ne!(class("guo2"), class("zong4"));
        assert_eq!(syllables.number("guo2").map(|number| number & 7), Some(2));
        assert_eq!(syllables.number("qu4"), None);
    }
}
