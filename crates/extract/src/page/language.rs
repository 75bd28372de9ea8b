//! The language of a text by its script; letters that only one language uses decide between languages of one script.

use super::output::Language;

pub(super) fn of(text: &str, claimed: Option<&str>) -> Language {
    #[derive(Default)]
    struct Counts {
        han: usize,
        kana: usize,
        hangul: usize,
        mongolian: usize,
        tibetan: usize,
        arabic: usize,
        cyrillic: usize,
        latin: usize,
    }
    let mut counts = Counts::default();
    let (mut mongolian_letters, mut kazakh, mut uyghur, mut traditional, mut simplified) = (0, 0, 0, 0, 0);
    for character in text.chars().take(20_000) {
        match character {
            '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' => {
                counts.han += 1;
                traditional += usize::from(TRADITIONAL.contains(character));
                simplified += usize::from(SIMPLIFIED.contains(character));
            }
            '\u{3040}'..='\u{30FF}' => counts.kana += 1,
            '\u{AC00}'..='\u{D7AF}' => counts.hangul += 1,
            '\u{1800}'..='\u{18AF}' | '\u{E234}'..='\u{E34F}' => counts.mongolian += 1,
            '\u{0F00}'..='\u{0FFF}' => counts.tibetan += 1,
            '\u{0600}'..='\u{06FF}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}' => {
                counts.arabic += 1;
                // Uyghur writes its vowels; Kazakh has the high hamza.
                uyghur += usize::from("ېۈۆۇەۋ".contains(character));
                kazakh += usize::from(character == '\u{0674}');
            }
            '\u{0400}'..='\u{04FF}' => {
                counts.cyrillic += 1;
                mongolian_letters += usize::from("өүӨҮ".contains(character));
            }
            'a'..='z' | 'A'..='Z' => counts.latin += 1,
            _ => {}
        }
    }
    let best = [
        (counts.han * 3 + counts.kana, 0),
        (counts.hangul * 3, 1),
        (counts.mongolian, 2),
        (counts.tibetan, 3),
        (counts.arabic, 4),
        (counts.cyrillic, 5),
        (counts.latin, 6),
    ]
    .into_iter()
    .max_by_key(|(count, script)| (*count, 6 - script));
    let Some((count, script)) = best else { return Language::Unknown };
    if count == 0 {
        return Language::Unknown;
    }
    match script {
        0 if counts.kana * 8 > counts.han => Language::Japanese,
        0 if traditional > simplified => Language::ChineseTraditional,
        0 => Language::Chinese,
        1 => Language::Korean,
        2 => Language::MongolianTraditional,
        3 => Language::Tibetan,
        4 if kazakh * 20 > counts.arabic || claimed.is_some_and(|tag| tag.starts_with("kk")) => Language::Kazakh,
        4 if uyghur > 0 || claimed.is_some_and(|tag| tag.starts_with("ug")) => Language::Uyghur,
        4 => Language::Unknown,
        // Both use ы; only one of them has ө and ү.
        5 if mongolian_letters * 200 > counts.cyrillic || claimed.is_some_and(|tag| tag.starts_with("mn")) => {
            Language::MongolianCyrillic
        }
        5 => Language::Russian,
        _ => Language::English,
    }
}

/// Frequent characters that only one of the two ways of writing has.
const TRADITIONAL: &str =
    "國會這來時個們說為學對發經過後動開關問題業實現體專門與點區電務長軍車東語書見員機總義無產種論結組織變應該條當黨廣";
const SIMPLIFIED: &str =
    "国会这来时个们说为学对发经过后动开关问题业实现体专门与点区电务长军车东语书见员机总义无产种论结组织变应该条当党广";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_tell_languages_apart() {
        for (text, expected) in [
            ("自治区人民政府办公厅关于印发方案的通知", Language::Chinese),
            ("國務院辦公廳關於開展檢查的通知", Language::ChineseTraditional),
            ("ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ", Language::MongolianTraditional),
            ("Монгол хэлний үг өгүүлбэр", Language::MongolianCyrillic),
            ("Объявление и события", Language::Russian),
            ("བོད་སྐད", Language::Tibetan),
            ("ئۇيغۇر تىلى ھۆكۈمەت", Language::Uyghur),
            ("Government of the People", Language::English),
            ("これは日本語の文章です", Language::Japanese),
            ("한국어 문장", Language::Korean),
            ("12345", Language::Unknown),
        ] {
            assert_eq!(of(text, None), expected, "{text}");
        }
    }
}
