//! Workbooks of articles, made here part by part.

use std::io::{Cursor, Write};

use extract::source::{Limits, Mapping, records_xlsx};
use proptest::prelude::*;
use zip::write::SimpleFileOptions;

use crate::{Found, all};

fn workbook(from_1904: bool, sheets: &[(&str, &str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, text: &str| {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    };
    let list: String = sheets
        .iter()
        .enumerate()
        .map(|(n, (name, state, _))| {
            format!("<sheet name=\"{name}\" sheetId=\"{n}\" state=\"{state}\" r:id=\"r{n}\"/>")
        })
        .collect();
    put(
        "xl/workbook.xml",
        &format!("<workbook><workbookPr date1904=\"{}\"/><sheets>{list}</sheets></workbook>", u8::from(from_1904)),
    );
    let relations: String = (0..sheets.len())
        .map(|n| format!("<Relationship Id=\"r{n}\" Type=\"x/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>"))
        .collect();
    put("xl/_rels/workbook.xml.rels", &format!("<Relationships>{relations}</Relationships>"));
    put(
        "xl/styles.xml",
        "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>",
    );
    put(
        "xl/sharedStrings.xml",
        "<sst><si><t>标题</t></si><si><t>发布时间</t></si><si><t>正文</t></si><si><r><t>关于</t></r><r><t>甲的通知</t></r></si></sst>",
    );
    for (n, (_, _, sheet)) in sheets.iter().enumerate() {
        put(&format!("xl/worksheets/sheet{n}.xml"), sheet);
    }
    writer.finish().unwrap().into_inner()
}

const SHEET: &str = r#"<?xml version="1.0"?><worksheet><cols/><sheetData>
<row r="1"><c r="A1" t="inlineStr"><is><t>信息一览表</t></is></c></row>
<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="s"><v>2</v></c><c r="D2" t="inlineStr"><is><t>备注</t></is></c></row>
<row r="3" spans="1:4"><c r="A3" t="s"><v>3</v></c><c r="B3" s="1"><v>45000</v></c><c r="C3" t="str"><f>A1</f><v>a &lt; b</v></c></row>
<row r="4"/>
<row r="5"><c r="A5" t="inlineStr"><is><t>乙</t></is></c><c r="B5" s="2"><v>45000.5</v></c><c r="D5"><v>12</v></c></row>
<row r="6"><c r="D6"><v>13</v></c></row>
</sheetData></worksheet>"#;

fn read(bytes: Vec<u8>) -> Found {
    all(&mut records_xlsx(Cursor::new(bytes), &Mapping::by_names(), &Limits::default()))
}

#[test]
fn rows_become_records_with_dates_of_both_calendars() {
    for (from_1904, dates) in
        [(false, ["2023-03-15", "2023-03-15 12:00:00"]), (true, ["2027-03-16", "2027-03-16 12:00:00"])]
    {
        let found = read(workbook(from_1904, &[("信息", "visible", SHEET)]));
        assert_eq!(found.records.len(), 2, "{found:?}");
        let shown: Vec<_> = found.records.iter().map(|record| record.published.unwrap().to_string()).collect();
        assert_eq!(shown, dates);
        assert_eq!(found.records[0].title.as_deref(), Some("关于甲的通知"));
        assert_eq!(found.records[0].body.as_str(), "a < b");
        assert_eq!(found.records[1].other["备注"], "12");
        assert_eq!(found.records[0].place, "工作表“信息”第 3 行");
        assert_eq!(found.refused.len(), 1);
        assert_eq!(found.refused[0].place, "工作表“信息”第 6 行");
    }
}

#[test]
fn sheets_of_other_programs_are_read_and_what_is_not_read_is_said() {
    let prefixed = SHEET
        .replace("<worksheet", "<x:worksheet xmlns:x=\"y\"")
        .replace("</worksheet", "</x:worksheet")
        .replace("<row", "<x:row")
        .replace("</row", "</x:row")
        .replace("<c ", "<x:c ")
        .replace("</c>", "</x:c>")
        .replace("<v>", "<x:v>")
        .replace("</v>", "</x:v>");
    let notes =
        "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>填表说明</t></is></c></row></sheetData></worksheet>";
    let sheets = [("甲", "visible", prefixed.as_str()), ("乙", "hidden", SHEET), ("说明", "visible", notes)];
    let found = read(workbook(false, &sheets));
    assert_eq!(found.records.len(), 2);
    let places: Vec<_> = found.refused.iter().map(|refused| refused.place.as_str()).collect();
    assert_eq!(places, ["工作表“乙”", "工作表“甲”第 6 行", "工作表“说明”"], "{:?}", found.refused);
}

#[test]
fn what_is_no_workbook_is_refused() {
    for bytes in [b"hello".to_vec(), Vec::new()] {
        assert_eq!(read(bytes).refused.len(), 1);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn nothing_panics_on_damaged_sheets(places in prop::collection::vec((0usize..1500, any::<u8>()), 0..8)) {
        let mut sheet = SHEET.as_bytes().to_vec();
        let length = sheet.len();
        for (place, byte) in places {
            sheet[place % length] = byte;
        }
        let sheet = String::from_utf8_lossy(&sheet).into_owned();
        read(workbook(false, &[("a", "visible", &sheet)]));
    }
}
