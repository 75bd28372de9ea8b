use super::*;

const IN: &str = "<ins><span class=\"unseen\">新增：</span>";
const OUT: &str = "<del><span class=\"unseen\">删除：</span>";

#[test]
fn a_changed_number_is_shown_inside_its_sentence() {
    let difference = texts("各单位要在10个工作日内报送。其他不变。", "各单位要在15个工作日内报送。其他不变。");
    assert_eq!(difference.html, format!("<p>各单位要在{OUT}10</del>{IN}15</ins>个工作日内报送。其他不变。</p>"));
}

#[test]
fn a_new_paragraph_and_a_dropped_sentence_are_whole() {
    let difference = texts("第一段。多余的一句。\n第三段。", "第一段。\n全新增加的第二段内容。\n第三段。");
    assert!(difference.html.contains(&format!("{IN}全新增加的第二段内容。</ins>")), "{}", difference.html);
    assert!(difference.html.contains(&format!("{OUT}多余的一句。")), "{}", difference.html);
    assert!(difference.html.ends_with("<p class=\"difference-same\">第三段。</p>"), "{}", difference.html);
}

#[test]
fn equal_bodies_have_no_difference_and_markup_is_not_text() {
    let difference = bodies("<p>同一<strong>段</strong></p>", "<p>同一段</p>");
    assert!(difference.is_empty());
    assert_eq!(difference.html, "<p class=\"difference-same\">同一段</p>");
    let hostile = texts("a", "<script>");
    assert!(hostile.html.contains("&lt;script&gt;") && !hostile.html.contains("<script>"));
}

#[test]
fn element_table_shows_only_what_differs() {
    let change = |label: &str, old: Option<&str>, new: Option<&str>| ElementChange {
        label: label.into(),
        old: old.map(Into::into),
        new: new.map(Into::into),
    };
    let html = elements(&[
        change("标题", Some("甲"), Some("甲")),
        change("发文字号", Some("示政发〔2026〕1号"), Some("示政发〔2026〕12号")),
        change("作者", None, Some("乙")),
        change("主题词", Some(" "), None),
    ]);
    assert!(
        html.contains(&format!(
            "<tr><th scope=\"row\">发文字号</th><td>示政发〔2026〕{OUT}1</del>{IN}12</ins>号</td></tr>"
        )),
        "{html}"
    );
    assert!(html.contains(&format!("<td>{IN}乙</ins></td>")), "{html}");
    assert!(!html.contains("标题") && !html.contains("主题词"), "{html}");
    assert_eq!(elements(&[change("标题", Some("甲"), Some("甲"))]), "");
}

/// The text of one side of a comparison.
fn side(html: &str, without: &str) -> String {
    let mut text = html.replace(OUT, "<del>").replace(IN, "<ins>");
    while let Some(start) = text.find(&format!("<{without}>")) {
        let end = text[start..].find(&format!("</{without}>")).map(|at| start + at + without.len() + 3).unwrap();
        text.replace_range(start..end, "");
    }
    plain_text(&text).replace('\n', "")
}

proptest::proptest! {
    #[test]
    fn both_texts_can_be_read_off_the_difference(old in "[甲乙丙丁。；\n]{0,40}", new in "[甲乙丙丁。；\n]{0,40}") {
        let html = texts(&old, &new).html;
        proptest::prop_assert_eq!(side(&html, "ins"), old.replace('\n', ""));
        proptest::prop_assert_eq!(side(&html, "del"), new.replace('\n', ""));
    }
}
