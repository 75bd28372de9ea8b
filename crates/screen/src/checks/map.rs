//! Maps need an approval number (审图号) beside them or on the picture's record. Whether a picture is a map is told from
//! its name, its caption and the words around it, and from its [statistics](crate::picture).

use std::{collections::HashSet, sync::LazyLock};

use domain::identifier::MapApproval;
use regex::Regex;

use crate::{
    check::{Check, Rule},
    collector::{Collector, Note},
    facts::PictureFacts,
    field::Field,
    finding::{Category, Severity},
    picture::PictureShape,
    plain_text::{BodyPicture, plain_text},
    subject::Subject,
    view::{TextField, View},
};

/// Pictures that are probably maps, and approval numbers written wrongly.
pub struct Map;

const RULE: Rule<'static> = Rule::builtin(
    "map.approval_number",
    "地图管理条例第十五条、第二十二条；国办发〔2017〕47号（使用标准地图或者取得审图号）",
);
const FORM: Rule<'static> = Rule::builtin("map.number_form", "地图管理条例第二十二条；地图审核管理规定");

/// The words can hardly mean anything but a map.
static SURE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("地图|行政区划图|政区图|区位图|位置图|地形图|水系图|交通图|影像图|界线图|疆域图|方位图|四至图")
        .expect("a constant expression")
});
/// The words may mean a map, a plan or a diagram.
static MAYBE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("示意图|分布图|规划图|线路图|平面图|范围图|布局图|区划图|红线图|公示图|点位图")
        .expect("a constant expression")
});
/// Maps of the whole country, whose faults are the gravest.
static COUNTRY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:中国|全国|中华人民共和国|世界|我国)[^，。；\\n]{0,6}(?:地图|政区图|区划图|疆域图)|行政区划图")
        .expect("a constant expression")
});
/// 电子地图 as a word for something else, and pictures of simple content that need no approval (条例第十五条).
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("景区图|街区图|地铁线路图|轨道交通线路图|导览图|流程|步骤|结构|组织|架构|原理|操作|网站地图|站点地图|产业地图|招商地图|知识地图|路线图和时间表|扫码").expect("a constant expression")
});
/// 审图号 and what follows, or a number of its shape.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"审图号\s?[:：为]?\s?([A-Za-zＡ-Ｚ\p{Han}]{0,6}\s?[（(〔\[【]?\s?[0-9０-９]{2,4}\s?[）)〕\]】]?[-—第]?\s?[0-9０-９]{1,6}\s?号?)|GS\p{Han}?[（(][0-9]{4}[）)][0-9]{1,5}号?")
        .expect("a constant expression")
});

/// Characters around a picture among which its caption and number are looked for.
const NEAR: usize = 60;
const NUMBER_NEAR: usize = 200;

impl Check for Map {
    fn id(&self) -> &'static str {
        "map"
    }
    fn name(&self) -> &'static str {
        "地图的审图号"
    }
    fn category(&self) -> Category {
        Category::Map
    }

    fn run(&self, view: &View<'_>, out: &mut Collector<'_>) {
        for text in view.prose() {
            numbers(text, out);
        }
        let facts = &view.subject.facts.pictures;
        let body = view.text(Field::Body);
        let stated = view.subject.elements.map_approval_number.as_deref().is_some_and(|text| !text.trim().is_empty());
        let mut seen = HashSet::new();
        for picture in &view.pictures {
            let known = facts.iter().find(|known| known.source == picture.source);
            seen.insert(picture.source.as_str());
            let surroundings = body.map(|body| around(body, picture.at, NEAR)).unwrap_or_default();
            let wide = body.map(|body| around(body, picture.at, NUMBER_NEAR)).unwrap_or_default();
            let numbered = stated || NUMBER.is_match(&wide) || NUMBER.is_match(&picture.words);
            judge(view, picture, known, &surroundings, numbered, out);
        }
        // Pictures that are attachments have only their names.
        for known in facts.iter().filter(|known| !seen.contains(known.source.as_str())) {
            let picture = BodyPicture { source: known.source.clone(), words: String::new(), at: 0 };
            judge(view, &picture, Some(known), "", stated, out);
        }
    }
}

/// The pictures of a subject's body: what may be looked up for [`Facts::pictures`](crate::Facts::pictures).
pub fn pictures(subject: &Subject) -> Vec<BodyPicture> {
    plain_text(&subject.body_html).pictures
}

/// The text before and after a place, without the lines that belong to other things: the two nearest lines each way.
fn around(body: &TextField<'_>, at: usize, count: usize) -> String {
    let before: Vec<&str> =
        body.before(at, count).rsplit('\n').filter(|line| !line.trim().is_empty()).take(1).collect();
    let after: Vec<&str> = body.after(at, count).split('\n').filter(|line| !line.trim().is_empty()).take(2).collect();
    [before, after].concat().join("\n")
}

fn judge(
    view: &View<'_>,
    picture: &BodyPicture,
    known: Option<&PictureFacts>,
    surroundings: &str,
    numbered: bool,
    out: &mut Collector<'_>,
) {
    let standard = known.is_some_and(|known| view.lists.standard_maps.contains_key(&known.sha256.to_ascii_lowercase()));
    let recorded =
        known.is_some_and(|known| known.map_number.as_deref().is_some_and(|number| !number.trim().is_empty()));
    let shape = known.and_then(|known| known.shape);
    if standard || recorded || numbered || shape.is_some_and(|shape| shape.is_tiny()) {
        return;
    }
    let name = known.map(|known| known.name.as_str()).unwrap_or_default();
    let own = format!("{} {name}", picture.words);
    let Some((severity, why)) = verdict(&own, surroundings, shape.as_ref()) else { return };
    let shown = if own.trim().is_empty() { picture.source.as_str() } else { own.trim() };
    let message = format!(
        "图片“{}”{why}，但没有标注审图号。请换用标准地图，或者在图旁显著位置补注审图号；不是地图的，请说明。",
        shown.chars().take(40).collect::<String>()
    );
    let evidence = format!("{} {}", picture.source, known.map(|known| known.sha256.as_str()).unwrap_or_default());
    let masked = Some(shown.chars().take(60).collect());
    out.on(Field::Body, &evidence, Note { rule: RULE, severity, message, suggestion: None, masked });
}

/// How grave it is, and what makes it a map.
fn verdict(own: &str, surroundings: &str, shape: Option<&PictureShape>) -> Option<(Severity, &'static str)> {
    let photo = shape.is_some_and(PictureShape::is_photo);
    let drawn = shape.is_some_and(PictureShape::is_map_like);
    let other = OTHER.is_match(own);
    if COUNTRY.is_match(own) && !other && !photo {
        return Some((Severity::Block, "的名称表明是全国或者行政区划地图"));
    }
    if SURE.is_match(own) && !other && !photo {
        return Some((Severity::Warn, "的名称表明是地图"));
    }
    if MAYBE.is_match(own) && !other && !photo && (drawn || shape.is_none() && own.contains("区")) {
        return Some((Severity::Warn, "的名称和画面都像地图"));
    }
    let near = (SURE.is_match(surroundings) || MAYBE.is_match(surroundings)) && !OTHER.is_match(surroundings);
    if near && drawn {
        return Some((Severity::Warn, "的画面像地图，旁边的文字也提到地图"));
    }
    if drawn && !other {
        return Some((Severity::Hint, "的画面像地图"));
    }
    (SURE.is_match(surroundings) && near && shape.is_none()).then_some((Severity::Hint, "旁边的文字提到地图"))
}

/// Approval numbers of the wrong form.
fn numbers(text: &TextField<'_>, out: &mut Collector<'_>) {
    for found in NUMBER.captures_iter(&text.text) {
        let Some(number) = found.get(1).or_else(|| found.get(0)) else { continue };
        let Err(error) = MapApproval::parse(number.as_str()) else { continue };
        let note = Note {
            rule: FORM,
            severity: Severity::Warn,
            message: error.message,
            suggestion: error.suggestion,
            masked: None,
        };
        out.at(text, number.range(), note);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn() -> PictureShape {
        PictureShape {
            width: 800,
            height: 600,
            flat: 0.85,
            edges: 0.1,
            oblique: 0.4,
            areas: 5,
            palette: 0.9,
            ..PictureShape::default()
        }
    }

    fn photo() -> PictureShape {
        PictureShape {
            width: 800,
            height: 600,
            flat: 0.2,
            grain: 0.7,
            edges: 0.1,
            oblique: 0.5,
            areas: 9,
            palette: 0.5,
            ..PictureShape::default()
        }
    }

    fn chart() -> PictureShape {
        PictureShape {
            width: 800,
            height: 600,
            flat: 0.97,
            edges: 0.02,
            oblique: 0.01,
            areas: 2,
            white: 0.8,
            palette: 1.0,
            ..PictureShape::default()
        }
    }

    #[test]
    fn words_and_picture_together_decide() {
        for (own, surroundings, shape, expected) in [
            ("中国地图.png", "", None, Some(Severity::Block)),
            ("示例市行政区划图.jpg", "", Some(drawn()), Some(Severity::Block)),
            ("示例县地图", "", None, Some(Severity::Warn)),
            ("项目区位图", "", Some(drawn()), Some(Severity::Warn)),
            ("项目范围示意图", "", Some(drawn()), Some(Severity::Warn)),
            ("年龄分布图", "", Some(chart()), None),
            ("办事流程示意图", "", Some(drawn()), None),
            ("地图前的讲解员", "", Some(photo()), None),
            ("示例景区图", "", Some(chart()), None),
            ("图片1.png", "图1 示例市交通图", Some(drawn()), Some(Severity::Warn)),
            ("图片1.png", "图1 示例市交通图", None, Some(Severity::Hint)),
            ("图片1.png", "", Some(drawn()), Some(Severity::Hint)),
            ("图片1.png", "会议现场", Some(photo()), None),
            ("图片1.png", "会议现场", None, None),
        ] {
            let severity = verdict(own, surroundings, shape.as_ref()).map(|(severity, _)| severity);
            assert_eq!(severity, expected, "{own} {surroundings}");
        }
    }

    #[test]
    fn numbers_are_held_to_their_form() {
        for (text, places) in [
            ("审图号：GS(2019)1822号", vec![]),
            ("审图号：GS（2019）1822号", vec![]),
            ("审图号：蒙S(2021)001号", vec![]),
            ("审图号：蒙S〔2021〕001号", vec![4]),
            ("审图号：GS(2019)1822", vec![4]),
            ("审图号见图", vec![]),
        ] {
            assert_eq!(crate::check_places(&Map, text), places, "{text}");
        }
    }
}
