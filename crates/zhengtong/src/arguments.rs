//! What may be typed. Names are English, help is Chinese; a wrong command line is answered with one Chinese line.

mod extract;
mod field;
mod migrate;
mod screen;

use std::{path::PathBuf, process::ExitCode};

use clap::{
    ArgAction, Args, Parser, Subcommand,
    error::{ContextKind, ContextValue, ErrorKind},
};

pub use self::extract::Extract;
pub use self::field::{
    CalendarChoice, Code, CodeCheck, Deadline, Route, Rules, RulesCheck, RulesList, Workday, WorkdayAdd, WorkdayIs,
};
pub use self::migrate::{
    Migrate, MigrateCollect, MigrateCommand, MigrateMap, MigrateOne, MigrateReport, MigrateStart, report_format,
};
pub use self::screen::{Screen, ScreenCommand, ScreenEval};
use crate::config::Options;

const HELP: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}";

/// The command line.
#[derive(Debug, Parser)]
#[command(
    name = "zhengtong",
    version,
    about = "政通：政府网站集约化平台",
    help_template = HELP,
    override_usage = "zhengtong [选项] <命令>",
    subcommand_help_heading = "命令",
    next_help_heading = "其他",
    disable_help_flag = true,
    disable_help_subcommand = true,
    disable_version_flag = true,
    arg_required_else_help = true
)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,

    /// Configuration.
    #[command(flatten)]
    pub options: Options,

    /// 显示帮助
    #[arg(short, long, global = true, action = ArgAction::Help, help_heading = "其他")]
    help: Option<bool>,

    /// 显示版本
    #[arg(short = 'V', long, action = ArgAction::Version, help_heading = "其他")]
    version: Option<bool>,
}

/// The commands.
#[derive(Debug, Subcommand)]
#[command(help_template = HELP)]
pub enum Command {
    /// 对外应答 HTTP
    #[command(help_template = HELP)]
    Serve,
    /// 办理后台任务：发布、定时
    #[command(help_template = HELP)]
    Work,
    /// 应答并办理任务（单机）
    #[command(help_template = HELP)]
    All,
    /// 向空库填入示例数据，然后应答并办理任务
    #[command(help_template = HELP)]
    Demo(Demo),
    /// 把数据库升级到本版本，并在空库中填入区划和单位；加子命令时把旧网站迁入本平台
    #[command(help_template = HELP)]
    Migrate(Migrate),
    /// 提取网页、附件、旧网站数据中的标题、时间、来源、文号、正文等
    #[command(help_template = HELP)]
    Extract(Extract),
    /// 账号：建立最初的人员、重置口令
    #[command(subcommand, help_template = HELP, subcommand_help_heading = "命令")]
    User(User),
    /// 导入
    #[command(subcommand, help_template = HELP, subcommand_help_heading = "命令")]
    Import(Import),
    /// 证明：信息库、审计
    #[command(subcommand, help_template = HELP, subcommand_help_heading = "命令")]
    Verify(Verify),
    /// 工作日：推算、判断
    #[command(subcommand, help_template = HELP, subcommand_help_heading = "命令")]
    Workday(Workday),
    /// 按时限规则推算到期日，并说明逐日计算过程
    #[command(help_template = HELP)]
    Deadline(Deadline),
    /// 编号：网站标识码、备案号、发文字号、索引号等
    #[command(subcommand, help_template = HELP, subcommand_help_heading = "命令")]
    Code(Code),
    /// 网站、政务新媒体事项由谁受理、审核、批准，依据是什么
    #[command(help_template = HELP)]
    Route(Route),
    /// 规则：列出、核对
    #[command(subcommand, help_template = HELP, subcommand_help_heading = "命令")]
    Rules(Rules),
    /// 机审：检查一段文字、一个网页或一个附件中的错字、敏感词、个人信息和格式问题
    #[command(help_template = HELP)]
    Screen(Screen),
    /// 用全部样例渲染主题的每个模板
    #[command(help_template = HELP)]
    CheckTemplates,
    /// 检查配置、数据库、文件、账号、任务，指出问题和做法
    #[command(help_template = HELP)]
    Doctor,
}

impl Command {
    /// True for commands that stay until they are told to end.
    pub fn stays(&self) -> bool {
        match self {
            Self::Serve | Self::Work | Self::All => true,
            Self::Demo(demo) => !demo.no_serve,
            _ => false,
        }
    }
}

/// `demo`.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct Demo {
    /// 只填数据，不应答
    #[arg(long)]
    pub no_serve: bool,
    /// 以 JSON 打印网站、栏目、账号
    #[arg(long)]
    pub json: bool,
}

/// `user …`.
#[derive(Debug, Subcommand)]
pub enum User {
    /// 建立账号并任职；打印一次性口令
    #[command(help_template = HELP)]
    Add(UserAdd),
    /// 重置一个账号的口令；打印一次性口令
    #[command(help_template = HELP)]
    ResetPassword {
        /// 登录名
        #[arg(value_name = "登录名", help_heading = "选项")]
        login: String,
    },
}

/// `user add`.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct UserAdd {
    /// 登录名：小写字母、数字和 . - _
    #[arg(value_name = "登录名")]
    pub login: String,
    /// 姓名
    #[arg(long, value_name = "姓名")]
    pub name: String,
    /// 所在单位的代码，如 nmg-bgt
    #[arg(long, value_name = "单位代码")]
    pub unit: String,
    /// 职责，可重复：editor、reviewer1…4、site_manager、supervisor、observer、system_admin、security_admin、audit_admin；
    /// 任职单位不同于所在单位时写作 职责@单位代码
    #[arg(long = "duty", value_name = "职责")]
    pub duties: Vec<String>,
    /// 办公电话
    #[arg(long, value_name = "电话")]
    pub phone: Option<String>,
}

/// `import …`.
#[derive(Debug, Subcommand)]
pub enum Import {
    /// 导入 JSON Lines 文件中的文档：逐条校验、机审、由他人审核、入库、发布
    #[command(help_template = HELP)]
    Documents(ImportDocuments),
}

/// `import documents`.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct ImportDocuments {
    /// 文件；- 表示标准输入
    #[arg(value_name = "文件")]
    pub file: PathBuf,
    /// 网站标识码或代号
    #[arg(long, value_name = "网站")]
    pub site: String,
    /// 栏目代号或路径
    #[arg(long, value_name = "栏目")]
    pub column: String,
    /// 以谁的名义导入（采编账号）
    #[arg(long = "as", value_name = "登录名")]
    pub importer: String,
    /// 由谁审核，可重复，按顺序各审一步；不给时只送审
    #[arg(long, value_name = "登录名")]
    pub reviewed_by: Vec<String>,
    /// 把不合格的行连同原因写入该文件（JSON Lines）
    #[arg(long, value_name = "文件")]
    pub rejects: Option<PathBuf>,
    /// 导入后不立即发布，留给 work 或 all 节点
    #[arg(long)]
    pub no_publish: bool,
}

/// `verify …`.
#[derive(Debug, Subcommand)]
pub enum Verify {
    /// 证明公众能看到的每个字节都来自经过审核、已入库的版本
    #[command(help_template = HELP)]
    Library,
    /// 证明审计记录没有被改动、删除或调换次序
    #[command(help_template = HELP)]
    Audit,
}

/// Answers a command line that clap did not accept, or asked for help.
pub fn explain(error: &clap::Error) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            print!("{error}");
            return ExitCode::SUCCESS;
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => eprint!("{error}"),
        _ => eprintln!("zhengtong：{}用 --help 查看用法。", in_chinese(error)),
    }
    ExitCode::from(2)
}

fn in_chinese(error: &clap::Error) -> String {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    match error.kind() {
        ErrorKind::UnknownArgument => format!("没有“{}”这个选项。", text(ContextKind::InvalidArg)),
        ErrorKind::InvalidSubcommand => format!("没有“{}”这个命令。", text(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingSubcommand => "缺少子命令。".to_owned(),
        ErrorKind::MissingRequiredArgument => format!("缺少：{}。", text(ContextKind::InvalidArg)),
        ErrorKind::InvalidValue if text(ContextKind::InvalidValue).is_empty() => {
            format!("{} 缺少值。", text(ContextKind::InvalidArg))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("{} 的值“{}”不对。", text(ContextKind::InvalidArg), text(ContextKind::InvalidValue))
        }
        ErrorKind::ArgumentConflict => format!("{} 只能给一次，或不能与其他选项同用。", text(ContextKind::InvalidArg)),
        _ => "命令行有误。".to_owned(),
    }
}
