use extract::page::{Field, FieldRule, Hint, Marked, Place, SiteRules, learn, read};

use crate::{sentences, text, value};

fn rule(selector: &str) -> FieldRule {
    FieldRule { selectors: vec![selector.to_owned()], attribute: None, after: None, before: None }
}

#[test]
fn rules_override_everything() {
    let html = format!(
        "<meta name=ArticleTitle content=错误的标题><div class=t>真正的标题在这里</div><div class=m>时间 2019-03-04 来处：某某社 编：甲</div>
         <div class=x>{}<div class=ad2>广告语在此，请勿理会。</div></div>",
        sentences(3)
    );
    let mut rules = SiteRules::default();
    rules.fields.insert(Field::Title, rule("div.t"));
    rules.fields.insert(Field::Published, rule(".m"));
    rules.fields.insert(
        Field::Source,
        FieldRule { after: Some("来处：".to_owned()), before: Some(" 编".to_owned()), ..rule(".m") },
    );
    rules.fields.insert(Field::Body, rule(".x"));
    rules.remove.push(".ad2".to_owned());
    let page = read(html.as_bytes(), &Hint::default(), Some(&rules));
    assert_eq!(value(&page.title), Some("真正的标题在这里"));
    assert!(matches!(&page.title.as_ref().expect("checked").place, Place::Rule(selector) if selector == "div.t"));
    assert_eq!(page.published.as_ref().expect("by rule").value.date.to_string(), "2019-03-04");
    assert_eq!(value(&page.source), Some("某某社"));
    assert_eq!(text(&page).lines().count(), 3);
    let written = serde_json::to_string(&rules).expect("rules can be written");
    assert_eq!(serde_json::from_str::<SiteRules>(&written).expect("and read"), rules);
    assert!(rules.misunderstood().is_empty());
    rules.remove.push("p:hover".to_owned());
    assert_eq!(rules.misunderstood(), ["p:hover"]);
}

fn odd_page(number: usize, title: &str, day: &str, source: &str) -> String {
    format!(
        "<html><body><div class=c{number}><div class='w top'>今日天气，晴转多云，最高温度二十度，最低温度十度。</div><div class=w><span class=big>{title}</span></div>
         <table><tr><td>登载 {day}</td><td>供稿：{source} 点击 {number}</td></tr></table>
         <div class='w text{number}' id=bx>{}<p>编号{number}，全文完。</p></div><div class=w>{}</div></div></body></html>",
        sentences(number + 2),
        sentences(9)
    )
}

#[test]
fn rules_are_learned_from_marked_pages_and_hold_on_others() {
    let pages = [
        odd_page(1, "第一篇文章的标题", "2018-01-02", "某某局"),
        odd_page(2, "又一篇文章的题目", "2019-11-12", "另一个单位"),
    ];
    let bodies = ["第1段，各有关单位…编号1，全文完。", "第1段，各有关单位…编号2，全文完。"];
    let values = [
        vec![
            (Field::Title, "第一篇文章的标题"),
            (Field::Published, "2018-01-02"),
            (Field::Source, "某某局"),
            (Field::Body, bodies[0]),
            (Field::Author, "页上没有的人"),
        ],
        vec![
            (Field::Title, "又一篇文章的题目"),
            (Field::Published, "2019-11-12"),
            (Field::Source, "另一个单位"),
            (Field::Body, bodies[1]),
        ],
    ];
    let marked: Vec<Marked<'_>> = pages
        .iter()
        .zip(&values)
        .map(|(page, values)| Marked { bytes: page.as_bytes(), address: None, values })
        .collect();
    let rules = learn(&marked);
    assert_eq!(rules.not_learned, [Field::Author], "{rules:?}");
    let other = odd_page(7, "没有标过的一篇文章", "2020-05-06", "第三个单位");
    let page = read(other.as_bytes(), &Hint::default(), Some(&rules));
    assert_eq!(value(&page.title), Some("没有标过的一篇文章"));
    assert_eq!(page.published.as_ref().expect("by rule").value.date.to_string(), "2020-05-06");
    assert_eq!(value(&page.source), Some("第三个单位"), "{rules:?}");
    assert!(text(&page).ends_with("编号7，全文完。"), "{rules:?} {}", text(&page));
    assert!(text(&page).starts_with("第1段"), "{}", text(&page));
}

#[test]
fn nothing_is_learned_from_nothing() {
    assert_eq!(learn(&[]), SiteRules::default());
    let rules = learn(&[Marked { bytes: b"<p>x", address: None, values: &[(Field::Title, "")] }]);
    assert!(rules.not_learned == [Field::Title] || rules.fields.contains_key(&Field::Title));
}
