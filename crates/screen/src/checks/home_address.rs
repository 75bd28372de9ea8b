//! Home addresses with a door number: …小区3号楼2单元501室, and plain house numbers where the text says that somebody
//! lives there. Addresses of offices and firms are public and only pointed out.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use crate::{
    check::{Check, Rule},
    collector::{Collector, Note},
    finding::{Category, Severity},
    view::{TextField, View},
};

/// Addresses down to the door.
pub struct HomeAddress;

const RULE: Rule<'static> = Rule::builtin("privacy.home_address", "个人信息保护法第四条、第六条、第三十四条");

/// House, stair and flat in the orders in which people write them.
static DOOR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        (?: (?:[0-9０-９A-Za-z一二三四五六七八九十]{1,4}\s?(?:号楼|号院|\#楼|栋|幢|座|楼|\#) [,，、\s]?)+ (?:[0-9０-９一二三四五六七八九十甲乙丙丁东西中]{1,3}\s?(?:单元|门洞|门)[,，、\s]?)?
              (?:[0-9０-９一二三四五六七八九十]{1,3}\s?(?:层|楼))? [0-9０-９]{1,4}\s?(?:室|户|房间|房|号|东户|西户|中户)
          | [0-9０-９A-Za-z一二三四五六七八九十]{1,4}\s?(?:号楼|号院|\#楼|栋|幢|座|\#) [0-9０-９一二三四五六七八九十]{1,3}\s?单元 (?:[0-9０-９]{2,4})?
          | [0-9０-９一二三四五六七八九十]{1,3}\s?单元 [0-9０-９]{2,4} (?:室|户|号)?
          | [0-9０-９A-Za-z]{1,4}\s?(?:号楼|栋|幢|座) [0-9０-９]{1,2}[-－—][0-9０-９]{3,4}(?:室|户)?
          | [0-9０-９]{1,3}[-－—][0-9０-９]{1,2}[-－—][0-9０-９]{3,4}(?:室|户)?
          | [0-9０-９]{3,4}室
          | (?:[0-9０-９]{1,5}|[一二三四五六七八九十百]{1,5})(?:组|队|社) [0-9０-９]{1,4}号
          | [0-9０-９]{1,5}号 (?:院|附[0-9０-９]{1,3}号|之[一二三四五六七八九十])? (?:[0-9０-９]{1,4}(?:室|户))?
        )",
    )
    .expect("a constant expression")
});
/// What an address ends in before its door.
static PLACE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:省|自治区|市|旗|县|区|盟|州|镇|乡|苏木|街道|社区|小区|花园|家园|佳苑|苑|园|馆|湾|庭|院子|名邸|国际|新城|名都|居|轩|山庄|庄园|府|城|公寓|宿舍|家属院|家属楼|大厦|大楼|广场|中心|写字楼|公司|局|厅|酒店|学校|医院|新村|村|嘎查|屯|庄|里|巷|胡同|弄|路|街|大道|道|组|队|楼|院|号)$")
        .expect("a constant expression")
});
/// Somebody lives there.
static HOME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("家住|住址|居住|住在|住于|现住|户籍|户口|租住|[,，、：]住|住$").expect("a constant expression")
});
/// Somebody may live there, or have a firm there.
static PARTY: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("家庭|住户|住所|居民|本人|当事人|申请人|业主").expect("a constant expression"));
/// A place for the public or for business.
static OFFICE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:办公|单位|公司|机关|政府|委员会|中心|大厅|大厦|大楼|广场|酒店|宾馆|医院|学校|大学|学院|局|厅|办事处|管理处|事务所|研究所|派出所|交易所|司法所|场所|车站|工作站|银行|支行|法院|检察院|协会|报社|写字楼|商务|产业|科技|工业|园区|商场|市场|邮寄|邮编|寄送|报送|报名|开标|评标|招标|采购|代理|领取|提交|受理|投诉|举报|接待|咨询|注册地|营业|经营|商店|门店|饭店|药店|店铺|会议|教室|诊室|窗口|考场|考点|座谈|听证|教学|实验|综合楼|行政|服务|图书馆|博物馆|体育馆|文化馆|展览馆|会馆|场馆)")
        .expect("a constant expression")
});

/// Characters of the address before its door that may belong to it.
const LONGEST: usize = 36;

impl Check for HomeAddress {
    fn id(&self) -> &'static str {
        "home_address"
    }
    fn name(&self) -> &'static str {
        "住址（含门牌号）"
    }
    fn category(&self) -> Category {
        Category::Privacy
    }

    fn run(&self, view: &View<'_>, out: &mut Collector<'_>) {
        for text in view.texts() {
            let mut covered = 0;
            for door in doors(&text.text) {
                let Some((range, severity)) = judged(text, covered, door) else { continue };
                covered = range.end;
                let message = if severity == Severity::Hint {
                    "出现带门牌号的地址，看来是办公或者经营地址，请确认不是个人住址。"
                } else {
                    "出现带门牌号的住址，能够识别到个人，应删除或只写到街道（乡镇）。"
                };
                let masked = masked(&text.text[range.clone()]);
                let message = message.to_owned();
                let note =
                    Note { rule: RULE, severity, message, suggestion: Some(masked.clone()), masked: Some(masked) };
                out.at(text, range, note);
            }
        }
    }
}

/// Doors; 示例路12号示例小区3号楼501室 is one that is reached by way of two.
fn doors(text: &str) -> Vec<Range<usize>> {
    let mut doors: Vec<Range<usize>> = Vec::new();
    for found in DOOR.find_iter(text) {
        match doors.last_mut() {
            Some(last) if leads_on(&text[last.end..found.start()]) => last.end = found.end(),
            _ => doors.push(found.range()),
        }
    }
    doors
}

/// One of them may stand between a place and its door.
const BLANKS: &[char] = &[' ', '\u{3000}', '\u{A0}'];

fn leads_on(between: &str) -> bool {
    let between = between.strip_prefix(BLANKS).unwrap_or(between);
    let between = between.strip_suffix(BLANKS).unwrap_or(between);
    between.len() <= 60 && between.chars().all(domain::identifier::normalise::is_han) && PLACE.is_match(between)
        || between.is_empty()
}

/// The whole address around a door, if it is one.
fn judged(text: &TextField<'_>, covered: usize, door: Range<usize>) -> Option<(Range<usize>, Severity)> {
    let words = &text.text[door.clone()];
    let head = text.before(door.start, LONGEST);
    let head = &head[head.len() - (door.start.saturating_sub(covered)).min(head.len())..];
    // In a table the place may stand in the cell before; then the door alone is reported.
    let cells = head.ends_with('\t');
    let bare = head.strip_suffix(BLANKS).or_else(|| head.strip_suffix('\t')).unwrap_or(head);
    let place = place_before(bare);
    let start = if cells { door.start } else { door.start - (head.len() - bare.len()) - place.len() };
    // A house with its stair or its flat says by itself that a place stands before it.
    let stair = words.contains("单元");
    let house = ["号楼", "栋", "幢", "座", "#"].iter().any(|word| words.contains(word)) && words.contains('室');
    let town = place.ends_with(['市', '省', '区', '县']) && !["小区", "社区"].iter().any(|word| place.ends_with(word));
    let estate = PLACE.is_match(place) && !town;
    let dashes = words.chars().all(|c| c.is_numeric() || matches!(c, '-' | '－' | '—'));
    let is_place = if dashes { estate } else { stair || house || PLACE.is_match(place) };
    if place.chars().count() < 2 || !is_place || follows_number(text, &door) {
        return None;
    }
    let context = text.before(start, 14);
    let context = context.rsplit(['。', '；', '\n']).next().unwrap_or(context);
    let lives = HOME.is_match(context) || HOME.is_match(place);
    let party = PARTY.is_match(context);
    let whole = &text.text[start..door.end];
    let after = text.after(door.end, 8);
    let office = OFFICE.is_match(context) || OFFICE.is_match(whole) || OFFICE.is_match(after);
    let flat = dashes || words.contains(['室', '户', '-', '－']) || words.contains("单元") || words.contains("房");
    let farm = words.contains(['组', '队', '社']) && words.ends_with('号');
    let severity = match (lives, flat || farm, office) {
        (true, true, _) | (_, true, false) => Severity::Warn,
        (true, false, false) => Severity::Warn,
        (false, false, false) if party => Severity::Warn,
        (false, true, true) => Severity::Hint,
        // A house number alone is mostly that of an office, and a road with a number is no secret.
        _ => return None,
    };
    Some((start..door.end, severity))
}

/// The end of `head` that reads as an address: Chinese characters, digits and dashes without a break.
fn place_before(head: &str) -> &str {
    let part = |c: char| {
        domain::identifier::normalise::is_han(c)
            || c.is_ascii_digit()
            || matches!(c, '０'..='９' | '·' | '-' | '－' | '#')
    };
    let start = head.char_indices().rev().take_while(|(_, c)| part(*c)).last().map_or(head.len(), |(at, _)| at);
    let place = &head[start..];
    // 家住, 地址为 … introduce an address; what stands before them is none of it.
    let introduced = ["住址", "住在", "住于", "家住", "现住", "租住", "居住", "位于", "地址", "户籍", "坐落", "住"];
    let from = introduced.iter().filter_map(|word| place.rfind(word).map(|at| at + word.len())).max().unwrap_or(0);
    let place = &place[from..];
    let from = ["为", "是", "地", "所", "在", "于", "址"].iter().find_map(|word| place.strip_prefix(word));
    if introduced.iter().any(|word| head.contains(word)) { from.unwrap_or(place) } else { place }
}

/// 第12号, 〔2021〕12号, 京12号: something that is counted.
fn follows_number(text: &TextField<'_>, door: &Range<usize>) -> bool {
    let before = text.before(door.start, 3);
    before.ends_with(|c: char| c.is_ascii_digit() || c == '-')
        || before.ends_with(['第', '〕', ']', '）', ')', '.', '．', '年', '月', '№'])
        || text.after(door.end, 1) == "文"
}

/// Digits starred, and Chinese numerals that count houses, stairs and flats.
fn masked(address: &str) -> String {
    const COUNTED: &[&str] = &["号", "栋", "幢", "座", "楼", "单元", "门", "层", "室", "户", "组", "队", "社"];
    let characters: Vec<(usize, char)> = address.char_indices().collect();
    let mut masked = String::with_capacity(address.len());
    for (place, (_, character)) in characters.iter().enumerate() {
        let numeral = |c: char| "一二三四五六七八九十百".contains(c);
        let rest = characters[place..].iter().find(|(_, c)| !numeral(*c)).map_or("", |(at, _)| &address[*at..]);
        let digit = matches!(character, '0'..='9' | '０'..='９');
        let counts = numeral(*character) && COUNTED.iter().any(|word| rest.starts_with(word));
        masked.push(if digit || counts { '*' } else { *character });
    }
    masked
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::Field;

    fn found(text: &str) -> Vec<(String, Severity)> {
        let field = TextField::new(Field::Body, text);
        let judged = doors(text).into_iter().filter_map(|door| judged(&field, 0, door));
        judged.map(|(range, severity)| (text[range].to_owned(), severity)).collect()
    }

    #[test]
    fn addresses_with_a_door_are_found() {
        for (text, address) in [
            (
                "甲某，家住示例市新城区示例路12号示例小区3号楼2单元501室。",
                "示例市新城区示例路12号示例小区3号楼2单元501室",
            ),
            ("地址：示例小区3栋2单元501", "示例小区3栋2单元501"),
            ("甲某\t示例街道示例家园5-2-301室\t", "示例街道示例家园5-2-301室"),
            ("示例苑十二号楼三单元402户", "示例苑十二号楼三单元402户"),
            ("住址：示例旗示例苏木示例嘎查三组25号", "示例旗示例苏木示例嘎查三组25号"),
            ("住示例县示例镇示例村8号", "示例县示例镇示例村8号"),
            ("现住示例市示例区示例路12号", "示例市示例区示例路12号"),
            ("示例花园A座1203室", "示例花园A座1203室"),
            ("住所：示例小区3号楼2单元501室", "示例小区3号楼2单元501室"),
            ("联系地址：东方公馆3号楼501室", "东方公馆3号楼501室"),
            ("家住示例路12号示例公寓1203室", "示例路12号示例公寓1203室"),
            ("家住示例小区 3号楼 2单元 501室。", "示例小区 3号楼 2单元 501室"),
            ("家住示例小区3栋2-501，", "示例小区3栋2-501"),
            ("家住示例小区12-3-502，", "示例小区12-3-502"),
            ("甲\t示例小区\t3号楼2单元501室\t", "3号楼2单元501室"),
        ] {
            assert_eq!(found(text), [(address.to_owned(), Severity::Warn)], "{text}");
        }
    }

    #[test]
    fn addresses_of_offices_are_pointed_out_or_left_alone() {
        for (text, severity) in [
            ("办公地址：示例市新城区示例路1号院2号楼305室", Some(Severity::Hint)),
            ("当事人：示例有限公司，地址：示例路1号示例大厦1203室", Some(Severity::Hint)),
            ("报送地点：示例区示例大厦A座1203室", Some(Severity::Hint)),
            ("地址：示例市示例路1号", None),
            ("示例市政务服务中心位于示例路1号", None),
            ("按照示政发〔2021〕12号要求", None),
            ("本次列车第12号", None),
            ("会议在3楼会议室召开", None),
            ("共有12户", None),
            ("考生到教学楼301室集合", Some(Severity::Hint)),
            ("在301室开会", None),
            ("会议于2021-03-0512", None),
            ("建成3栋12层楼房", None),
        ] {
            assert_eq!(found(text).first().map(|(_, severity)| *severity), severity, "{text}");
        }
    }

    #[test]
    fn a_masked_address_holds_no_numbers() {
        assert_eq!(masked("示例路12号示例小区3号楼十二单元501室"), "示例路**号示例小区*号楼**单元***室");
        assert_eq!(masked("三里河示例嘎查三组25号"), "三里河示例嘎查*组**号");
        for address in ["示例小区3号楼2单元501室", "示例嘎查三组25号", "示例家园5-2-301室"] {
            assert_eq!(found(&format!("住址：{}", masked(address))), [], "{}", masked(address));
        }
    }
}
