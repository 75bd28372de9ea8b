//! A report says the same as a page and as a workbook, whatever stands in it.

use report::{Cell, Document, Section, Table, html, xlsx};

fn document() -> Document {
    let mut table = Table::new(&["页面", "数量"]);
    table.rows.push(vec!["<script>示例</script> & “引号”".into(), 12u64.into()]);
    table.rows.push(vec!["=1+1".into(), Cell::Count(0)]);
    let section = |heading: &str| Section {
        heading: heading.into(),
        notes: vec!["说明一句。".into()],
        table: Some(table.clone()),
    };
    Document {
        title: "示例报告".into(),
        lead: vec!["由示例人员生成。".into()],
        sections: vec![section("栏目/页面"), section("栏目/页面"), section("")],
    }
}

#[test]
fn a_page_shows_foreign_texts_as_texts() {
    let page = html(&document());
    assert!(page.contains("&lt;script&gt;示例&lt;/script&gt; &amp;") && !page.contains("<script"));
    assert_eq!(page.matches("<h2>").count(), 3);
}

#[test]
fn a_workbook_holds_every_cell_and_no_formula() {
    let bytes = xlsx(&document()).unwrap();
    let found = extract::attachment::extract("报告.xlsx", &bytes, &extract::attachment::Limits::default()).unwrap();
    let text = found.all_text();
    for wanted in ["示例报告", "说明一句。", "<script>示例</script> & “引号”", "=1+1", "12"] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
}
