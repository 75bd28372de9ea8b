//! The columns of one table (or the keys of JSON lines) and the fields they stand for.

use super::field::Field;
use super::mapping::{ColumnReport, Mapping};

/// Columns of a table, recognised.
#[derive(Debug, Clone, Default)]
pub(in crate::source) struct Header {
    pub columns: Vec<ColumnReport>,
}

impl Header {
    /// Recognises a row of names. Strong names go first, then weak ones for fields nobody has claimed.
    pub fn recognise<'n>(names: impl IntoIterator<Item = &'n str>, mapping: &Mapping) -> Header {
        let mut columns: Vec<ColumnReport> = Vec::new();
        for name in names {
            let by_hand = mapping.of(name);
            columns.push(ColumnReport {
                name: name.trim().trim_start_matches('\u{feff}').to_owned(),
                field: by_hand.flatten(),
                by_hand: by_hand.is_some(),
                unsure: false,
                filled: 0,
                example: String::new(),
            });
        }
        for strong in [true, false] {
            for index in 0..columns.len() {
                if columns[index].by_hand || columns[index].field.is_some() {
                    continue;
                }
                let free = Field::candidates(&columns[index].name).into_iter().find(|(field, sure)| {
                    *sure == strong
                        && (field.adds_up()
                            || !columns.iter().any(|column| column.field.is_some_and(|taken| taken == *field)))
                });
                if let Some((field, _)) = free {
                    columns[index].field = Some(field);
                    columns[index].unsure = !strong;
                }
            }
        }
        Header { columns }
    }

    pub fn has(&self, field: Field) -> bool {
        self.columns.iter().any(|column| column.field.is_some_and(|found| found == field))
    }

    /// Whether this can be the head of a table of articles: a title and something to go with it.
    pub fn is_of_articles(&self) -> bool {
        let understood = self.columns.iter().filter(|column| column.field.is_some()).count();
        let core = [Field::Title, Field::Body, Field::Address, Field::DocumentNumber];
        understood >= 2 && core.iter().filter(|field| self.has(**field)).count() >= 1
    }

    pub fn count(&mut self, index: usize, value: &str) {
        let Some(column) = self.columns.get_mut(index) else { return };
        if column.filled == 0 {
            column.example = value.chars().take(60).collect();
        }
        column.filled += 1;
    }
}

impl Field {
    pub(super) fn adds_up(self) -> bool {
        matches!(self, Field::Column | Field::Keywords | Field::Attachments)
    }
}
