use std::io::{Cursor, Write};

use super::samples::{docx, gbk, id_number, read, zip};
use extract::attachment::AttachmentKind;

#[test]
fn members_of_an_archive_are_read_and_announced() {
    let (one, two) = (id_number(1), id_number(2));
    let document = docx(
        &format!("<w:p><w:r><w:t>{one}</w:t></w:r></w:p>"),
        &[("docProps/core.xml", "<a><creator>某人</creator></a>")],
    );
    let inner = zip(&[("名单.txt", two.as_bytes())]);
    let found = read("材料.zip", &zip(&[("附件/一.docx", &document), ("附件/里层.zip", &inner)]));
    assert_eq!(found.kind, AttachmentKind::Zip);
    assert!(found.complete, "{:?}", found.notices);
    assert_eq!(found.text, format!("附件/一.docx\n{one}\n附件/里层.zip\n名单.txt\n{two}\n"));
    assert_eq!(found.properties, [("作者（附件/一.docx）".to_owned(), "某人".to_owned())]);
}

/// Old Chinese tools write names in GBK without saying so; the writer here cannot, so the bytes are put in by hand.
#[test]
fn names_in_gbk_are_understood() {
    let name = gbk("名单.txt");
    let placeholder = "n".repeat(name.len());
    let mut file = zip(&[(placeholder.as_str(), "内容".as_bytes())]);
    for start in 0..file.len() - name.len() {
        if &file[start..start + name.len()] == placeholder.as_bytes() {
            file[start..start + name.len()].copy_from_slice(&name);
        }
    }
    assert_eq!(read("a.zip", &file).text, "名单.txt\n内容\n");
}

#[test]
fn an_encrypted_member_is_named() {
    let mut file = zip(&[("秘.txt", b"abc"), ("明.txt", "看得到".as_bytes())]);
    // The flag of encryption, in the member's own head and in the directory.
    for (magic, offset) in [(&b"PK\x03\x04"[..], 6), (b"PK\x01\x02", 8)] {
        let at = file.windows(4).position(|window| window == magic).unwrap();
        file[at + offset] |= 1;
    }
    let found = read("a.zip", &file);
    assert!(found.text.contains("看得到") && !found.complete);
    assert!(found.notices[0].contains("秘.txt") && found.notices[0].contains("加密"), "{:?}", found.notices);
}

#[test]
fn a_rar_inside_a_zip_makes_the_result_incomplete() {
    let found = read("a.zip", &zip(&[("b.rar", b"Rar!\x1a\x07\x01\0....")]));
    assert!(!found.complete && found.notices[0].starts_with("“b.rar”：RAR 压缩包不能检查"), "{:?}", found.notices);
}

#[test]
fn a_comment_of_an_archive_is_text_too() {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("a.txt", zip::write::SimpleFileOptions::default()).unwrap();
    writer.write_all(b"x").unwrap();
    writer.set_comment(id_number(7)).unwrap();
    let found = read("a.zip", &writer.finish().unwrap().into_inner());
    assert!(found.text.contains(&id_number(7)));
}
