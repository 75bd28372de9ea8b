//! One article, made from its number alone.

use crate::{
    chance::Chance,
    words::{BANNER, OPENINGS, ORGANS, SENTENCES, STEPS, TOPICS},
};

/// A column of the site.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    /// Folder in addresses.
    pub folder: &'static str,
    pub path: &'static [&'static str],
    pub style: Style,
    /// Of 20 articles.
    pub share: usize,
}

/// How a column writes its addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// `/zwdt/201503/t20150312_45.htm`
    Dated,
    /// `/show.asp?id=45`, lists `/list.asp?col=tzgg&page=2`
    Program,
    /// `/bszn/45.htm`, lists with session numbers in their links
    Numbered,
}

pub(crate) const COLUMNS: &[Column] = &[
    Column { folder: "zwdt", path: &["政务动态"], style: Style::Dated, share: 8 },
    Column { folder: "tzgg", path: &["通知公告"], style: Style::Program, share: 5 },
    Column { folder: "zcwj/gfxwj", path: &["政策文件", "规范性文件"], style: Style::Dated, share: 3 },
    Column { folder: "zcwj/zcjd", path: &["政策文件", "政策解读"], style: Style::Dated, share: 2 },
    Column { folder: "bszn", path: &["办事指南"], style: Style::Numbered, share: 1 },
    Column { folder: "ldxx", path: &["领导信息"], style: Style::Numbered, share: 1 },
];

/// Everything on the page of an article.
#[derive(Debug, Clone)]
pub(crate) struct Article {
    pub number: usize,
    pub column: usize,
    pub address: String,
    pub title: String,
    pub published: String,
    pub source: String,
    pub author: String,
    pub document_number: String,
    pub index_number: String,
    pub paragraphs: Vec<String>,
    /// Rows of a table between the first and the second paragraph.
    pub table: Vec<[String; 3]>,
    pub has_attachment: bool,
    pub has_picture: bool,
}

/// The column of an article.
pub(crate) fn column_of(number: usize) -> usize {
    let mut place = number * 7 % 20;
    for (index, column) in COLUMNS.iter().enumerate() {
        if place < column.share {
            return index;
        }
        place -= column.share;
    }
    0
}

/// The address of an article; cheap.
pub(crate) fn address_of(number: usize) -> String {
    let column = &COLUMNS[column_of(number)];
    let (year, month, day) = date_of(number);
    match column.style {
        Style::Dated => format!("/{}/{year}{month:02}/t{year}{month:02}{day:02}_{number}.htm", column.folder),
        Style::Program => format!("/show.asp?id={number}"),
        Style::Numbered => format!("/{}/{number}.htm", column.folder),
    }
}

fn date_of(number: usize) -> (usize, usize, usize) {
    let mut chance = Chance::at(77, number as u64);
    (2009 + number * 13 % 12, 1 + chance.below(12), 1 + chance.below(28))
}

pub(crate) fn title_of(number: usize, seed: u64) -> String {
    let topic = Chance::at(seed, number as u64).pick(TOPICS);
    let (year, ..) = date_of(number);
    match COLUMNS[column_of(number)].folder {
        "zwdt" => format!("{BANNER}扎实推进{topic}工作（示例{number}）"),
        "tzgg" => format!("关于做好{year}年{topic}工作的通知（示例{number}）"),
        "zcwj/gfxwj" => format!("{BANNER}人民政府办公室关于印发《{topic}实施办法》的通知（示例{number}）"),
        "zcwj/zcjd" => format!("《{topic}实施办法》政策解读（示例{number}）"),
        "bszn" => format!("{topic}事项办理指南（示例{number}）"),
        _ => format!("示例领导{number}"),
    }
}

pub(crate) fn published_of(number: usize) -> String {
    let (year, month, day) = date_of(number);
    format!("{year}-{month:02}-{day:02}")
}

/// The whole article.
pub(crate) fn article(number: usize, seed: u64, attachments: bool) -> Article {
    let mut chance = Chance::at(seed, number as u64);
    let topic = chance.pick(TOPICS);
    let column = column_of(number);
    let folder = COLUMNS[column].folder;
    let organ = format!("{BANNER}{}", chance.pick(ORGANS));
    let (year, ..) = date_of(number);
    let fill = |pattern: &str, figure: usize| {
        pattern.replace("{topic}", topic).replace("{organ}", &organ).replace("{number}", &figure.to_string())
    };
    let mut paragraphs = vec![fill(chance.pick(OPENINGS), 0)];
    for place in 0..3 + chance.below(6) {
        let mut text = format!("{}、", ["一", "二", "三", "四", "五", "六", "七", "八", "九"][place]);
        for _ in 0..2 + chance.below(3) {
            let pattern = chance.pick(SENTENCES);
            let figure = 2 + chance.below(900);
            text.push_str(&fill(pattern, figure));
        }
        paragraphs.push(text);
    }
    paragraphs.push(format!("（本文为示例第{number}号，内容均为虚构。）"));
    if folder == "bszn" {
        paragraphs
            .extend(STEPS.iter().map(|step| format!("{step}：由{organ}在{}个工作日内办理。", 1 + chance.below(15))));
    }
    let table = if number % 9 == 4 {
        let row =
            |row: usize| [format!("第{row}项"), format!("{topic}任务{row}"), format!("{}万元", 10 * row + number % 10)];
        (1..=4).map(row).collect()
    } else {
        Vec::new()
    };
    let policy = folder == "zcwj/gfxwj";
    Article {
        number,
        column,
        address: address_of(number),
        title: title_of(number, seed),
        published: published_of(number),
        author: if folder == "zwdt" { "示例编辑".to_owned() } else { String::new() },
        document_number: if policy { format!("示政办发〔{year}〕{}号", 1 + number % 90) } else { String::new() },
        index_number: if policy { format!("000000000/{year}-{number:05}") } else { String::new() },
        source: organ,
        paragraphs,
        table,
        has_attachment: attachments && number % 5 == 2,
        has_picture: folder == "zwdt" && number.is_multiple_of(3),
    }
}
