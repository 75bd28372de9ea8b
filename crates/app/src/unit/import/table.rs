//! The columns of a unit table, and reading one.

use crate::{AppError, AppResult, unit::csv_text};

/// Lines that one import takes.
const MOST_LINES: usize = 10_000;

/// Heading of the reasons in a table of rejected lines; ignored when that table is imported again.
pub(super) const REASON: &str = "未导入原因";

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::unit) enum Field {
    Code,
    Name,
    ShortName,
    Kind,
    Division,
    Parent,
    AdministrativeSign,
    CoordinatorRole,
    OrganCode,
    DocumentPrefix,
    /// For people to read; not imported.
    Information,
}

/// A column with the headings it is known by.
pub(in crate::unit) struct Column {
    /// Heading that is written.
    pub(in crate::unit) title: &'static str,
    /// The stable word, as in the data files of the product.
    pub(in crate::unit) word: &'static str,
    /// What it holds.
    pub(in crate::unit) field: Field,
}

/// The columns in the order in which they are written.
pub(in crate::unit) const COLUMNS: [Column; 12] = [
    Column { title: "单位代码", word: "code", field: Field::Code },
    Column { title: "单位名称", word: "name", field: Field::Name },
    Column { title: "简称", word: "short_name", field: Field::ShortName },
    Column { title: "类别", word: "kind", field: Field::Kind },
    Column { title: "行政区划代码", word: "division", field: Field::Division },
    Column { title: "行政区划名称", word: "division_name", field: Field::Information },
    Column { title: "上级单位代码", word: "parent", field: Field::Parent },
    Column { title: "加挂牌子", word: "administrative_sign", field: Field::AdministrativeSign },
    Column { title: "协同监管职责", word: "coordinator_role", field: Field::CoordinatorRole },
    Column { title: "机构代码", word: "organ_code", field: Field::OrganCode },
    Column { title: "机关代字", word: "document_prefix", field: Field::DocumentPrefix },
    Column { title: "状态", word: "status", field: Field::Information },
];

/// A table as read.
pub(super) struct Table {
    /// Headings.
    pub(super) heading: Vec<String>,
    /// What each column holds.
    fields: Vec<Field>,
    /// Lines with their numbers in the file.
    pub(super) lines: Vec<(u64, Vec<String>)>,
}

impl Table {
    /// The cell of a line; `None` when the table has no such column, blank when the line is too short.
    pub(super) fn cell<'c>(&self, cells: &'c [String], field: Field) -> Option<&'c str> {
        let place = self.fields.iter().position(|known| *known == field)?;
        Some(cells.get(place).map_or("", String::as_str))
    }
}

/// Reads a table. The file as a whole is refused when a heading is not understood, so that no column is dropped
/// silently.
pub(super) fn read(text: &str) -> AppResult<Table> {
    let wrong = |message: String| AppError::invalid("file", message);
    // Browsers send a text area with CRLF, whatever it held.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut rows = csv_text::rows("file", &text)?.into_iter();
    let (_, heading) = rows.next().ok_or_else(|| wrong("文件里没有内容，请先下载模板填写。".into()))?;
    let mut fields = Vec::with_capacity(heading.len());
    for (index, title) in heading.iter().enumerate() {
        let field = field_of(title).ok_or_else(|| {
            let known = COLUMNS.map(|column| column.title).join("、");
            wrong(format!("第{}列的标题“{title}”无法识别。第一行应为标题，可用的标题有：{known}。", index + 1))
        })?;
        if field != Field::Information && fields.contains(&field) {
            return Err(wrong(format!("标题“{title}”出现了两次，请删去一列。")));
        }
        fields.push(field);
    }
    if !fields.contains(&Field::Code) {
        return Err(wrong("缺少“单位代码”一列：系统按单位代码判断是新建还是修改。".into()));
    }
    let lines: Vec<(u64, Vec<String>)> = rows.collect();
    if lines.is_empty() {
        return Err(wrong("只有标题，没有单位，请填写后再上传。".into()));
    }
    if lines.len() > MOST_LINES {
        return Err(wrong(format!("一次最多导入{MOST_LINES}行，这里有{}行，请分几次导入。", lines.len())));
    }
    Ok(Table { heading, fields, lines })
}

fn field_of(title: &str) -> Option<Field> {
    // Columns without a heading and our own column of reasons carry nothing to import.
    if title.is_empty() || title == REASON {
        return Some(Field::Information);
    }
    COLUMNS.iter().find(|column| column.title == title || column.word == title).map(|column| column.field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_in_chinese_and_stable_words_are_understood() {
        let table = read("code,单位名称,备注".replace(",备注", "").as_str());
        assert!(table.is_err(), "a heading alone is not a table");
        let table = read("code,单位名称\nsl-a,示例甲\n\n,\nsl-b").unwrap();
        assert_eq!(table.lines.len(), 2);
        assert_eq!(table.cell(&table.lines[0].1, Field::Name), Some("示例甲"));
        assert_eq!(table.cell(&table.lines[1].1, Field::Name), Some(""));
        assert_eq!(table.cell(&table.lines[0].1, Field::Kind), None);
        assert_eq!(table.lines[1].0, 5);
    }

    #[test]
    fn a_heading_that_is_not_understood_refuses_the_file() {
        let said = read("code,名字\nsl-a,示例甲").err().map(|error| error.to_string()).unwrap_or_default();
        assert!(said.contains("第2列的标题“名字”无法识别") && said.contains("单位名称"), "{said}");
    }
}
