//! A page of an old site → its fields and a clean body.
//!
//! The order of trust follows the regulations: the tags every government page must carry (`ArticleTitle`, `PubDate`,
//! `ContentSource`, `ColumnName`, `SiteIDCode` …) first; structure next (the table of 索引号 and 发文字号, lines such as
//! 来源：, headings, 您的位置, the footer); figures last (where the sentences are). Rules of a site, written or learned
//! from marked pages, override all of it. Every value says where it was found and how sure that is.
//!
//! The bytes decide on the encoding, not the header. The body is built anew from an allow-list: no script, no style,
//! no handler can come through, whatever the source looks like.

mod address;
mod apply;
mod choose;
mod clean;
mod crumbs;
mod date;
mod encoding;
mod entity;
mod feed;
mod fields;
mod footer;
mod hints;
mod kind;
mod labels;
mod language;
mod learn;
mod list;
mod meta;
mod number;
mod open;
mod output;
mod paging;
mod parse;
mod phrase;
mod picture;
mod read;
mod rules;
mod selector;
mod tag;
mod title;
mod tree;
mod view;
mod write;

pub use learn::{Marked, learn};
pub use output::{Body, Crumb, Found, Image, Language, Link, List, ListItem, Moment, Page, PageKind, Place};
pub use read::{Hint, read};
pub use rules::{Field, FieldRule, SiteRules};
