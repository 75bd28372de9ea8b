//! Tables of articles: JSON Lines, CSV, XLSX.

use extract::source::{Field, Limits, Mapping, RecordBody, RecordState, records_csv, records_jsonl};
use proptest::prelude::*;

use crate::{Found, all, data};

fn jsonl(bytes: &[u8]) -> Found {
    all(&mut records_jsonl(bytes, &Mapping::by_names(), &Limits::default()))
}

fn csv(bytes: &[u8]) -> Found {
    all(&mut records_csv(bytes, &Mapping::by_names(), &Limits::default()))
}

#[test]
fn collections_of_documents_are_read_whole() {
    let Some(folder) = data("02-docs") else { return };
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "jsonl") {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).count();
        let mut items = records_jsonl(&bytes[..], &Mapping::by_names(), &Limits::default());
        let found = all(&mut items);
        assert_eq!((found.records.len(), found.refused.len()), (lines, 0), "{path:?} {:?}", found.refused.first());
        let with = |count: usize| format!("{count}/{lines}");
        eprintln!(
            "{:?}: title {}, published {}, written {}, number {}, body {}, remarks {}, not understood {:?}",
            path.file_name().unwrap(),
            with(found.records.iter().filter(|record| record.title.is_some()).count()),
            with(found.records.iter().filter(|record| record.published.is_some()).count()),
            with(found.records.iter().filter(|record| record.written_on.is_some()).count()),
            with(found.records.iter().filter(|record| record.document_number.is_some()).count()),
            with(found.records.iter().filter(|record| !record.body.is_empty()).count()),
            found.records.iter().map(|record| record.remarks.len()).sum::<usize>(),
            items
                .columns()
                .iter()
                .filter(|column| column.field.is_none())
                .map(|column| column.name.clone())
                .collect::<Vec<_>>(),
        );
    }
}

#[test]
fn a_line_of_json_becomes_a_record() {
    let line = r#"{"id":12,"title":" 通知 ","发布时间":"2024-11-01 08:30","date":"2024-10-30","栏目":["政务公开","通知公告"],"tags":["甲","乙"],"content":"<p>正文</p>","附件":[{"name":"表","url":"/a.doc"},"b.pdf"],"status":"已发布","region":"x","extra":{"a":1},"empty":"","no":null}"#;
    let found = jsonl(line.as_bytes());
    let record = &found.records[0];
    assert_eq!(record.key.as_deref(), Some("12"));
    assert_eq!(record.title.as_deref(), Some("通知"));
    assert_eq!(record.published.unwrap().to_string(), "2024-11-01 08:30:00");
    assert_eq!(record.written_on.unwrap().to_string(), "2024-10-30");
    assert_eq!(record.column, ["政务公开", "通知公告"]);
    assert_eq!(record.keywords, ["甲", "乙"]);
    assert_eq!(record.body, RecordBody::Html("<p>正文</p>".to_owned()));
    let files: Vec<_> = record.attachments.iter().map(|file| (file.name.as_str(), file.address.as_str())).collect();
    assert_eq!(files, [("表", "/a.doc"), ("b.pdf", "")]);
    assert_eq!(record.state, Some(RecordState::Published));
    assert_eq!(
        record.other.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect::<Vec<_>>(),
        [("extra", r#"{"a":1}"#), ("region", "x")]
    );
    assert_eq!(record.place, "第 1 行");
}

#[test]
fn broken_lines_are_refused_and_the_rest_goes_on() {
    let text = "{\"title\":\"a\",\"body\":\"b\"}\n{broken\n\n[1]\n{\"region\":\"x\"}\n{\"title\":\"c\"}\r\n";
    let found = jsonl(text.as_bytes());
    assert_eq!(found.records.iter().map(|record| record.title.as_deref().unwrap()).collect::<Vec<_>>(), ["a", "c"]);
    assert_eq!(
        found.refused.iter().map(|refused| refused.place.as_str()).collect::<Vec<_>>(),
        ["第 2 行", "第 4 行", "第 5 行"]
    );
}

#[test]
fn a_list_of_objects_is_read_like_lines() {
    let text = "\u{feff}[\n {\"title\":\"a,]}\\\"\",\"x\":[1,{\"y\":2}]},\n {\"title\":}, {\"title\":\"c\"}\n]\n";
    let found = jsonl(text.as_bytes());
    assert_eq!(
        found.records.iter().map(|record| record.title.as_deref().unwrap()).collect::<Vec<_>>(),
        ["a,]}\"", "c"]
    );
    assert_eq!(found.refused.len(), 1);
    assert_eq!(found.refused[0].place, "第 3 行起");
}

#[test]
fn half_a_date_is_remarked_and_kept() {
    let record = &jsonl("{\"title\":\"a\",\"date\":\"1999\"}".as_bytes()).records[0];
    assert_eq!((record.published, record.other["date"].as_str(), record.remarks.len()), (None, "1999", 1));
}

#[test]
fn a_mapping_by_hand_wins() {
    let mapping = Mapping::by_names().with("名字", Some(Field::Title)).with("标题", None);
    let text = "{\"名字\":\"a\",\"标题\":\"b\",\"正文\":\"c\"}";
    let mut items = records_jsonl(text.as_bytes(), &mapping, &Limits::default());
    let record = all(&mut items).records.remove(0);
    assert_eq!((record.title.as_deref(), record.other["标题"].as_str()), (Some("a"), "b"));
    let columns: Vec<_> =
        items.columns().iter().map(|column| (column.name.clone(), column.field, column.by_hand)).collect();
    assert_eq!(
        columns,
        [
            ("名字".to_owned(), Some(Field::Title), true),
            ("标题".to_owned(), None, true),
            ("正文".to_owned(), Some(Field::Body), false)
        ]
    );
}

const TABLE: &str = "标题,发布日期,来源,正文,所属栏目（路径）,附件,浏览量\r\n\"关于“甲”的通知\",2024/11/1,本网,\"第一段，\r\n第二段 \"\"引\"\"\",公开>通知,\"表|/a.xls;/b.doc\",5\r\n乙,2024-11-02,本网,内容,公开,,6\r\n";

#[test]
fn tables_in_every_encoding_read_alike() {
    let gbk = encoding_rs::GBK.encode(TABLE).0.into_owned();
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(TABLE.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let marked = [b"\xef\xbb\xbf", TABLE.as_bytes()].concat();
    let tabs = TABLE.replace(',', "\t");
    let semicolons = TABLE.replace(',', ";");
    let preface = format!("sep=,\r\n{TABLE}");
    for bytes in [TABLE.as_bytes(), &gbk, &utf16, &marked, tabs.as_bytes(), semicolons.as_bytes(), preface.as_bytes()] {
        let found = csv(bytes);
        assert!(found.refused.is_empty(), "{:?}", found.refused);
        assert_eq!(found.records.len(), 2);
        let record = &found.records[0];
        assert_eq!(record.title.as_deref(), Some("关于“甲”的通知"));
        assert_eq!(record.published.unwrap().to_string(), "2024-11-01");
        assert_eq!(record.body.as_str(), "第一段，\n第二段 \"引\"");
        assert_eq!(record.column, ["公开", "通知"]);
        assert_eq!(record.attachments.len(), 2);
        assert_eq!(record.other["浏览量"], "5");
    }
}

#[test]
fn a_row_that_does_not_fit_is_refused_and_the_rest_goes_on() {
    let text = "标题,正文\na,1\nb,2,3,4\nc\nd,4\n";
    let found = csv(text.as_bytes());
    assert_eq!(
        found.records.iter().map(|record| record.title.as_deref().unwrap()).collect::<Vec<_>>(),
        ["a", "c", "d"]
    );
    assert_eq!(found.refused.len(), 1);
    assert_eq!(found.refused[0].place, "第 3 行");
    assert_eq!(found.records[1].remarks.len(), 1);
}

#[test]
fn a_quote_that_is_never_closed_costs_one_row() {
    let limits = Limits { record_bytes: 4000, ..Limits::default() };
    let rows: String = (0..500).map(|n| format!("t{n},body {n}\n")).collect();
    let text = format!("标题,正文\nx,\"never closed\n{rows}");
    let found = all(&mut records_csv(text.as_bytes(), &Mapping::by_names(), &limits));
    assert_eq!((found.records.len(), found.refused.len()), (500, 1), "{:?}", found.refused);
}

#[test]
fn a_table_without_known_names_is_refused_with_what_to_do() {
    let found = csv("a,b\n1,2\n".as_bytes());
    assert_eq!((found.records.len(), found.refused.len()), (0, 1));
    assert!(found.refused[0].reason.contains("表头"));
    let mapping = Mapping::by_names().with("a", Some(Field::Title)).with("b", Some(Field::Body));
    assert_eq!(all(&mut records_csv(&b"a,b\n1,2\n"[..], &mapping, &Limits::default())).records.len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn cells_written_by_others_come_back(rows in prop::collection::vec(("[\\PC\n\"]{1,20}", "[\\PC,;\t\"\n]{0,40}"), 1..8)) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["标题", "正文文本"]).unwrap();
        for (title, body) in &rows {
            writer.write_record([title, body]).unwrap();
        }
        let found = csv(&writer.into_inner().unwrap());
        let wanted: Vec<_> = rows.iter().filter(|(title, body)| [title, body].iter().any(|value| !value.trim().is_empty())).collect();
        prop_assert_eq!(found.records.len() + found.refused.len(), wanted.len(), "{:?}", found.refused);
    }

    #[test]
    fn nothing_panics_on_any_table(bytes in prop::collection::vec(any::<u8>(), 0..300), text in "[a-z{}\\[\\]\":,\n\\\\标题]{0,120}") {
        csv(&bytes);
        jsonl(&bytes);
        csv(format!("标题,正文\n{text}").as_bytes());
        jsonl(text.as_bytes());
        jsonl(format!("[{text}").as_bytes());
    }
}
