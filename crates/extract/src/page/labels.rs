//! Values with a label before them: `来源：某报`, a cell `索引号` with its value in the next cell, several in one line.
//! Labels are compared without white space (`索 引 号`).

use super::phrase;
use super::view::View;

/// The fields that labels stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Label {
    Title,
    Published,
    Modified,
    Source,
    Author,
    DocumentNumber,
    IndexNumber,
    Organ,
    WrittenOn,
    Validity,
    Topic,
    Keywords,
    /// Known, but of no interest: ends the value before it.
    Noise,
}

const LABELS: &[(&str, Label)] = &[
    ("索引号", Label::IndexNumber),
    ("索取号", Label::IndexNumber),
    ("信息索引号", Label::IndexNumber),
    ("信息索引", Label::IndexNumber),
    ("主题分类", Label::Topic),
    ("信息分类", Label::Topic),
    ("所属主题", Label::Topic),
    ("发文机关", Label::Organ),
    ("发文单位", Label::Organ),
    ("制发机关", Label::Organ),
    ("制定机关", Label::Organ),
    ("发布机构", Label::Organ),
    ("发布机关", Label::Organ),
    ("公开责任部门", Label::Organ),
    ("成文日期", Label::WrittenOn),
    ("成文时间", Label::WrittenOn),
    ("发文日期", Label::WrittenOn),
    ("发文时间", Label::WrittenOn),
    ("生成日期", Label::WrittenOn),
    ("标题", Label::Title),
    ("信息名称", Label::Title),
    ("文件名称", Label::Title),
    ("公文名称", Label::Title),
    ("名称", Label::Title),
    ("发文字号", Label::DocumentNumber),
    ("发文文号", Label::DocumentNumber),
    ("发文号", Label::DocumentNumber),
    ("文件编号", Label::DocumentNumber),
    ("文件字号", Label::DocumentNumber),
    ("文号", Label::DocumentNumber),
    ("字号", Label::DocumentNumber),
    ("发布日期", Label::Published),
    ("发布时间", Label::Published),
    ("公开日期", Label::Published),
    ("发稿时间", Label::Published),
    ("时间", Label::Published),
    ("日期", Label::Published),
    ("更新时间", Label::Modified),
    ("更新日期", Label::Modified),
    ("修改时间", Label::Modified),
    ("有效性", Label::Validity),
    ("时效性", Label::Validity),
    ("时效", Label::Validity),
    ("效力状态", Label::Validity),
    ("效力", Label::Validity),
    ("主题词", Label::Keywords),
    ("关键词", Label::Keywords),
    ("关键字", Label::Keywords),
    ("来源", Label::Source),
    ("信息来源", Label::Source),
    ("文章来源", Label::Source),
    ("稿件来源", Label::Source),
    ("内容来源", Label::Source),
    ("新闻来源", Label::Source),
    ("发布单位", Label::Source),
    ("供稿单位", Label::Source),
    ("稿源", Label::Source),
    ("出处", Label::Source),
    ("作者", Label::Author),
    ("文章作者", Label::Author),
    ("撰稿人", Label::Author),
    ("撰稿", Label::Author),
    ("通讯员", Label::Author),
    ("责任编辑", Label::Noise),
    ("责编", Label::Noise),
    ("编辑", Label::Noise),
    ("浏览次数", Label::Noise),
    ("浏览量", Label::Noise),
    ("浏览", Label::Noise),
    ("阅读次数", Label::Noise),
    ("阅读量", Label::Noise),
    ("阅读", Label::Noise),
    ("点击数", Label::Noise),
    ("点击量", Label::Noise),
    ("点击率", Label::Noise),
    ("点击", Label::Noise),
    ("访问量", Label::Noise),
    ("访问次数", Label::Noise),
    ("字体", Label::Noise),
    ("字体大小", Label::Noise),
    ("打印", Label::Noise),
    ("分享", Label::Noise),
    ("分享到", Label::Noise),
    ("公开方式", Label::Noise),
    ("公开范围", Label::Noise),
    ("公开形式", Label::Noise),
    ("公文种类", Label::Noise),
    ("体裁分类", Label::Noise),
    ("组配分类", Label::Noise),
    ("服务对象", Label::Noise),
    ("服务对象分类", Label::Noise),
    ("分类", Label::Noise),
    ("废止日期", Label::Noise),
    ("失效日期", Label::Noise),
    ("失效时间", Label::Noise),
    ("生效日期", Label::Noise),
    ("生效时间", Label::Noise),
    ("实施日期", Label::Noise),
    ("公开时限", Label::Noise),
    ("内容概述", Label::Noise),
    ("信息概述", Label::Noise),
    ("审核", Label::Noise),
    ("审核人", Label::Noise),
    ("签发", Label::Noise),
    ("发布人", Label::Noise),
    ("发布者", Label::Noise),
    ("录入", Label::Noise),
    ("评论", Label::Noise),
    ("专栏", Label::Noise),
    ("栏目", Label::Noise),
    ("地区", Label::Noise),
];

/// One value with its label, as they stand on the page.
pub(super) struct Labelled {
    pub(super) label: Label,
    pub(super) name: &'static str,
    pub(super) value: String,
    /// The block it stands in.
    pub(super) block: usize,
    /// In a table or list of such values.
    pub(super) tabled: bool,
}

pub(super) fn read(view: &View<'_, '_>) -> Vec<Labelled> {
    let mut found: Vec<Labelled> = Vec::new();
    // A label whose value is to come in the next block.
    let mut waiting: Option<(Label, &'static str, bool)> = None;
    for (index, block) in view.blocks.iter().enumerate() {
        let text = view.text(block);
        let tabled = view.tree.tag(block.container).is_cell();
        let first = begins_with_label(text);
        if let Some((label, name, cell)) = waiting.take()
            && first.is_none()
            && text.len() < 1500
            && (cell == tabled)
        {
            found.push(Labelled { label, name, value: clean_value(text), block: index, tabled: true });
            continue;
        }
        if text.len() > 900 {
            continue;
        }
        if let Some((label, name)) = first
            && phrase::squeezed(text).trim_matches([':', '：', '【', '】', '[', ']', '■', '·']) == name
        {
            // Labels without a colon count only where tables have them.
            if tabled || text.contains([':', '：']) || is_telling(name) {
                waiting = Some((label, name, tabled));
            }
            continue;
        }
        in_line(text, index, tabled, &mut found);
    }
    found
}

/// Names nobody uses for anything else.
fn is_telling(name: &str) -> bool {
    matches!(name, "索引号" | "发文机关" | "发文字号" | "成文日期" | "发布日期" | "主题分类" | "发布机构" | "有效性")
}

fn by_name(name: &str) -> Option<(Label, &'static str)> {
    LABELS.iter().find(|(known, _)| *known == name).map(|(name, label)| (*label, *name))
}

/// The label a text begins with: up to a colon, or the whole of it.
fn begins_with_label(text: &str) -> Option<(Label, &'static str)> {
    let mut squeezed = String::new();
    for character in text.chars().take(40) {
        if matches!(character, ':' | '：' | '】' | ']') {
            break;
        }
        if !character.is_whitespace() && !matches!(character, '【' | '[' | '■' | '·' | '●') {
            squeezed.push(character);
        }
        if squeezed.len() > 24 {
            return None;
        }
    }
    by_name(&squeezed)
}

/// `来源：某报　作者：某人　2021-07-08`.
fn in_line(text: &str, block: usize, tabled: bool, to: &mut Vec<Labelled>) {
    // (where the label begins, where the value begins, label).
    let mut marks: Vec<(usize, usize, Label, &'static str)> = Vec::new();
    for (at, character) in text.char_indices() {
        if !matches!(character, ':' | '：' | '】' | ']') {
            continue;
        }
        let behind = at + character.len_utf8();
        if let Some((start, label, name)) = label_before(&text[..at]) {
            let value = match text[behind..].chars().next() {
                Some(colon @ (':' | '：')) => behind + colon.len_utf8(),
                _ => behind,
            };
            marks.push((start, value, label, name));
        }
    }
    for (at, (_, value, label, name)) in marks.iter().enumerate() {
        let end = marks.get(at + 1).map_or(text.len(), |next| next.0);
        if *label == Label::Noise || end < *value {
            continue;
        }
        let value = clean_value(&text[*value..end]);
        // In running text a colon after such a word means little.
        let prose = text.len() > 240 && marks[0].0 > 60;
        if !value.is_empty() && !prose {
            to.push(Labelled { label: *label, name, value, block, tabled: tabled || marks.len() > 2 });
        }
    }
}

/// The label that ends a text, with where it begins.
fn label_before(text: &str) -> Option<(usize, Label, &'static str)> {
    let mut squeezed: Vec<(usize, char)> = Vec::with_capacity(8);
    for (at, character) in text.char_indices().rev() {
        if character.is_whitespace() && squeezed.len() < 6 {
            continue;
        }
        if !matches!(character, '\u{4E00}'..='\u{9FFF}') || squeezed.len() >= 6 {
            break;
        }
        squeezed.push((at, character));
    }
    (2..=squeezed.len()).rev().find_map(|length| {
        let name: String = squeezed[..length].iter().rev().map(|(_, character)| *character).collect();
        let (label, name) = by_name(&name)?;
        let start = squeezed[length - 1].0;
        // 会议时间 and 收入来源 are something else: plain words count only where a word begins.
        let within = text[..start].chars().next_back().is_some_and(|c| matches!(c, '\u{4E00}'..='\u{9FFF}'));
        (!within || !is_plain_word(name)).then_some((start, label, name))
    })
}

/// Words that other words end with.
fn is_plain_word(name: &str) -> bool {
    matches!(
        name,
        "时间"
            | "日期"
            | "名称"
            | "标题"
            | "来源"
            | "分类"
            | "阅读"
            | "编辑"
            | "评论"
            | "栏目"
            | "地区"
            | "打印"
            | "浏览"
            | "点击"
            | "效力"
            | "时效"
            | "审核"
    )
}

fn clean_value(text: &str) -> String {
    let mut text = text.trim();
    for (at, character) in text.char_indices() {
        // `【字体：…】` begins something else; `[2021]` belongs to a number.
        let bracket = matches!(character, '【' | '[')
            && !text[at + character.len_utf8()..].starts_with(|c: char| c.is_ascii_digit());
        if bracket && at > 0 {
            text = &text[..at];
            break;
        }
    }
    for stop in ["|", "｜", "字体", "字号：", "浏览", "打印", "分享到", "点击数", "阅读次数", "扫一扫"]
    {
        if let Some(at) = text.find(stop)
            && at > 0
        {
            text = &text[..at];
        }
    }
    text.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '：' | ':' | '|' | '】' | '【' | ']' | '　' | ';' | '；' | ',' | '，')
    })
    .to_owned()
}
