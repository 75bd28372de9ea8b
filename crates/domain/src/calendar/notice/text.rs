//! The pasted text: characters with their line, in one spelling.

/// One character and the line it stands on, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Char {
    pub(super) c: char,
    pub(super) line: usize,
}

/// Text whose brackets, colons, commas, dashes and digits have one spelling and which has no blanks but line ends.
#[derive(Debug, Clone, Default)]
pub(super) struct Text(pub(super) Vec<Char>);

impl Text {
    pub(super) fn new(text: &str) -> Self {
        let mut chars = Vec::with_capacity(text.len());
        for (index, line) in text.lines().enumerate() {
            for c in line.chars().filter_map(one_spelling) {
                chars.push(Char { c, line: index + 1 });
            }
            chars.push(Char { c: '\n', line: index + 1 });
        }
        Self(chars)
    }

    /// The characters alone.
    pub(super) fn string(chars: &[Char]) -> String {
        chars.iter().map(|char| char.c).collect()
    }
}

/// Whether `chars` begin with `word`.
pub(super) fn begins_with(chars: &[Char], word: &str) -> bool {
    let mut rest = chars.iter();
    word.chars().all(|c| rest.next().is_some_and(|char| char.c == c))
}

fn one_spelling(c: char) -> Option<char> {
    Some(match c {
        '（' | '﹙' => '(',
        '）' | '﹚' => ')',
        '：' | '﹕' => ':',
        '，' | '﹐' => ',',
        '；' | '﹔' => ';',
        '．' => '.',
        '－' | '—' | '–' | '―' | '‐' | '‑' | '−' | '~' | '～' | '〜' | '─' => '-',
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
        '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}' => return None,
        _ if c.is_whitespace() || c.is_control() => return None,
        _ => c,
    })
}
