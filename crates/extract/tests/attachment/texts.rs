use super::samples::{gbk, hidden, id_number, read, shown, utf16};
use extract::attachment::AttachmentKind;

#[test]
fn text_files_are_read_in_every_encoding_they_come_in() {
    let text = format!("姓名，身份证号\n张三，{}\n联系电话：以下为办事指南的说明文字。", id_number(1));
    let marked = [&[0xff, 0xfe][..], &utf16(&text)].concat();
    let big_endian: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let encodings: [(&str, Vec<u8>); 6] = [
        ("UTF-8", text.clone().into_bytes()),
        ("UTF-8 with mark", format!("\u{feff}{text}").into_bytes()),
        ("UTF-16", utf16(&text)),
        ("UTF-16 with mark", marked),
        ("UTF-16 big endian", big_endian),
        ("GBK", gbk(&text)),
    ];
    for (encoding, bytes) in encodings {
        let found = read("a.txt", &bytes);
        assert_eq!(found.text, text, "{encoding}");
        assert!(found.complete && found.kind == AttachmentKind::Text, "{encoding}");
    }
    assert_eq!(read("a.csv", "甲,乙\r\n1,2".as_bytes()).kind, AttachmentKind::Csv);
}

#[test]
fn a_text_in_big5_is_guessed() {
    let text = "本府為辦理各項業務，特訂定本要點，請各機關依規定辦理，並將辦理情形報府備查。";
    let found = read("a.txt", &encoding_rs::BIG5.encode(text).0);
    assert_eq!(found.text, text);
}

#[test]
fn a_web_page_gives_text_comments_and_attributes() {
    let page = "<html><head><title>标题</title><style>p{}</style></head><body><!-- 注释里的电话 --><p>第一段<b>加粗</b></p>\
                <table><tr><td>甲</td><td>乙</td></tr></table><img alt=\"图片说明\"><input value='默认值'>&lt;完&gt;</body></html>";
    let found = read("a.html", page.as_bytes());
    assert_eq!(found.kind, AttachmentKind::Html);
    assert!(found.text.contains("第一段加粗\n") && found.text.contains("甲\t乙\t\n") && found.text.contains("<完>"));
    assert!(
        hidden(&found, "注释里的电话")
            && hidden(&found, "图片说明")
            && hidden(&found, "默认值")
            && shown(&found, "标题")
    );
}

#[test]
fn rich_text_gives_bytes_of_its_code_page_hidden_runs_and_properties() {
    let hex: String = gbk("身份证号").iter().map(|byte| format!("\\'{byte:02x}")).collect();
    let (one, two) = (id_number(2), id_number(3));
    let file = format!(
        "{{\\rtf1\\ansi\\ansicpg936{{\\fonttbl{{\\f0 SimSun;}}}}{{\\info{{\\author \\u29579?\\u20116?}}{{\\title t}}}}\
         {{\\header {two}\\par}}\\pard {hex} \\u20013?\\u22269? {{\\v {one}}} 1\\cell 2\\row\\par {{\\*\\annotation note}}\
         {{\\pict 0102}}}}"
    );
    let found = read("a.rtf", file.as_bytes());
    assert_eq!(found.kind, AttachmentKind::Rtf);
    assert!(found.text.contains("身份证号") && found.text.contains("中国"), "{:?}", found.text);
    assert!(hidden(&found, &one) && shown(&found, &two) && hidden(&found, "note") && !found.text.contains("SimSun"));
    assert!(!found.text.contains("0102"));
    assert!(found.properties.contains(&("作者".to_owned(), "王五".to_owned())), "{:?}", found.properties);
}

#[test]
fn a_picture_and_an_unknown_file_say_that_they_were_not_read() {
    for (bytes, kind) in [
        (&b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"[..], AttachmentKind::Picture),
        (&b"\0\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\x10"[..], AttachmentKind::Unknown),
        (&b"Rar!\x1a\x07\x01\0"[..], AttachmentKind::OtherArchive),
        (&b"7z\xbc\xaf\x27\x1c\0\x04"[..], AttachmentKind::OtherArchive),
    ] {
        let found = read("a", bytes);
        assert_eq!(found.kind, kind);
        assert!(!found.complete && found.notices.len() == 1, "{:?}", found.notices);
    }
}
