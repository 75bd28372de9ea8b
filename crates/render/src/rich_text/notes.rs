//! Remarks for the editor about what was taken out.

use std::collections::BTreeMap;

/// Why something was taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Note {
    Script,
    Embedded,
    Form,
    EventHandler,
    UnsafeLink,
    InlineImage,
    LocalImage,
    OtherImage,
    TooDeep,
}

/// Counts remarks.
#[derive(Debug, Default)]
pub(super) struct Notes(BTreeMap<Note, usize>);

impl Notes {
    pub(super) fn add(&mut self, note: Note) {
        *self.0.entry(note).or_default() += 1;
    }

    pub(super) fn into_lines(self) -> Vec<String> {
        self.0.into_iter().map(|(note, count)| line(note, count)).collect()
    }
}

fn line(note: Note, count: usize) -> String {
    match note {
        Note::Script => format!("删除了 {count} 处脚本。"),
        Note::Embedded => format!("删除了 {count} 处嵌入的框架、动画或音视频；需要的请作为附件上传。"),
        Note::Form => format!("删除了 {count} 个表单控件。"),
        Note::EventHandler => format!("删除了 {count} 个带脚本的属性。"),
        Note::UnsafeLink => format!("取消了 {count} 个地址不安全的链接，文字保留。"),
        Note::InlineImage => format!("删除了 {count} 张以数据方式粘贴的图片，请把图片作为附件上传后插入。"),
        Note::LocalImage => format!("删除了 {count} 张只存在于您电脑上的图片，请把图片作为附件上传后插入。"),
        Note::OtherImage => format!("删除了 {count} 张地址不合要求的图片（只能用附件、本站图片或 https 地址）。"),
        Note::TooDeep => "正文嵌套层次过深，已压平，请核对版式。".to_owned(),
    }
}
