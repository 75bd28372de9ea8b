//! Arguments of `extract`.

use clap::Args;

/// `extract`.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct Extract {
    /// 文件、文件夹（含其中各级文件夹）或网址，可给多个；文件可以是网页、附件（DOCX、PDF、OFD 等）、
    /// WARC、ZIP、JSON 行、CSV、XLSX 或 WordPress 导出文件
    #[arg(value_name = "文件|文件夹|网址", required = true)]
    pub sources: Vec<String>,
    /// 文件或文件夹原来所在的网址，用来补全页面中的相对地址
    #[arg(long, value_name = "网址")]
    pub address: Option<String>,
    /// 以 JSON 打印：每个网页、每条记录、每个附件一行
    #[arg(long)]
    pub json: bool,
}
