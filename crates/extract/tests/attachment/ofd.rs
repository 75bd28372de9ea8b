use super::samples::{docx, hidden, id_number, read, shown, zip};
use extract::attachment::AttachmentKind;

#[test]
fn an_ofd_gives_pages_in_order_lines_put_together_annotations_and_attachments() {
    let ids: Vec<String> = (1..6).map(id_number).collect();
    let inner = docx(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", ids[4]), &[]);
    let entry = "<ofd:OFD><ofd:DocBody><ofd:DocInfo><ofd:Title>公告</ofd:Title><ofd:Author>某人</ofd:Author>\
                 <ofd:CustomDatas><ofd:CustomData Name=\"文号\">第一号</ofd:CustomData></ofd:CustomDatas></ofd:DocInfo>\
                 <ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>";
    let document = "<ofd:Document><ofd:Pages><ofd:Page ID=\"1\" BaseLoc=\"Pages/Page_0/Content.xml\"/>\
                    <ofd:Page ID=\"2\" BaseLoc=\"Pages/Page_1/Content.xml\"/></ofd:Pages></ofd:Document>";
    let object = |x: f64, y: f64, width: f64, text: &str, more: &str| {
        format!(
            "<ofd:TextObject Boundary=\"{x} {y} {width} 5\" Size=\"4\" {more}><ofd:TextCode X=\"0\" Y=\"4\">{text}</ofd:TextCode></ofd:TextObject>"
        )
    };
    // The second line is written before the first, and the number is drawn in two halves.
    let first = format!(
        "<ofd:Page><ofd:Layer>{}{}{}{}</ofd:Layer></ofd:Page>",
        object(10.0, 30.0, 40.0, "第二行", ""),
        object(10.0, 20.0, 18.0, &ids[0][..9], ""),
        object(28.0, 20.0, 18.0, &ids[0][9..], ""),
        object(10.0, 40.0, 40.0, &ids[1], "Visible=\"false\""),
    );
    let second = format!("<ofd:Page>{}</ofd:Page>", object(10.0, 10.0, 60.0, &ids[2], ""));
    let annotation = format!(
        "<ofd:PageAnnot><ofd:Annot Creator=\"批注人\"><ofd:Remark>{}</ofd:Remark></ofd:Annot></ofd:PageAnnot>",
        ids[3]
    );
    let found = read(
        "a.ofd",
        &zip(&[
            ("OFD.xml", entry.as_bytes()),
            ("Doc_0/Document.xml", document.as_bytes()),
            ("Doc_0/Pages/Page_1/Content.xml", second.as_bytes()),
            ("Doc_0/Pages/Page_0/Content.xml", first.as_bytes()),
            ("Doc_0/Annots/Page_0/Annotation.xml", annotation.as_bytes()),
            ("Doc_0/Attachs/附表.docx", &inner),
        ]),
    );
    assert_eq!(found.kind, AttachmentKind::Ofd);
    assert!(found.text.starts_with(&format!("{}\n第二行\n{}\n{}\n", ids[0], ids[1], ids[2])), "{:?}", found.text);
    assert!(shown(&found, &ids[0]) && hidden(&found, &ids[1]) && shown(&found, &ids[2]) && hidden(&found, &ids[3]));
    assert!(found.text.contains(&ids[4]) && found.text.contains("批注人"));
    assert!(found.properties.contains(&("作者".to_owned(), "某人".to_owned())));
    assert!(found.properties.contains(&("自定义属性“文号”".to_owned(), "第一号".to_owned())), "{:?}", found.properties);
    assert!(found.complete, "{:?}", found.notices);
}

#[test]
fn a_page_of_pictures_is_taken_for_a_scan() {
    let found = read(
        "a.ofd",
        &zip(&[
            ("OFD.xml", b"<OFD><DocBody><DocRoot>D/Document.xml</DocRoot></DocBody></OFD>"),
            ("D/Document.xml", b"<Document><Pages><Page BaseLoc=\"P.xml\"/></Pages></Document>"),
            ("D/P.xml", b"<Page><ImageObject/></Page>"),
            ("D/Res/scan.jpg", b"\xff\xd8\xff\xe0...."),
        ]),
    );
    assert!(!found.complete && found.notices[0].contains("疑为扫描件"), "{:?}", found.notices);
    assert_eq!(found.pictures.len(), 1);
}
