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

/// Long names, without 省, 市, 自治区 and the like, in the order of [`PROVINCES`].
pub const LONG_NAMES: &[&str] = &[
    "北京",
    "天津",
    "河北",
    "山西",
    "内蒙古",
    "辽宁",
    "吉林",
    "黑龙江",
    "上海",
    "江苏",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "山东",
    "河南",
    "湖北",
    "湖南",
    "广东",
    "广西",
    "海南",
    "重庆",
    "四川",
    "贵州",
    "云南",
    "西藏",
    "陕西",
    "甘肃",
    "青海",
    "宁夏",
    "新疆",
    "台湾",
    "香港",
    "澳门",
];

/// The short name by the long one, with or without its generic part: 内蒙古自治区 → 蒙.
pub fn short_of_long(name: &str) -> Option<char> {
    let at = LONG_NAMES.iter().position(|known| name.strip_prefix(known).is_some_and(is_generic))?;
    PROVINCES.get(at).map(|(_, short, _)| *short)
}

fn is_generic(rest: &str) -> bool {
    matches!(rest, "" | "省" | "市" | "自治区" | "壮族自治区" | "回族自治区" | "维吾尔自治区" | "特别行政区")
}

/// The place of a province among all, from 1, in the order of GB/T 2260: 蒙 → 5.
pub fn ordinal(code: &str) -> Option<usize> {
    PROVINCES.iter().position(|(known, ..)| *known == code).map(|at| at + 1)
}

/// The short name by [`ordinal`], e.g. 5 → 蒙.
pub fn by_ordinal(ordinal: usize) -> Option<char> {
    PROVINCES.get(ordinal.checked_sub(1)?).map(|(_, name, _)| *name)
}

/// Whether the two digits are a province's code.
pub fn is_code(code: &str) -> bool {
    short_name(code).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_province_has_its_names_in_the_same_place() {
        assert_eq!(PROVINCES.len(), LONG_NAMES.len());
        for (long, short, code) in [("内蒙古自治区", '蒙', "15"), ("四川", '川', "51"), ("澳门特别行政区", '澳', "82")]
        {
            assert_eq!(short_of_long(long), Some(short));
            assert_eq!(short_name(code), Some(short));
        }
        assert_eq!((short_of_long("内蒙"), short_of_long("蒙")), (None, None));
        assert_eq!((ordinal("15"), by_ordinal(5), by_ordinal(0), by_ordinal(99)), (Some(5), Some('蒙'), None, None));
    }
}
