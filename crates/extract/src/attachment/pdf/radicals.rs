//! Maps of fonts sometimes give a radical, a ligature or a width variant where the page shows the ordinary character:
//! the two look alike to a reader, and must be the same to a search.

use unicode_normalization::UnicodeNormalization;

/// Radicals Unicode gives no decomposition for, each followed by its ordinary character.
const RADICALS: &[&str] = &[
    "⺁厂⺇几⺈刀⺊卜⺋卩⺌小⺍小⺎兀⺏尢⺐尣⺒巳⺓幺⺖忄⺗心⺘扌⺙攵⺛旡⺜曰⺝月⺞歺⺟母⺠民⺡氵⺢水⺣灬⺤爪⺥爪⺦丬⺨犭⺩王⺫罒⺬示⺭礻⺯糸⺰纟⺱罓⺲罒⺳罒⺵罓⺶羊",
    "⺷羊⺸羊⺹耂⺻聿⺼月⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟食⻠饣⻡首",
    "⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟",
];

/// The text with ordinary characters, and spaces of one width.
pub(super) fn same_characters(text: &str) -> String {
    let odd = |character: char| matches!(character, '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{fb06}');
    if !text.contains(odd) {
        return text.to_owned();
    }
    let mut same = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\u{2e80}'..='\u{2eff}' => same.push(ordinary(character)),
            other if odd(other) => same.extend(std::iter::once(other).nfkc()),
            other => same.push(other),
        }
    }
    same
}

fn ordinary(radical: char) -> char {
    let mut all = RADICALS.iter().flat_map(|row| row.chars());
    while let (Some(known), Some(ordinary)) = (all.next(), all.next()) {
        if known == radical {
            return ordinary;
        }
    }
    radical
}

#[cfg(test)]
mod tests {
    use super::same_characters;

    #[test]
    fn radicals_ligatures_and_spaces_become_ordinary() {
        assert_eq!(same_characters("\u{2f8f}政区\u{2ea0}政\u{2002}\u{fb01}le"), "行政区民政 file");
        assert_eq!(same_characters("\u{2eda}\u{2ed3}\u{2ee2}"), "页长马");
    }
}
