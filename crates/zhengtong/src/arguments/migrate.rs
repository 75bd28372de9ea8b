//! Arguments of `migrate`.

use std::path::PathBuf;

use app::migration::{ReportFormat, ReportKind};
use clap::{Args, Subcommand};
use domain::ids::MigrationId;

use super::HELP;

/// `migrate`.
#[derive(Debug, Args)]
#[command(subcommand_help_heading = "命令")]
pub struct Migrate {
    /// 不写时升级数据库。
    #[command(subcommand)]
    pub command: Option<MigrateCommand>,
}

/// `migrate …`: moving an old site in.
#[derive(Debug, Subcommand)]
pub enum MigrateCommand {
    /// 新建网站迁移，采集、识别、评估旧网站
    #[command(help_template = HELP)]
    Start(MigrateStart),
    /// 列出网站迁移
    #[command(help_template = HELP)]
    List(MigrateAs),
    /// 一次迁移的进度、各类页面的去向、还差什么
    #[command(help_template = HELP)]
    Show(MigrateOne),
    /// 继续中断的采集，或再次采集：只取新增和有变化的
    #[command(help_template = HELP)]
    Collect(MigrateCollect),
    /// 写出报告：assessment 评估、trial 试迁移、completion 完成
    #[command(help_template = HELP)]
    Report(MigrateReport),
    /// 写出栏目对应表（CSV），或按改好的表设定栏目对应
    #[command(help_template = HELP)]
    Map(MigrateMap),
    /// 试迁移：为要迁移的页面生成稿件，公众看不到
    #[command(help_template = HELP)]
    Try(MigrateOne),
    /// 把试迁移的稿件送审
    #[command(help_template = HELP)]
    Submit(MigrateOne),
    /// 上线：由本平台答复旧地址
    #[command(help_template = HELP)]
    Live(MigrateOne),
    /// 核对总数后完成迁移
    #[command(help_template = HELP)]
    Finish(MigrateOne),
}

/// `migrate start`.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct MigrateStart {
    /// 旧网站的网址，或保存下来的文件、文件夹
    #[arg(value_name = "网址|文件|文件夹")]
    pub source: String,
    /// 迁入的网站：标识码或代号
    #[arg(long, value_name = "网站")]
    pub site: String,
    /// 以谁的名义（采编账号）
    #[arg(long = "as", value_name = "登录名")]
    pub actor: String,
    /// 旧网站的网址；来源是文件或文件夹时必须写
    #[arg(long, value_name = "网址")]
    pub address: Option<String>,
    /// 名称；不写时按网站命名
    #[arg(long, value_name = "名称", default_value = "")]
    pub name: String,
    /// 旧网站的其他域名，用逗号分开
    #[arg(long, value_name = "域名", default_value = "")]
    pub hosts: String,
    /// 最多采集的页面数
    #[arg(long, value_name = "个", default_value = "")]
    pub max_pages: String,
    /// 两次访问之间的间隔，毫秒
    #[arg(long, value_name = "毫秒", default_value = "")]
    pub delay: String,
    /// 本单位自己的网站，不受它的 robots.txt 限制
    #[arg(long)]
    pub ignore_robots: bool,
    /// 来源是另一套政通平台：该平台的接口令牌所在的文件
    #[arg(long, value_name = "文件")]
    pub token_file: Option<PathBuf>,
}

/// Whose name a command uses.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct MigrateAs {
    /// 以谁的名义
    #[arg(long = "as", value_name = "登录名")]
    pub actor: String,
    /// 以 JSON 打印
    #[arg(long)]
    pub json: bool,
}

/// One migration.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct MigrateOne {
    /// 迁移的编号，见 zhengtong migrate list
    #[arg(value_name = "编号")]
    pub id: MigrationId,
    /// 以谁的名义
    #[arg(long = "as", value_name = "登录名")]
    pub actor: String,
    /// 以 JSON 打印
    #[arg(long)]
    pub json: bool,
}

/// `migrate collect`.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct MigrateCollect {
    /// 迁移的编号
    #[arg(value_name = "编号")]
    pub id: MigrationId,
    /// 以谁的名义
    #[arg(long = "as", value_name = "登录名")]
    pub actor: String,
    /// 来源是本机的文件或文件夹时：它现在的位置；不写时用上次的位置
    #[arg(value_name = "文件|文件夹")]
    pub source: Option<String>,
    /// 来源是另一套政通平台时：接口令牌所在的文件
    #[arg(long, value_name = "文件")]
    pub token_file: Option<PathBuf>,
}

/// `migrate report`.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct MigrateReport {
    /// 迁移的编号
    #[arg(value_name = "编号")]
    pub id: MigrationId,
    /// 哪一份：assessment 评估、trial 试迁移、completion 完成
    #[arg(value_name = "报告", value_parser = report_kind)]
    pub kind: ReportKind,
    /// 以谁的名义
    #[arg(long = "as", value_name = "登录名")]
    pub actor: String,
    /// 写到哪个文件；文件名以 .html 或 .xlsx 结尾
    #[arg(short, long, value_name = "文件")]
    pub output: PathBuf,
}

/// `migrate map`.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct MigrateMap {
    /// 迁移的编号
    #[arg(value_name = "编号")]
    pub id: MigrationId,
    /// 以谁的名义
    #[arg(long = "as", value_name = "登录名")]
    pub actor: String,
    /// 改好的栏目对应表；不写时打印现在的表
    #[arg(value_name = "CSV文件")]
    pub file: Option<PathBuf>,
    /// 全部采用平台的建议
    #[arg(long, conflicts_with = "file")]
    pub accept: bool,
}

fn report_kind(text: &str) -> Result<ReportKind, String> {
    ReportKind::parse(text).ok_or_else(|| "没有这份报告".to_owned())
}

/// The format that a file name asks for.
pub fn report_format(path: &std::path::Path) -> Option<ReportFormat> {
    ReportFormat::parse(&path.extension()?.to_string_lossy().to_ascii_lowercase())
}
