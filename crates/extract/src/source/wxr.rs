//! WordPress exports (WXR 1.0 to 1.2): an RSS file with an `<item>` for every post, page and file. Items are cut out of
//! the stream one by one and read by themselves, so that a file of any size needs the memory of its largest item, and
//! a broken item costs itself only.

mod channel;
mod content;
mod cut;
mod post;

use std::io::Read;

use super::item::{Item, Refused};
use super::items::{Items, Reading};
use super::limits::Limits;
use super::table::{mended, sentence};

use channel::Channel;
use cut::{Cut, Cutter};

/// Reads a WordPress export. Posts and own kinds of posts become articles, pages become pages, uploads become files;
/// revisions, menus and what plug-ins keep for themselves are set aside.
pub fn wxr<'r>(reader: impl Read + Send + 'r, limits: &Limits) -> Items<'r> {
    let reading =
        WxrReading { cutter: Cutter::new(reader, limits), channel: None, set_aside: 0, ended: false, any: false };
    Items::new(reading, limits)
}

struct WxrReading<R> {
    cutter: Cutter<R>,
    channel: Option<Channel>,
    set_aside: u64,
    ended: bool,
    any: bool,
}

impl<R: Read> Reading for WxrReading<R> {
    fn next(&mut self) -> Option<Item> {
        while !self.ended {
            let cut = match self.cutter.next() {
                Ok(Some(cut)) => cut,
                Ok(None) => {
                    self.ended = true;
                    if !self.any {
                        let reason = "没有找到文章（item）。请核实这是 WordPress“工具→导出”得到的文件。";
                        return Some(Refused::new("整个文件", reason).into());
                    }
                    return None;
                }
                Err(trouble) => {
                    self.ended = true;
                    return Some(Refused::new(format!("第 {} 行以后", self.cutter.line()), sentence(&trouble)).into());
                }
            };
            self.any = true;
            match cut {
                Cut::Refused(refused) => return Some(refused.into()),
                Cut::Item { text, place } => {
                    let channel = self.channel.get_or_insert_with(|| Channel::read(&mended(self.cutter.take_head())));
                    match post::read(&mended(text), channel, place.clone()) {
                        Ok(Some(record)) => return Some(record.into()),
                        Ok(None) => self.set_aside += 1,
                        Err(reason) => return Some(Refused::new(place, reason).into()),
                    }
                }
            }
        }
        None
    }

    fn set_aside(&self) -> u64 {
        self.set_aside
    }
}
