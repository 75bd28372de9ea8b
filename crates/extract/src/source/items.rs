//! The iterator all readers give.

use super::item::{Item, Refused};
use super::limits::Limits;
use super::table::ColumnReport;

/// What a reader does for [`Items`].
pub(super) trait Reading {
    fn next(&mut self) -> Option<Item>;

    fn columns(&self) -> Vec<ColumnReport> {
        Vec::new()
    }

    fn set_aside(&self) -> u64 {
        0
    }
}

/// Items of a source, read as they are asked for.
pub struct Items<'r> {
    reading: Box<dyn Reading + Send + 'r>,
    left: u64,
    refusals_left: u64,
    ended: bool,
}

impl<'r> Items<'r> {
    pub(super) fn new(reading: impl Reading + Send + 'r, limits: &Limits) -> Items<'r> {
        Items { reading: Box::new(reading), left: limits.items, refusals_left: limits.refusals, ended: false }
    }

    /// A source that cannot be opened at all.
    pub(super) fn refused(refused: Refused, limits: &Limits) -> Items<'r> {
        Items::new(Once(Some(refused)), limits)
    }

    /// Columns of the tables read so far, in their order; empty for sources without tables. For JSON Lines a column
    /// is known from the first line that has it.
    pub fn columns(&self) -> Vec<ColumnReport> {
        self.reading.columns()
    }

    /// Parts read so far that are no content of a site: requests, logs, folders of the copying tool.
    pub fn set_aside(&self) -> u64 {
        self.reading.set_aside()
    }
}

impl Iterator for Items<'_> {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if self.ended {
            return None;
        }
        let item = self.reading.next();
        let last_word = match &item {
            None => {
                self.ended = true;
                return None;
            }
            Some(Item::Refused(_)) if self.refusals_left == 0 => {
                "读不出的内容太多，已停止读取。请核实文件是否完整、格式是否选对。"
            }
            Some(_) if self.left == 0 => "条目数量超过上限，后面的内容未读。请把文件拆分后分批导入。",
            Some(Item::Refused(_)) => {
                self.refusals_left -= 1;
                return item;
            }
            Some(_) => {
                self.left -= 1;
                return item;
            }
        };
        self.ended = true;
        Some(Refused::new("此后全部", last_word).into())
    }
}

impl std::fmt::Debug for Items<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Items").field("left", &self.left).finish_non_exhaustive()
    }
}

struct Once(Option<Refused>);

impl Reading for Once {
    fn next(&mut self) -> Option<Item> {
        self.0.take().map(Item::from)
    }
}
