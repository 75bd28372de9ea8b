//! The one-character names of the provinces and their two-digit codes (GB/T 2260).

/// Code, short name, and the second short name that telecoms authorities use for some provinces in ICP numbers.
const PROVINCES: &[(&str, char, Option<char>)] = &[
    ("11", '京', None),
    ("12", '津', None),
    ("13", '冀', None),
    ("14", '晋', None),
    ("15", '蒙', None),
    ("21", '辽', None),
    ("22", '吉', None),
    ("23", '黑', None),
    ("31", '沪', None),
    ("32", '苏', None),
    ("33", '浙', None),
    ("34", '皖', None),
    ("35", '闽', None),
    ("36", '赣', None),
    ("37", '鲁', None),
    ("41", '豫', None),
    ("42", '鄂', None),
    ("43", '湘', None),
    ("44", '粤', None),
    ("45", '桂', None),
    ("46", '琼', None),
    ("50", '渝', None),
    ("51", '川', Some('蜀')),
    ("52", '贵', Some('黔')),
    ("53", '云', Some('滇')),
    ("54", '藏', None),
    ("61", '陕', None),
    ("62", '甘', Some('陇')),
    ("63", '青', None),
    ("64", '宁', None),
    ("65", '新', None),
    ("71", '台', None),
    ("81", '港', None),
    ("82", '澳', None),
];

/// The short name of a province by its two-digit code, e.g. `15` → 蒙.
pub fn short_name(code: &str) -> Option<char> {
    PROVINCES.iter().find(|(known, ..)| *known == code).map(|(_, name, _)| *name)
}

/// The two-digit code by either short name, e.g. 蜀 → `51`.
pub fn code_of(name: char) -> Option<&'static str> {
    PROVINCES.iter().find(|(_, first, second)| *first == name || *second == Some(name)).map(|(code, ..)| *code)
}

/// Whether the two digits are a province's code.
pub fn is_code(code: &str) -> bool {
    short_name(code).is_some()
}
