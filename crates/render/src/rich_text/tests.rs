use std::path::PathBuf;

use uuid::Uuid;

use super::*;

fn html(input: &str) -> String {
    clean(input).html
}

#[test]
fn ordinary_markup_stays_as_it_is() {
    for body in [
        "<p>第一段。</p><p>第二段<strong>加粗</strong>和<em>斜体</em>。</p>",
        "<h2>一、总则</h2><p>正文。</p><h3>（一）目的</h3>",
        "<ul><li>甲</li><li>乙<ol><li>子项</li></ol></li></ul>",
        "<table><caption>表一</caption><thead><tr><th scope=\"col\">名称</th><th>数量</th></tr></thead><tbody><tr><td colspan=\"2\">合计</td></tr><tr><td rowspan=\"2\">甲</td><td></td></tr></tbody></table>",
        "<blockquote><p>引文</p></blockquote><hr><pre>a  b\nc</pre>",
        "<p class=\"align-center\">居中</p><p class=\"align-right\">右对齐</p><p class=\"no-indent\">顶格</p>",
        "<p>见注<a id=\"t-ref1\" href=\"#t-note1\"><sup>[1]</sup></a>。</p><p><a id=\"t-note1\" href=\"#t-ref1\">[1]</a> 注文。</p>",
        "<p>H<sub>2</sub>O，x<sup>2</sup></p>",
        "<figure><img src=\"https://www.example.gov.cn/a.png\" alt=\"图\"><figcaption>图一</figcaption></figure>",
    ] {
        assert_eq!(html(body), body);
    }
}

#[test]
fn scripts_handlers_and_unsafe_addresses_are_taken_out_and_reported() {
    let cleaned = clean(
        "<p onclick=\"x()\">正文<script>alert(1)</script><a href=\" jav&#9;ascript:alert(1)\">链接</a><a href=\"data:text/html,x\">二</a>\
         <img src=\"data:image/png;base64,AAAA\"><img src=\"file:///C:/a.png\"><img src=\"http://elsewhere/a.png\"></p><iframe src=\"//x\"></iframe><style>p{}</style>",
    );
    assert_eq!(cleaned.html, "<p>正文链接二</p>");
    assert_eq!(cleaned.notes.len(), 7, "{:?}", cleaned.notes);
    assert!(cleaned.notes.iter().any(|note| note == "取消了 2 个地址不安全的链接，文字保留。"));
}

#[test]
fn pasting_from_word_gives_clean_paragraphs() {
    let pasted = r#"<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator content="Microsoft Word 15">
<style><!-- p.MsoNormal {mso-style-parent:"";} --></style><title>无标题</title><!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]--></head>
<body lang=ZH-CN><!--StartFragment--><p class=MsoNormal align=center style='text-align:center;mso-pagination:widow-orphan'><b><span style='font-size:22.0pt;font-family:方正小标宋'>关于开展检查<span lang=EN-US><o:p></o:p></span></span></b><b>的通知</b></p>
<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>
<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0'><font face="仿宋" color=red><span style='font-size:16.0pt'>各单位要认真
对照检查，</span></font><span>&nbsp;&nbsp;&nbsp;按时报送。</span></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Wingdings'><span style='mso-list:Ignore'>l<span>&nbsp;&nbsp; </span></span></span><![endif]>第一项</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>l&nbsp;</span>第二项</p>
<table class=MsoTableGrid border=1 style='border-collapse:collapse;mso-border-alt:solid'><tr style='mso-yfti-irow:0'><td width=100 style='width:75pt'><p class=MsoNormal align=center style='text-align:center'>姓名<o:p></o:p></p></td><td><p class=MsoNormal><span>&nbsp;</span></p></td></tr></table>
<!--EndFragment--></body></html>"#;
    let cleaned = clean(pasted);
    assert_eq!(
        cleaned.html,
        "<p class=\"align-center\"><strong>关于开展检查的通知</strong></p><p>各单位要认真对照检查， 按时报送。</p>\
         <ul><li>第一项</li><li>第二项</li></ul><table><tbody><tr><td class=\"align-center\">姓名</td><td></td></tr></tbody></table>"
    );
    assert_eq!(cleaned.notes, Vec::<String>::new());
    assert_eq!(cleaned.plain_text, "关于开展检查的通知\n各单位要认真对照检查， 按时报送。\n第一项\n第二项\n姓名");
}

#[test]
fn text_without_paragraphs_gets_them() {
    assert_eq!(
        html("第一句<br>　　第二段<br><br>第三段<div>第四段</div>尾"),
        "<p>第一句</p><p>第二段</p><p>第三段</p><p>第四段</p><p>尾</p>"
    );
    assert_eq!(html("<p>地址：<br>电话：</p>"), "<p>地址：<br>电话：</p>");
    assert_eq!(html("<b><p>甲</p><p>乙</p></b>"), "<p><strong>甲</strong></p><p><strong>乙</strong></p>");
    assert_eq!(html("<center>标题</center>"), "<p class=\"align-center\">标题</p>");
    assert_eq!(html("<h1>大标题</h1><h6>小标题</h6>"), "<h2>大标题</h2><h5>小标题</h5>");
    assert_eq!(html("<p>申请人：<u>&nbsp;&nbsp;&nbsp;&nbsp;</u>（签字）</p>"), "<p>申请人：____（签字）</p>");
}

#[test]
fn hidden_text_is_taken_out() {
    assert_eq!(
        html("<p>看得见<span style=\"display:none\">看不见</span></p><div hidden>也看不见</div>"),
        "<p>看得见</p>"
    );
}

#[test]
fn addressees_of_a_letter_stand_at_the_margin() {
    assert_eq!(
        html("<p>各盟行政公署、市人民政府，自治区各委、办、厅、局：</p><p>现通知如下：</p>"),
        "<p class=\"no-indent\">各盟行政公署、市人民政府，自治区各委、办、厅、局：</p><p>现通知如下：</p>"
    );
}

#[test]
fn a_layout_table_of_one_cell_is_unwrapped() {
    assert_eq!(html("<table width=\"100%\"><tr><td><p>正文</p></td></tr></table>"), "<p>正文</p>");
}

#[test]
fn plain_text_becomes_paragraphs_with_the_parts_of_a_letter_in_place() {
    let cleaned = from_plain_text(
        "示例自治区人民政府关于某事的批复\n示政函〔2026〕8号\n\n示例厅：\n　　你厅《请示》收悉，<现>批复如下：\r\n　　同意。\n示例自治区人民政府\n二〇二六年五月二十三日\n",
    );
    assert_eq!(
        cleaned.html,
        "<p class=\"align-center\">示例自治区人民政府关于某事的批复</p><p class=\"align-center\">示政函〔2026〕8号</p>\
         <p class=\"no-indent\">示例厅：</p><p>你厅《请示》收悉，&lt;现&gt;批复如下：</p><p>同意。</p>\
         <p class=\"align-right\">示例自治区人民政府</p><p class=\"align-right\">二〇二六年五月二十三日</p>"
    );
    assert!(cleaned.plain_text.starts_with("示例自治区人民政府关于某事的批复\n示政函〔2026〕8号\n示例厅："));
    assert_eq!(html(&cleaned.html), cleaned.html);
}

#[test]
fn attachments_are_named_by_identity_until_a_page_is_made() {
    let (known, unknown) = (Uuid::from_u128(5), Uuid::from_u128(6));
    let body = html(&format!(
        "<p><img src=\"attachment:{known}\" alt=\"甲 &amp; 乙\" width=\"300\"><img src=\"attachment:{unknown}\"><a href=\"attachment:{unknown}\">下载</a> href=\"attachment:{known}\"</p>"
    ));
    let rewritten = rewrite_attachments(&body, |id| (id == known).then(|| "5/a&b.png".to_owned()));
    assert_eq!(
        rewritten.html,
        format!(
            "<p><img src=\"5/a&amp;b.png\" alt=\"甲 &amp; 乙\" width=\"300\"><a>下载</a> href=\"attachment:{known}\"</p>"
        )
    );
    assert_eq!(rewritten.missing, [unknown, unknown]);
    assert_eq!(html("<img src=\"attachment:nonsense\">"), "");
}

#[test]
fn very_deep_nesting_is_flattened_not_followed() {
    let deep = format!("{}正文{}", "<div><b>".repeat(20_000), "</b></div>".repeat(20_000));
    let cleaned = clean(&deep);
    assert_eq!(cleaned.plain_text, "正文");
    assert_eq!(cleaned.notes.len(), 1);
}

/// What must never be in a clean body, judged by a full parser.
fn assert_harmless(case: &str, cleaned: &str) {
    let tree = scraper::Html::parse_fragment(cleaned);
    for node in tree.tree.nodes() {
        let scraper::Node::Element(element) = node.value() else { continue };
        let name = element.name();
        assert!(
            !matches!(
                name,
                "script"
                    | "style"
                    | "iframe"
                    | "object"
                    | "embed"
                    | "svg"
                    | "math"
                    | "form"
                    | "input"
                    | "base"
                    | "meta"
                    | "link"
                    | "template"
                    | "noscript"
            ),
            "{case}: <{name}> in {cleaned}"
        );
        for (attribute, value) in element.attrs() {
            let value: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
            let value = value.to_ascii_lowercase();
            assert!(!attribute.starts_with("on") && attribute != "style", "{case}: {attribute} in {cleaned}");
            let address = matches!(attribute, "href" | "src");
            let unsafe_scheme =
                ["javascript:", "vbscript:", "data:", "file:"].iter().any(|scheme| value.starts_with(scheme));
            assert!(!(address && unsafe_scheme), "{case}: {value} in {cleaned}");
        }
    }
}

#[test]
fn no_script_survives_the_known_attacks() {
    let folder =
        std::env::var_os("ZHENGTONG_DATA").map_or_else(|| PathBuf::from("../../../shared/data"), PathBuf::from);
    let file = folder.join("11-suites/dompurify_xss.jsonl");
    let Ok(cases) = std::fs::read_to_string(&file) else {
        eprintln!("skipped: no sanitizer cases at {} (set ZHENGTONG_DATA)", file.display());
        return;
    };
    let mut count = 0;
    for line in cases.lines().filter(|line| !line.trim().is_empty()) {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let (title, payload) = (case["title"].as_str().unwrap_or(""), case["payload"].as_str().unwrap());
        let cleaned = clean(payload);
        assert_harmless(title, &cleaned.html);
        assert_eq!(html(&cleaned.html), cleaned.html, "cleaning twice changes nothing: {title}");
        count += 1;
    }
    assert!(count > 100, "only {count} cases");
}

proptest::proptest! {
    #[test]
    fn any_soup_of_tags_comes_out_harmless_and_stays_put(
        parts in proptest::collection::vec(proptest::sample::select(vec![
            "<p>", "</p>", "<b>", "</b>", "<div align=center>", "</div>", "<table>", "<tr>", "<td>", "</table>", "<li>", "<ul>", "</ul>",
            "<a href='javascript:1'>", "<a href=x name=y>", "</a>", "<h2>", "</h2>", "<svg>", "<style>", "<math>", "<mtext>", "<script>", "</script>",
            "<!--", "-->", "<img src=x onerror=1>", "文字", " ", "&nbsp;", "　　", "<br>", "<pre>", "\n", "</pre>", "<blockquote>", "<dl><dt>", "<dd>", "<figure>", "<figcaption>", "<sup>", "<u>",
        ]), 0..24)
    ) {
        let once = clean(&parts.concat());
        assert_harmless("soup", &once.html);
        proptest::prop_assert_eq!(clean(&once.html).html, once.html);
    }

    #[test]
    fn any_plain_text_becomes_what_a_first_save_would_leave(text in "[ \t\n\u{2}\u{3000}\u{feff}<>&?字2年〔〕：]{0,24}") {
        let html = from_plain_text(&text).html;
        proptest::prop_assert_eq!(clean(&html).html, html);
    }
}
