use super::samples::{hidden, id_number, numeric_id, read, shown, zip};
use extract::attachment::AttachmentKind;

fn open_document(mime: &str, content: &str, meta: &str) -> Vec<u8> {
    zip(&[
        ("mimetype", mime.as_bytes()),
        ("content.xml", content.as_bytes()),
        ("meta.xml", meta.as_bytes()),
        ("META-INF/manifest.xml", b"<manifest/>"),
    ])
}

#[test]
fn a_text_document_gives_notes_changes_and_hidden_text() {
    let ids: Vec<String> = (1..5).map(id_number).collect();
    let content = format!(
        "<o:document xmlns:o=\"o\" xmlns:text=\"t\" xmlns:style=\"s\"><o:automatic-styles><style:style style:name=\"T1\">\
         <style:text-properties text:display=\"none\"/></style:style></o:automatic-styles><o:body><o:text>\
         <text:tracked-changes><text:deletion><text:p>{}</text:p></text:deletion></text:tracked-changes>\
         <text:h>标题</text:h><text:p>甲<text:s text:c=\"2\"/>乙<text:tab/>丙<text:line-break/>丁</text:p>\
         <text:p><text:span text:style-name=\"T1\">{}</text:span>可见{}</text:p>\
         <text:p><o:annotation><text:p>{}</text:p></o:annotation></text:p></o:text></o:body></o:document>",
        ids[0], ids[1], ids[2], ids[3]
    );
    let meta = "<m><meta:initial-creator>某人</meta:initial-creator><meta:user-defined name=\"部门\">某科</meta:user-defined></m>";
    let found = read("a.odt", &open_document("application/vnd.oasis.opendocument.text", &content, meta));
    assert_eq!(found.kind, AttachmentKind::Odt);
    assert!(found.text.contains("标题\n甲  乙\t丙\n丁\n"), "{:?}", found.text);
    assert!(hidden(&found, &ids[0]) && hidden(&found, &ids[1]) && shown(&found, &ids[2]) && hidden(&found, &ids[3]));
    assert!(found.properties.contains(&("创建者".to_owned(), "某人".to_owned())), "{:?}", found.properties);
    assert!(found.properties.contains(&("自定义属性“部门”".to_owned(), "某科".to_owned())));
    assert!(found.complete, "{:?}", found.notices);
}

#[test]
fn a_spreadsheet_gives_hidden_sheets_rows_columns_and_whole_numbers() {
    let id = numeric_id();
    let content = format!(
        "<o:d xmlns:t=\"t\" xmlns:x=\"x\"><style:style style:name=\"ta1\"><style:table-properties table:display=\"false\"/></style:style>\
         <t:table t:name=\"表一\"><t:table-column/><t:table-column t:visibility=\"collapse\"/>\
         <t:table-row><t:table-cell><x:p>甲</x:p></t:table-cell><t:table-cell><x:p>藏列</x:p></t:table-cell>\
         <t:table-cell o:value=\"{id}\"><x:p>1.6E+17</x:p></t:table-cell></t:table-row>\
         <t:table-row t:visibility=\"collapse\"><t:table-cell><x:p>藏行</x:p></t:table-cell></t:table-row></t:table>\
         <t:table t:name=\"表二\" t:style-name=\"ta1\"><t:table-row><t:table-cell><x:p>藏表</x:p></t:table-cell></t:table-row></t:table></o:d>"
    );
    let found = read("a.ods", &open_document("application/vnd.oasis.opendocument.spreadsheet", &content, "<m/>"));
    assert_eq!(found.kind, AttachmentKind::Ods);
    assert!(found.text.contains("工作表：表一\n甲\t藏列\t1.6E+17 "), "{:?}", found.text);
    assert!(
        hidden(&found, "藏列")
            && hidden(&found, "藏行")
            && hidden(&found, "藏表")
            && shown(&found, "甲")
            && hidden(&found, &id)
    );
    assert!(found.text.contains("工作表：表二（隐藏）"));
}
