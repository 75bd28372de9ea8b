use super::samples::{compound, gbk, hidden, id_number, numeric_id, read, shown, utf16};
use extract::attachment::AttachmentKind;

/// Writes little-endian numbers at places of a head.
fn put(bytes: &mut [u8], at: usize, number: usize, length: usize) {
    for index in 0..length {
        bytes[at + index] = (number >> (8 * index)) as u8;
    }
}

/// A DOC of two pieces: one of plain bytes, one of UTF-16; main text, then a comment.
fn doc(bytes: &str, wide: &str, comment: &str) -> Vec<u8> {
    let mut main = vec![0u8; 0x400];
    put(&mut main, 0, 0xa5ec, 2);
    put(&mut main, 2, 0xc1, 2);
    put(&mut main, 0x0a, 0x0200, 2);
    let second = format!("{wide}{comment}");
    let (first_length, second_length) = (bytes.len(), second.encode_utf16().count());
    put(&mut main, 0x4c, first_length + wide.encode_utf16().count(), 4);
    put(&mut main, 0x5c, comment.encode_utf16().count(), 4);
    main.extend_from_slice(bytes.as_bytes());
    let wide_at = main.len();
    main.extend(utf16(&second));
    let mut table = vec![2u8];
    table.extend(((4 * 3 + 8 * 2) as u32).to_le_bytes());
    for place in [0, first_length, first_length + second_length] {
        table.extend((place as u32).to_le_bytes());
    }
    for place in [0x4000_0000 | (0x400 * 2), wide_at] {
        table.extend([0, 0]);
        table.extend((place as u32).to_le_bytes());
        table.extend([0, 0]);
    }
    put(&mut main, 0x1a2, 0, 4);
    put(&mut main, 0x1a6, table.len(), 4);
    compound(&[("/WordDocument", &main), ("/1Table", &table), ("/\u{5}SummaryInformation", &summary("某人"))])
}

/// A property set with an author.
fn summary(author: &str) -> Vec<u8> {
    let name = gbk(author);
    let mut value = vec![0x1e, 0, 0, 0];
    value.extend(((name.len() + 1) as u32).to_le_bytes());
    value.extend(&name);
    value.push(0);
    let mut set = vec![0xfe, 0xff, 0, 0];
    set.extend([0; 20]);
    set.extend(1u32.to_le_bytes());
    set.extend([0; 16]);
    set.extend(48u32.to_le_bytes());
    set.extend(((16 + value.len()) as u32).to_le_bytes());
    set.extend(1u32.to_le_bytes());
    set.extend(4u32.to_le_bytes());
    set.extend(16u32.to_le_bytes());
    set.extend(value);
    set
}

#[test]
fn an_old_word_document_gives_text_cells_fields_and_comments() {
    let (one, two) = (id_number(1), id_number(2));
    let file = doc(&format!("ID {one}\r"), "姓名\u{7}电话\u{7}\u{7}\u{13}HYPERLINK 藏\u{14}链接\u{15}完\r", &two);
    let found = read("a.doc", &file);
    assert_eq!(found.kind, AttachmentKind::Doc);
    assert!(found.complete, "{:?}", found.notices);
    assert!(found.text.starts_with(&format!("ID {one}\n姓名\t电话\nHYPERLINK 藏链接完\n")), "{:?}", found.text);
    assert!(shown(&found, &one) && hidden(&found, &two) && hidden(&found, "HYPERLINK 藏") && shown(&found, "链接"));
    assert_eq!(found.properties, [("作者".to_owned(), "某人".to_owned())]);
}

#[test]
fn an_encrypted_old_document_says_so() {
    let mut main = vec![0u8; 0x400];
    put(&mut main, 2, 0xc1, 2);
    put(&mut main, 0x0a, 0x0100, 2);
    let found = read("a.doc", &compound(&[("/WordDocument", &main), ("/0Table", b"x")]));
    assert!(!found.complete && found.notices[0].contains("加密"));
    let found = read("a.docx", &compound(&[("/EncryptedPackage", b"x"), ("/EncryptionInfo", b"y")]));
    assert!(!found.complete && found.notices[0].contains("加密"));
}

fn record(kind: u16, body: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes()[..], &(body.len() as u16).to_le_bytes(), body].concat()
}

fn wide_string(text: &str) -> Vec<u8> {
    let units = utf16(text);
    [&((units.len() / 2) as u16).to_le_bytes()[..], &[1], &units].concat()
}

fn numbers(values: &[u16]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

/// An XLS with one sheet of the given state; its first shared string is torn apart by a continuation.
fn xls(state: u8, cells: &[Vec<u8>], strings: &[&str]) -> Vec<u8> {
    let head = |kind: u16| record(0x0809, &[numbers(&[0x0600, kind]), vec![0; 12]].concat());
    let mut globals = head(5);
    let count = strings.len() as u32;
    let mut table: Vec<u8> = [count.to_le_bytes(), count.to_le_bytes()].concat();
    for text in strings {
        table.extend(wide_string(text));
    }
    // Cut inside the first string: two characters here, the others after a flag of their own.
    let cut = 8 + 3 + 4;
    let rest = [&[1u8][..], &table[cut..]].concat();
    globals.extend(record(0x00e0, &[numbers(&[0, 0]), vec![0; 16]].concat()));
    globals.extend(record(0x00e0, &[numbers(&[0, 14]), vec![0; 16]].concat()));
    globals.extend(record(0x00fc, &table[..cut]));
    globals.extend(record(0x003c, &rest));
    let name = utf16("表");
    let start = globals.len() + 4 + 6 + 2 + name.len() + 4;
    let sheet = [&(start as u32).to_le_bytes()[..], &[state, 0, 1, 1], &name].concat();
    globals.extend(record(0x0085, &sheet));
    globals.extend(record(0x000a, &[]));
    assert_eq!(globals.len(), start);
    globals.extend(head(0x10));
    globals.extend(cells.concat());
    globals.extend(record(0x000a, &[]));
    compound(&[("/Workbook", &globals)])
}

#[test]
fn an_old_workbook_gives_hidden_columns_rows_comments_and_dates() {
    let (one, two, three) = (id_number(3), id_number(4), id_number(5));
    let label = |row: u16, column: u16, index: u32| {
        record(0x00fd, &[numbers(&[row, column, 0]), index.to_le_bytes().to_vec()].concat())
    };
    let float = |row: u16, column: u16, format: u16, value: f64| {
        record(0x0203, &[numbers(&[row, column, format]), value.to_le_bytes().to_vec()].concat())
    };
    let comment = [
        record(0x01b6, &[vec![0; 10], numbers(&[18, 0]), vec![0; 4]].concat()),
        record(0x003c, &[&[0][..], three.as_bytes()].concat()),
    ]
    .concat();
    let cells = [
        record(0x007d, &numbers(&[1, 1, 2000, 0, 1, 0])),
        record(0x0208, &[numbers(&[1, 0, 3, 300, 0, 0]), 0x20u32.to_le_bytes().to_vec()].concat()),
        label(0, 0, 0),
        label(0, 1, 1),
        float(0, 2, 1, 45_000.0),
        float(1, 0, 0, 13_800_001_111.0),
        record(0x027e, &[numbers(&[2, 0, 0]), ((77u32 << 2) | 2).to_le_bytes().to_vec()].concat()),
        comment,
    ];
    let found = read("a.xls", &xls(0, &cells, &["姓名张三", &one, &two]));
    assert_eq!(found.kind, AttachmentKind::Xls);
    assert!(
        found.text.starts_with(&format!("工作表：表\n姓名张三\t{one}\t2023-03-15\t\n13800001111\t\n77\t\n")),
        "{:?}",
        found.text
    );
    assert!(hidden(&found, &one) && hidden(&found, "13800001111") && hidden(&found, &two) && hidden(&found, &three));
    assert!(shown(&found, "77") && found.complete, "{:?}", found.notices);
    let found = read("a.xls", &xls(2, &[label(0, 0, 0)], &["姓名张三"]));
    assert!(found.text.contains("工作表：表（深度隐藏）") && hidden(&found, "姓名张三"));
}

#[test]
fn large_numbers_of_an_old_workbook_show_all_digits() {
    let cell = record(
        0x0203,
        &[numbers(&[0, 0, 0]), numeric_id()[..15].parse::<f64>().unwrap().to_le_bytes().to_vec()].concat(),
    );
    let found = read("a.xls", &xls(0, &[cell], &["甲乙丙"]));
    assert!(found.text.contains(&numeric_id()[..15]), "{}", found.text);
}

#[test]
fn old_slides_give_texts_and_hidden_notes() {
    let atom =
        |kind: u16, body: &[u8]| [&[0, 0][..], &kind.to_le_bytes(), &(body.len() as u32).to_le_bytes(), body].concat();
    let container = |kind: u16, body: &[u8]| {
        [&[0x0f, 0][..], &kind.to_le_bytes(), &(body.len() as u32).to_le_bytes(), body].concat()
    };
    let (one, two) = (id_number(6), id_number(7));
    let slide = container(
        0x03ee,
        &container(0x0fd9, &[atom(0x0fa0, &utf16("标题\r正文")), atom(0x0fa8, one.as_bytes())].concat()),
    );
    let notes = container(0x03f0, &atom(0x0fa0, &utf16(&two)));
    let found = read("a.ppt", &compound(&[("/PowerPoint Document", &[slide, notes].concat())]));
    assert_eq!(found.kind, AttachmentKind::Ppt);
    assert_eq!(found.text, format!("标题\n正文\n{one}\n{two}\n"));
    assert!(shown(&found, &one) && hidden(&found, &two) && found.complete);
}

#[test]
fn a_file_dropped_into_an_old_document_is_read() {
    let text = "里面的文字".as_bytes();
    let mut native = vec![0, 0, 0, 0, 2, 0];
    native.extend(gbk("说明.txt"));
    native.push(0);
    native.extend(b"C:\\a.txt\0");
    native.extend([0, 0, 3, 0]);
    native.extend(3u32.to_le_bytes());
    native.extend(b"t\0\0");
    native.extend((text.len() as u32).to_le_bytes());
    native.extend(text);
    let found = read("a.bin", &compound(&[("/\u{1}Ole10Native", &native)]));
    assert!(found.text.contains("说明.txt\n里面的文字"), "{:?}", found.text);
    let embedded = compound(&[("/ObjectPool/_1/WordDocument", b"short"), ("/WordDocument", b"short")]);
    assert!(!read("a.doc", &embedded).complete);
}
