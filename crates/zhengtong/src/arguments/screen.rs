//! Arguments of `screen`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::HELP;

/// `screen`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, next_help_heading = "选项", subcommand_help_heading = "命令")]
pub struct Screen {
    /// 其他做法。
    #[command(subcommand)]
    pub command: Option<ScreenCommand>,

    /// 要机审的文件：文本、网页或附件（DOCX、XLSX、PDF、OFD、ZIP 等）；- 或不写表示从标准输入读文本
    #[arg(value_name = "文件")]
    pub file: Option<PathBuf>,
    /// 标题；不给时不检查标题、来源等必备要素
    #[arg(long, value_name = "标题")]
    pub title: Option<String>,
    /// 另加的词库：TOML 词库文件，或者 CSV、TXT 词表，可重复
    #[arg(long, value_name = "词库")]
    pub pack: Vec<PathBuf>,
    /// 以 JSON 打印
    #[arg(long)]
    pub json: bool,
}

/// `screen …`.
#[derive(Debug, Subcommand)]
pub enum ScreenCommand {
    /// 用标注好的句子和正文测量机审的准确率、召回率和误报
    #[command(help_template = HELP)]
    Eval(ScreenEval),
}

/// `screen eval`.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct ScreenEval {
    /// JSON 行文件：每行 {"src","tgt","edits"}（错句、正句、改动）或 {"body"}（正文）；- 表示标准输入
    #[arg(value_name = "文件")]
    pub file: PathBuf,
    /// 另加的词库：TOML 词库文件，或者 CSV、TXT 词表，可重复
    #[arg(long, value_name = "词库")]
    pub pack: Vec<PathBuf>,
    /// 以 JSON 打印
    #[arg(long)]
    pub json: bool,
}
