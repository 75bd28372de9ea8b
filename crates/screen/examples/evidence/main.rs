//! Precision and recall of the detectors, measured by putting known faults into documents that offices published.
//!
//! `ZHENGTONG_DATA=… cargo run --release -p screen --example evidence [RULE]`: for every fault, 300 documents each get
//! one; found means a finding of the right rule that overlaps it. Precision counts all findings of that rule in those
//! documents. With a rule's name what was missed is printed. Faults are drawn by a fixed sequence: every run is equal.

mod pictures;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use domain::{identifier::personal_id::check_character, resource::ResourceKind, time::parse_beijing};
use screen::{Engine, Field, Subject, host, plain_text, resemblance, signature, similarity::Shingles};

/// SplitMix64.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let number = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let number = (number ^ number >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((number ^ number >> 31) % limit.max(1) as u64).unwrap_or_default()
    }
    fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + self.below(10) as u8)).collect()
    }
    fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }
}

/// The words to put into a text: what stands before the fault, the fault, what stands after it.
type Fault = (String, String, String);

fn personal_id(dice: &mut Dice) -> Fault {
    let division = dice.pick(&["150102", "150203", "110105", "440305", "320102"]);
    let head = format!(
        "{division}{}{:02}{:02}{}",
        1950 + dice.below(60),
        1 + dice.below(12),
        1 + dice.below(28),
        dice.digits(3)
    );
    let id = format!("{head}{}", check_character(&head).unwrap_or('X'));
    let id = match dice.below(5) {
        0 => format!("{} {} {}", &id[..6], &id[6..14], &id[14..]),
        1 => id.replace('1', "１"),
        2 => format!("{}\u{200B}{}", &id[..8], &id[8..]),
        3 => id.to_lowercase(),
        _ => id,
    };
    let before = dice.pick(&["当事人身份证号", "（公民身份号码：", "甲\t男\t", "其", "证件号码为 "]);
    (before.to_owned(), id, "，".to_owned())
}

fn mobile(dice: &mut Dice) -> Fault {
    let number = format!("1{}{}{}", dice.pick(&["3", "5", "7", "8", "9"]), dice.below(10), dice.digits(8));
    let number = match dice.below(4) {
        0 => format!("{} {} {}", &number[..3], &number[3..7], &number[7..]),
        1 => format!("{}-{}-{}", &number[..3], &number[3..7], &number[7..]),
        _ => number,
    };
    (dice.pick(&["联系人甲某，", "电话：", "手机号码为", "甲\t"]).to_owned(), number, "。".to_owned())
}

fn bank_card(dice: &mut Dice) -> Fault {
    let head = format!("6222{}", dice.digits(14));
    let sum: u32 = head
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, b)| {
            let digit = u32::from(b - b'0') * if place % 2 == 0 { 2 } else { 1 };
            if digit > 9 { digit - 9 } else { digit }
        })
        .sum();
    let card = format!("{head}{}", (10 - sum % 10) % 10);
    let card = if dice.below(2) == 0 {
        card
    } else {
        format!("{} {} {} {} {}", &card[..4], &card[4..8], &card[8..12], &card[12..16], &card[16..])
    };
    (dice.pick(&["银行账号：", "打入卡号", "开户行示例支行\t"]).to_owned(), card, "，".to_owned())
}

fn email(dice: &mut Dice) -> Fault {
    let name = dice.pick(&["zhangsan", "li.si", "wang_wu88", "ZhaoLiu", "a1", "sun-qi"]);
    let domain = dice.pick(&["example.com", "mail.example.com.cn", "example.net", "qq.example"]);
    let before = dice.pick(&["本人邮箱", "E-mail：", "甲，", "联系方式\t"]);
    (before.to_owned(), format!("{name}{}@{domain}", dice.below(99)), dice.pick(&["。", "，", "；", "）"]).to_owned())
}

fn licence_plate(dice: &mut Dice) -> Fault {
    let province = dice.pick(&["蒙", "京", "晋", "黑", "陕", "粤", "新"]);
    let office = dice.pick(&["A", "B", "C", "E", "K", "L"]);
    let places = match dice.below(5) {
        0 => format!("D{}", dice.digits(5)),
        1 => format!("{}F", dice.digits(5)),
        2 => format!("{}{}", dice.digits(4), dice.pick(&["挂", "学", "K"])),
        3 => format!("{}{}{}", dice.pick(&["A", "Q", "Z"]), dice.digits(3), dice.pick(&["M", "8"])),
        _ => dice.digits(5),
    };
    let dot = dice.pick(&["", "", "·", " "]);
    let before = dice.pick(&["驾驶", "车牌号为", "车辆\t", "一辆号牌为"]);
    (
        before.to_owned(),
        format!("{province}{office}{dot}{places}"),
        dice.pick(&["的小型汽车", "，", "。", "\t"]).to_owned(),
    )
}

fn home_address(dice: &mut Dice) -> Fault {
    let town = dice.pick(&["示例市新城区", "示例县", "内蒙古自治区示例市示例区", ""]);
    let road = dice.pick(&["示例路", "胜利大街", "示例街道", "南二环"]);
    let estate = dice.pick(&["幸福小区", "阳光花园", "丽景苑", "化工家属院", "安居家园", "东方公馆"]);
    let (block, stair, flat) = (1 + dice.below(30), 1 + dice.below(6), 101 + dice.below(2000));
    let before = dice.pick(&["家住", "住址：", "户籍地为", "甲\t", "现居住在", "位于"]);
    let address = match dice.below(9) {
        6 => format!("{town}{estate} {block}号楼 {stair}单元 {flat}室"),
        7 => format!("{town}{estate}{block}幢{stair}-{flat}"),
        8 => format!("{town}{estate}{block}-{stair}-{flat}"),
        0 => format!("{town}{road}{}号{estate}{block}号楼{stair}单元{flat}室", 1 + dice.below(200)),
        1 => format!("{town}{estate}{block}栋{stair}单元{flat}"),
        2 => format!("{town}{road}{estate}{block}-{stair}-{flat}室"),
        3 => format!("{town}{estate}{block}号楼{flat}室"),
        4 => format!("{town}示例镇示例村{}组{}号", 1 + dice.below(9), 1 + dice.below(200)),
        _ => format!("{town}{road}{estate}{block}#楼{stair}单元{flat}号"),
    };
    (before.to_owned(), address, dice.pick(&["。", "，", "\t"]).to_owned())
}

fn travel_document(dice: &mut Dice) -> Fault {
    let number = match dice.below(4) {
        0 => format!("E{}", dice.digits(8)),
        1 => format!("E{}{}", dice.pick(&["A", "H", "K"]), dice.digits(7)),
        2 => format!("H{}", dice.digits(8)),
        _ => format!("C{}", dice.digits(8)),
    };
    (
        dice.pick(&["护照号码：", "持普通护照", "港澳居民来往内地通行证号", "往来港澳通行证（"]).to_owned(),
        number,
        "，".to_owned(),
    )
}

fn document_number(dice: &mut Dice) -> Fault {
    let (year, serial) = (2000 + dice.below(26), 1 + dice.below(300));
    let wrong = match dice.below(6) {
        0 => format!("[{year}]{serial}号"),
        1 => format!("（{year}）{serial}号"),
        2 => format!("【{year}】{serial}号"),
        3 => format!("〔{year}〕第{serial}号"),
        4 => format!("〔{year}〕0{serial}号"),
        _ => format!("({year}) {serial}号"),
    };
    (dice.pick(&["根据示政办发", "（国示函", "按照内示发"]).to_owned(), wrong, "的规定".to_owned())
}

fn impossible_date(dice: &mut Dice) -> Fault {
    let year = 2000 + dice.below(26);
    let date = match dice.below(4) {
        0 => format!("{year}年2月30日"),
        1 => format!("{year}年{}月31日", dice.pick(&["4", "6", "9", "11"])),
        2 => format!("{year}年13月{}日", 1 + dice.below(28)),
        _ => format!("{}月{}日", dice.pick(&["2", "4"]), 31 + dice.below(3)),
    };
    ("会议于".to_owned(), date, "召开。".to_owned())
}

fn weekday(dice: &mut Dice) -> Fault {
    let date = jiff::civil::date(2015 + dice.below(11) as i16, 1 + dice.below(12) as i8, 1 + dice.below(28) as i8);
    let true_day = date.weekday().to_monday_zero_offset() as usize;
    let stated = (true_day + 1 + dice.below(6)) % 7;
    let name = ["一", "二", "三", "四", "五", "六", "日"][stated];
    let (open, close) = [("（", "）"), ("(", ")"), (" ", "")][dice.below(3)];
    let word = dice.pick(&["星期", "周"]);
    (
        format!("{}年{}月{}日{open}{word}", date.year(), date.month(), date.day()),
        name.to_owned(),
        format!("{close}上午"),
    )
}

fn span(dice: &mut Dice) -> Fault {
    let (year, month) = (2005 + dice.below(20), 2 + dice.below(11));
    let joint = dice.pick(&["至", "—", "到", "-"]);
    let text = match dice.below(3) {
        0 => format!("{year}年{month}月{joint}{year}年{}月", 1 + dice.below(month - 1)),
        1 => format!("{year}年{month}月{joint}{}年{month}月", year - 1 - dice.below(4)),
        _ => format!("{year}年{month}月20日{joint}{year}年{month}月{}日", 1 + dice.below(19)),
    };
    ("自".to_owned(), text, "，".to_owned())
}

fn short_year(dice: &mut Dice) -> Fault {
    (
        "于".to_owned(),
        format!("{}", 10 + dice.below(16)),
        format!("年{}月{}日施行", 1 + dice.below(12), 1 + dice.below(28)),
    )
}

fn zero(dice: &mut Dice) -> Fault {
    let sign = dice.pick(&["○", "零", "O", "0"]);
    (
        String::new(),
        format!("二{sign}{}{}年", dice.pick(&["一", "二"]), dice.pick(&["一", "二", "五"])),
        "七月".to_owned(),
    )
}

fn repealed(dice: &mut Dice) -> Fault {
    let name = dice.pick(&[
        "合同法",
        "物权法",
        "婚姻法",
        "担保法",
        "民法通则",
        "环境保护法",
        "大气污染防治法",
        "外资企业法",
        "信访条例",
        "公司登记管理条例",
    ]);
    let country = if dice.below(2) == 0 && !name.starts_with("信访") { "中华人民共和国" } else { "" };
    (
        dice.pick(&["根据《", "依照《", "违反《", "按照国家有关规定和《"]).to_owned(),
        format!("{country}{name}"),
        dice.pick(&["》的规定", "》第十条", "》，"]).to_owned(),
    )
}

fn law_name(dice: &mut Dice) -> Fault {
    let name = dice.pick(&[
        "政府信息公开条例",
        "个人信息保护法",
        "行政处罚法",
        "突发事件应对法",
        "安全生产法",
        "道路交通安全法",
        "未成年人保护法",
        "食品安全法实施条例",
    ]);
    let mut characters: Vec<char> = name.chars().collect();
    let at = dice.below(characters.len() - 1);
    match dice.below(3) {
        0 => characters[at] = dice.pick(&["的", "列", "讯", "征", "按"]).chars().next().unwrap_or('的'),
        1 => {
            characters.remove(at);
        }
        _ => characters.swap(at, at + 1),
    }
    let country = if dice.below(3) > 0 { "中华人民共和国" } else { "" };
    ("根据《".to_owned(), format!("{country}{}", characters.into_iter().collect::<String>()), "》等规定".to_owned())
}

fn unpaired(dice: &mut Dice) -> Fault {
    match dice.below(5) {
        0 => ("工作".to_owned(), "（".to_owned(), "含示例事项，".to_owned()),
        1 => ("示例事项".to_owned(), "）".to_owned(), "，".to_owned()),
        2 => ("推进".to_owned(), "“".to_owned(), "示例工程，".to_owned()),
        3 => ("示例工程".to_owned(), "”".to_owned(), "，".to_owned()),
        _ => ("【".to_owned(), "【".to_owned(), "示例】".to_owned()),
    }
}

fn book_mark(dice: &mut Dice) -> Fault {
    if dice.below(2) == 0 {
        ("印发".to_owned(), "《".to_owned(), "示例办法，".to_owned())
    } else {
        ("示例办法".to_owned(), "》".to_owned(), "，".to_owned())
    }
}

type Maker = fn(&mut Dice) -> Fault;
const FAULTS: &[(&str, Maker)] = &[
    ("privacy.personal_id", personal_id),
    ("privacy.mobile", mobile),
    ("privacy.bank_card", bank_card),
    ("privacy.email", email),
    ("privacy.licence_plate", licence_plate),
    ("privacy.home_address", home_address),
    ("privacy.travel_document", travel_document),
    ("form.document_number", document_number),
    ("date.impossible", impossible_date),
    ("date.weekday", weekday),
    ("date.span", span),
    ("form.short_year", short_year),
    ("form.zero", zero),
    ("citation.repealed", repealed),
    ("citation.name", law_name),
    ("punctuation.pairs", unpaired),
    ("punctuation.book_title_marks", book_mark),
];
const EACH: usize = 300;

fn html(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    escaped.lines().map(|line| format!("<p>{}</p>", line.replace('\t', "&#9;"))).collect()
}

fn subject(body: String) -> Subject {
    let now = parse_beijing("2026-11-20 10:00").unwrap_or_default();
    let mut subject = Subject::new(ResourceKind::Article, "示例", body, now);
    subject.elements.source = Some("示例".to_owned());
    subject
}

fn bodies(folder: &Path, files: &[&str]) -> Vec<String> {
    let mut bodies = Vec::new();
    for file in files {
        let Ok(lines) = fs::read_to_string(folder.join("02-docs").join(format!("{file}.jsonl"))) else { continue };
        bodies.extend(lines.lines().filter_map(|line| {
            let row: serde_json::Value = serde_json::from_str(line).ok()?;
            Some(row["body"].as_str()?.chars().take(3000).collect::<String>())
        }));
    }
    bodies.retain(|body| body.chars().count() > 200);
    bodies
}

fn main() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("ZHENGTONG_DATA").map_or(beside, PathBuf::from);
    let texts = bodies(&folder, &["news", "state_council", "customs_notice", "policy_interpretation", "law"]);
    if texts.is_empty() {
        println!("SKIPPED: no documents in {}", folder.display());
        return;
    }
    let wanted = std::env::args().nth(1);
    let mut dice = Dice(2026);
    println!("{:<34}{:>8}{:>11}{:>10}", "rule", "faults", "precision", "recall");
    for (rule, make) in FAULTS {
        let (mut found, mut right, mut all) = (0, 0, 0);
        for _ in 0..EACH {
            let text = &texts[dice.below(texts.len())];
            // After a sentence's end, as a person would put it.
            let ends: Vec<usize> = text.match_indices(['。', '\n']).map(|(at, mark)| at + mark.len()).collect();
            let at = if ends.is_empty() { 0 } else { ends[dice.below(ends.len())] };
            let (before, fault, after) = make(&mut dice);
            let start =
                plain_text(&html(&format!("{}{before}", &text[..at]))).text.trim_end_matches('\n').chars().count();
            let range = start.saturating_sub(4)..start + fault.chars().count() + 4;
            let text = format!("{}{before}{fault}{after}{}", &text[..at], &text[at..]);
            let report = Engine::standard().screen(&subject(html(&text)));
            let findings: Vec<_> = report
                .findings
                .iter()
                .filter(|finding| finding.rule_id == *rule && finding.field == Field::Body)
                .collect();
            let hits =
                findings.iter().filter(|f| f.range.is_some_and(|r| r.start < range.end && range.start < r.end)).count();
            found += usize::from(hits > 0);
            right += hits;
            all += findings.len();
            if hits == 0 && wanted.as_deref().is_some_and(|wanted| rule.starts_with(wanted)) {
                println!("  missed: {before}|{fault}|{after}");
            }
        }
        let part = |part: usize, whole: usize| if whole == 0 { f64::NAN } else { part as f64 / whole as f64 };
        println!("{rule:<34}{EACH:>8}{:>11.3}{:>10.3}", part(right, all), part(found, EACH));
    }
    levels(&texts, &mut dice);
    hosts(&folder);
    duplicates(&texts, &mut dice);
    pictures::pictures(&mut dice);
}

/// A paragraph with a number is lost, or stands twice.
fn levels(texts: &[String], dice: &mut Dice) {
    let (mut found, mut all, mut tried) = (0, 0, 0);
    let engine = Engine::standard();
    let count = |text: &str| {
        let report = engine.screen(&subject(html(text)));
        report.findings.iter().filter(|finding| finding.rule_id == "form.levels").count()
    };
    for text in texts
        .iter()
        .filter(|text| text.contains("第三条") || text.contains("（三）") || text.contains("三、"))
        .take(900)
    {
        let lines: Vec<&str> = text.lines().collect();
        let is_item = |line: &&str| {
            let line = line.trim();
            ["第二条", "第三条", "第四条", "（二）", "二、", "2."].iter().any(|head| line.starts_with(head))
        };
        let items: Vec<usize> = (0..lines.len().saturating_sub(1)).filter(|at| is_item(&lines[*at])).collect();
        if items.is_empty() || tried >= EACH {
            continue;
        }
        tried += 1;
        let at = items[dice.below(items.len())];
        let mut changed = lines.clone();
        if dice.below(2) == 0 {
            changed.remove(at);
        } else {
            changed.insert(at, lines[at]);
        }
        let (before, after) = (count(text), count(&changed.join("\n")));
        found += usize::from(after > before);
        all += after;
    }
    println!(
        "{:<34}{tried:>8}{:>11.3}{:>10.3}",
        "form.levels",
        found as f64 / all.max(1) as f64,
        found as f64 / tried.max(1) as f64
    );
}

/// Look-alike names against real sites.
fn hosts(folder: &Path) {
    let column = |file: &str, place: usize| -> Vec<String> {
        let text = fs::read_to_string(folder.join(file)).unwrap_or_default();
        text.lines().skip(1).filter_map(|line| line.split(',').nth(place).map(str::to_owned)).collect()
    };
    let own: BTreeSet<String> = ["huhhot.gov.cn", "baotou.gov.cn", "nmg.gov.cn"].map(str::to_owned).into();
    let mut kinds: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let kinds_of = column("05-fake-sites/dnstwist_permutations.csv", 1);
    for (kind, name) in kinds_of.iter().zip(column("05-fake-sites/dnstwist_permutations.csv", 2)) {
        let address = host::Address::read(&format!("http://{name}/"));
        let near = host::near_government(&address.host, &own).is_some();
        let flagged = host::imitation(&address).is_some() || near;
        let entry = kinds.entry(kind.clone()).or_default();
        entry.0 += usize::from(flagged && !own.contains(&address.host));
        entry.1 += 1;
    }
    for (kind, (flagged, all)) in &kinds {
        println!("link.imitation {kind:<19}{all:>8}{:>21.3}", *flagged as f64 / *all as f64);
    }
    let fakes = column("05-fake-sites/fake_host_names.csv", 0);
    let copied = fakes
        .iter()
        .filter(|name| host::imitation(&host::Address::read(&format!("https://someone.github.io/{name}/"))).is_some());
    println!(
        "link.imitation copied pages       {:>8}{:>21.3}",
        fakes.len(),
        copied.count() as f64 / fakes.len().max(1) as f64
    );
    let mut real = BTreeSet::new();
    for file in fs::read_dir(folder.join("03-sites")).into_iter().flatten().flatten() {
        let text = fs::read_to_string(file.path()).unwrap_or_default();
        let addresses = text
            .split([',', '"', ' ', '\n', '\t'])
            .filter(|cell| cell.contains("gov.cn") || cell.starts_with("http"))
            .filter(|cell| !cell.contains("github:") && !cell.contains('('));
        real.extend(
            addresses.map(|cell| if cell.contains("://") { cell.to_owned() } else { format!("http://{cell}") }),
        );
    }
    let flagged: Vec<&String> =
        real.iter().filter(|text| host::imitation(&host::Address::read(text)).is_some()).collect();
    let near = real.iter().filter(|text| host::near_government(&host::Address::read(text).host, &own).is_some());
    println!(
        "false alarms among {} real addresses: {} imitations, {} near names",
        real.len(),
        flagged.len(),
        near.count()
    );
    for text in flagged.iter().take(5) {
        println!("  {text}");
    }
}

/// Edited copies against other documents.
fn duplicates(texts: &[String], dice: &mut Dice) {
    let long: Vec<&String> = texts.iter().filter(|text| text.chars().count() > 400).take(700).collect();
    let words: Vec<char> =
        texts.iter().flat_map(|text| text.chars()).filter(|c| *c > '\u{4E00}').take(50_000).collect();
    println!("\nedits    similarity   warned of   hinted at   shares a key");
    for percent in [1, 2, 3, 5, 8, 10, 15, 20, 30] {
        let (mut sum, mut found, mut alike, mut keyed) = (0.0, 0_u32, 0_u32, 0_u32);
        for text in &long {
            let mut edited = String::with_capacity(text.len());
            for character in text.chars() {
                if dice.below(100) < percent {
                    match dice.below(3) {
                        0 => edited.push(words[dice.below(words.len())]),
                        1 => {}
                        _ => edited.extend([character, words[dice.below(words.len())]]),
                    }
                } else {
                    edited.push(character);
                }
            }
            let similarity = Shingles::of(text).similarity(&Shingles::of(&edited));
            sum += similarity;
            found += u32::from(similarity >= screen::checks::NEAR);
            alike += u32::from(similarity >= screen::checks::ALIKE);
            let (one, other) = (signature(text).keys(), signature(&edited).keys());
            keyed += u32::from(one.iter().zip(other).any(|(a, b)| *a == b));
        }
        let of = long.len() as f64;
        println!(
            "{percent:>4} %{:>13.3}{:>12.3}{:>12.3}{:>15.3}",
            sum / of,
            f64::from(found) / of,
            f64::from(alike) / of,
            f64::from(keyed) / of
        );
    }
    let shingles: Vec<Shingles> = long.iter().map(|text| Shingles::of(text)).collect();
    let signatures: Vec<_> = long.iter().map(|text| signature(text)).collect();
    let mut above = [0_usize; 3];
    let (mut pairs, mut near, mut keyed, mut error) = (0, Vec::new(), 0, 0.0_f64);
    for first in 0..long.len() {
        for second in first + 1..long.len() {
            pairs += 1;
            let similarity = shingles[first].similarity(&shingles[second]);
            for (count, from) in above.iter_mut().zip([0.5, 0.6, 0.7]) {
                *count += usize::from(similarity >= from);
            }
            if similarity >= screen::checks::NEAR {
                near.push((first, second));
            }
            let common = signatures[first].keys().iter().zip(signatures[second].keys()).any(|(a, b)| *a == b);
            keyed += usize::from(common && similarity < screen::checks::NEAR);
            if pairs % 97 == 0 {
                let truth = similarity / (2.0 - similarity).max(1.0);
                error = error.max((resemblance(&signatures[first], &signatures[second]) - truth).abs());
            }
        }
    }
    println!("distinct pairs from 0.5, 0.6, 0.7 on: {above:?}");
    println!(
        "{pairs} pairs of distinct documents: {} called near, {keyed} more share a key, largest error of the estimate {error:.3}",
        near.len()
    );
    for (first, second) in near.iter().take(5) {
        let head = |text: &str| text.chars().take(24).collect::<String>().replace('\n', " ");
        println!("  {} | {}", head(long[*first]), head(long[*second]));
    }
}
