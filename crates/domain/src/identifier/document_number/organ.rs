//! Organ marks and names of organs before a number.

use crate::identifier::normalise::{half_width, is_blank, is_han, is_invisible};

/// The longest mark before 〔年份〕 of an ordinary number: 国市监特食发 and the like stay far below it.
const MAX_MARK: usize = 20;
/// Names of joint organs, written in full.
const MAX_NAMES: usize = 100;

/// What an order or an announcement calls itself.
pub(super) const WORDS: &[&str] = &["令", "公告", "通告", "布告"];

/// The last characters of organs' names, between which a blank parts joint organs (财政部 税务总局公告…).
const ORGAN_ENDS: &str = "部局委会署办院行厅府室所社盟旗市县区州省军党";

/// Half-width without blanks, but with the one blank that parts the names of joint organs.
pub(super) fn joined(text: &str) -> String {
    let visible: String = text.chars().filter(|c| !is_invisible(*c)).map(half_width).collect();
    let mut kept = String::new();
    for token in visible.split(is_blank).filter(|token| !token.is_empty()) {
        if parts_names(&kept, token) {
            kept.push(' ');
        }
        kept.push_str(token);
    }
    // Only orders and announcements name their organs in full.
    if kept.contains(' ') && !head(&kept).is_some_and(ends_with_word) {
        kept.retain(|c| c != ' ');
    }
    kept
}

fn parts_names(before: &str, after: &str) -> bool {
    let names_only = !before.is_empty() && before.chars().all(|c| is_han(c) || matches!(c, ' ' | '、'));
    let last: String = before.rsplit([' ', '、']).next().unwrap_or_default().to_owned();
    let next = after.chars().take_while(|c| is_han(*c)).count();
    names_only
        && last.chars().count() >= 2
        && last.chars().next_back().is_some_and(|c| ORGAN_ENDS.contains(c))
        && next >= 3
        && !WORDS.iter().any(|word| after.starts_with(word))
}

/// What stands before the first digit, bracket or 第.
fn head(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !(is_han(c) || matches!(c, ' ' | '、')) || c == '第')?;
    text.get(..end)
}

/// Whether a mark ends with 令, 公告, 通告.
pub(super) fn ends_with_word(mark: &str) -> bool {
    WORDS.iter().any(|word| mark.ends_with(word))
}

/// The mark of an ordinary number: 2 to 20 Chinese characters.
pub(super) fn is_mark(text: &str) -> bool {
    (2..=MAX_MARK).contains(&text.chars().count()) && text.chars().all(is_han)
}

/// Names of one organ or several, parted by 、 or a blank.
pub(super) fn is_names(text: &str) -> bool {
    (2..=MAX_NAMES).contains(&text.chars().count())
        && text.split([' ', '、']).all(|name| name.chars().count() >= 2 && name.chars().all(is_han))
}
