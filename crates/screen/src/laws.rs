//! Names of national laws and administrative regulations, and which of them are no longer in force: known without any
//! library, from `data/laws.toml`.

use std::{collections::HashMap, sync::LazyLock};

use jiff::civil::Date;
use serde::Deserialize;

/// What the names of nearly all national laws begin with, and citations leave out.
pub const COUNTRY: &str = "中华人民共和国";

/// A law that is no longer in force.
#[derive(Debug, Deserialize)]
pub struct RepealedLaw {
    /// Full name.
    pub title: String,
    /// First day on which it was no longer in force.
    pub until: Option<Date>,
    /// Full name of what took its place.
    pub replaced_by: Option<String>,
    /// Reliability: `V` seen in a list of laws, `H` from general knowledge.
    pub mark: String,
}

#[derive(Deserialize)]
struct File {
    version: String,
    names: Vec<String>,
    repealed: Vec<RepealedLaw>,
}

/// What a name stands for.
#[derive(Debug, Clone, Copy)]
pub enum KnownLaw<'a> {
    /// It exists.
    Named(&'a str),
    /// It is no longer in force.
    Repealed(&'a RepealedLaw),
}

/// All names, by their name without [`COUNTRY`].
pub struct Laws {
    version: String,
    repealed: Vec<RepealedLaw>,
    names: Vec<String>,
    index: HashMap<String, Place>,
    /// Names without [`COUNTRY`] by their length in characters, to find those that differ in one place.
    by_length: HashMap<usize, Vec<(Vec<char>, String)>>,
}

#[derive(Clone, Copy)]
enum Place {
    Named(usize),
    Repealed(usize),
}

/// The laws that ship with the engine.
pub static LAWS: LazyLock<Laws> = LazyLock::new(|| Laws::read(include_str!("../data/laws.toml")));

/// A name without [`COUNTRY`].
pub fn short(name: &str) -> &str {
    name.strip_prefix(COUNTRY).filter(|rest| !rest.is_empty()).unwrap_or(name)
}

impl Laws {
    fn read(text: &str) -> Self {
        let File { version, names, repealed } =
            toml::from_str(text).expect("the file is part of the program and tested");
        let mut index = HashMap::new();
        let mut by_length: HashMap<usize, Vec<(Vec<char>, String)>> = HashMap::new();
        for (place, name) in names.iter().enumerate() {
            index.insert(short(name).to_owned(), Place::Named(place));
            let characters: Vec<char> = short(name).chars().collect();
            by_length.entry(characters.len()).or_default().push((characters, name.clone()));
        }
        for (place, law) in repealed.iter().enumerate() {
            index.insert(short(&law.title).to_owned(), Place::Repealed(place));
        }
        Self { version, repealed, names, index, by_length }
    }

    /// Version of the list.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The law of this name, with or without [`COUNTRY`].
    pub fn find(&self, name: &str) -> Option<KnownLaw<'_>> {
        match *self.index.get(short(name))? {
            Place::Named(place) => self.names.get(place).map(|name| KnownLaw::Named(name)),
            Place::Repealed(place) => self.repealed.get(place).map(KnownLaw::Repealed),
        }
    }

    /// The law that was probably meant by a name that no law has.
    pub fn meant_by(&self, name: &str) -> Option<&str> {
        let national = name.starts_with(COUNTRY);
        let characters: Vec<char> = short(name).chars().collect();
        let length = characters.len();
        // 管理办法 and the like are short for anything; 安生产法 can only be a law.
        let is_law = name.ends_with('法') && !name.ends_with("办法") && !name.ends_with("方法");
        let shortest = if national {
            3
        } else if is_law {
            4
        } else {
            6
        };
        if length < shortest || self.find(name).is_some() {
            return None;
        }
        // Rules for carrying out a law that exists may exist too, though the list lacks them.
        if let Some((law, _)) = name.split_once("法实施")
            && self.find(&format!("{law}法")).is_some()
        {
            return None;
        }
        let lengths = length.saturating_sub(2)..=length + 2;
        let mut best: Option<(usize, &str)> = None;
        for (known, full) in lengths.filter_map(|length| self.by_length.get(&length)).flatten() {
            // A name without the country's may be that of a local rule: only national ones are held to one slip.
            if !national && !full.starts_with(COUNTRY) && known.len() < 8 {
                continue;
            }
            if let Some(size) = slip(&characters, known, national)
                && best.is_none_or(|(least, _)| size < least)
            {
                best = Some((size, full));
            }
        }
        best.map(|(_, full)| full)
    }
}

/// How many neighbouring characters differ, if that is what a slip of the hand may change: one character, or two in a
/// long name, or two that changed places; never the whole kind of document.
pub fn slip(written: &[char], known: &[char], lenient: bool) -> Option<usize> {
    let head = written.iter().zip(known).take_while(|(a, b)| a == b).count();
    let room = written.len().min(known.len()) - head;
    let tail = written.iter().rev().zip(known.iter().rev()).take(room).take_while(|(a, b)| a == b).count();
    let (here, there) = (&written[head..written.len() - tail], &known[head..known.len() - tail]);
    let size = here.len().max(there.len());
    let swapped = here.len() == 2 && there.len() == 2 && here[0] == there[1] && here[1] == there[0];
    let is_slip = match size {
        1 => true,
        2 => swapped || lenient && written.len() >= 10 && tail >= 2 && here.len() == there.len(),
        _ => false,
    };
    is_slip.then_some(size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_reads_and_knows_full_and_short_names() {
        assert_eq!(LAWS.version(), "2026.11");
        assert!(matches!(LAWS.find("中华人民共和国民法典"), Some(KnownLaw::Named(_))));
        assert!(matches!(LAWS.find("民法典"), Some(KnownLaw::Named("中华人民共和国民法典"))));
        let Some(KnownLaw::Repealed(law)) = LAWS.find("合同法") else { panic!("合同法 is no longer in force") };
        assert_eq!(law.until, Some(jiff::civil::date(2021, 1, 1)));
        assert_eq!(law.replaced_by.as_deref(), Some("中华人民共和国民法典"));
        assert!(LAWS.find("示例法").is_none());
        assert!(LAWS.repealed.iter().all(|law| matches!(law.mark.as_str(), "V" | "H")));
        for by in LAWS.repealed.iter().filter_map(|law| law.replaced_by.as_deref()) {
            assert!(LAWS.find(by).is_some(), "{by}");
        }
    }

    #[test]
    fn slips_of_the_hand_are_understood_and_other_names_are_not() {
        for (written, meant) in [
            ("中华人民共和国政府信息公开条列", Some("中华人民共和国政府信息公开条例")),
            ("政府信息公开条列", Some("中华人民共和国政府信息公开条例")),
            ("中华人民共和国政府信公开条例", Some("中华人民共和国政府信息公开条例")),
            ("中华人民共和国政府信息开公条例", Some("中华人民共和国政府信息公开条例")),
            ("中华人民共和国消访法", Some("中华人民共和国消防法")),
            ("中华人民共和国政府信息公开条例", None),
            ("示例市政府信息公开条例", None),
            ("示例法", None),
            ("安生产法", Some("中华人民共和国安全生产法")),
            ("管理办法", None),
            ("中华人民共和国消防法实施条例", None),
            ("中华人民共和国示例管理办法", None),
        ] {
            assert_eq!(LAWS.meant_by(written), meant, "{written}");
        }
    }
}
