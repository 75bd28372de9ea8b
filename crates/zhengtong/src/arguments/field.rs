//! Arguments of the commands that answer questions of the field: working days, deadlines, codes, routes, rules.

use clap::{Args, Subcommand};

use super::HELP;

/// `workday …`.
#[derive(Debug, Subcommand)]
pub enum Workday {
    /// 从某日的次日起数若干个工作日，打印到期日；个数可为负
    #[command(help_template = HELP)]
    Add(WorkdayAdd),
    /// 某日是不是工作日：是为 0，不是为 1，无法判断为 2
    #[command(help_template = HELP)]
    Is(WorkdayIs),
}

/// What every question about the calendar may say.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct CalendarChoice {
    /// 行政区划代码：计入该地的地方加减日
    #[arg(long, value_name = "代码")]
    pub division: Option<String>,
    /// 只用内置的节假日安排，不读数据库中录入的
    #[arg(long)]
    pub builtin: bool,
}

/// `workday add`.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct WorkdayAdd {
    /// 起始日期，如 2021-09-17；- 表示从标准输入逐行读取
    #[arg(value_name = "日期", allow_hyphen_values = true)]
    pub date: String,
    /// 工作日个数
    #[arg(value_name = "个数", allow_hyphen_values = true)]
    pub count: i64,
    /// 逐日列出：计入的、跳过的、原因
    #[arg(long)]
    pub explain: bool,
    /// 日历。
    #[command(flatten)]
    pub calendar: CalendarChoice,
}

/// `workday is`.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct WorkdayIs {
    /// 日期，如 2021-09-18；- 表示从标准输入逐行读取
    #[arg(value_name = "日期", allow_hyphen_values = true)]
    pub date: String,
    /// 日历。
    #[command(flatten)]
    pub calendar: CalendarChoice,
}

/// `deadline`.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct Deadline {
    /// 时限规则的编号，用 zhengtong rules list --deadlines 查看
    #[arg(value_name = "规则")]
    pub rule: String,
    /// 起算时间：2021-09-17 或 2021-09-17T15:30（北京时间）；- 表示从标准输入逐行读取
    #[arg(long, value_name = "时间", allow_hyphen_values = true)]
    pub from: String,
    /// 不计入期限的时段，如征求第三方意见：2021-09-22..2021-10-12，可重复；结束未定时写 2021-09-22..
    #[arg(long, value_name = "起..止")]
    pub pause: Vec<String>,
    /// 收到补正之日，期限从此重新起算，可重复
    #[arg(long, value_name = "时间")]
    pub restart: Vec<String>,
    /// 经批准延长的数量（与规则同单位）
    #[arg(long, value_name = "数量")]
    pub extend: Option<i64>,
    /// 打印全部计算过程
    #[arg(long)]
    pub explain: bool,
    /// 以 JSON 打印
    #[arg(long)]
    pub json: bool,
    /// 日历。
    #[command(flatten)]
    pub calendar: CalendarChoice,
}

/// `code …`.
#[derive(Debug, Subcommand)]
pub enum Code {
    /// 核对一个编号；打印 JSON：是否有效、规范写法、问题、建议
    #[command(help_template = HELP)]
    Check(CodeCheck),
}

/// `code check`.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct CodeCheck {
    /// 种类，如 site-code、document-number；写错时会列出全部
    #[arg(value_name = "种类")]
    pub kind: String,
    /// 编号；- 表示从标准输入逐行读取
    #[arg(value_name = "编号", allow_hyphen_values = true)]
    pub value: String,
}

/// `route`.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct Route {
    /// 事项，如 site-open、account-close；写错时会列出全部
    #[arg(value_name = "事项")]
    pub kind: String,
    /// 申请单位的全称，如 赤峰市教育局；- 表示从标准输入逐行读取
    #[arg(long, value_name = "单位", allow_hyphen_values = true)]
    pub unit: String,
    /// 该单位已有的网站个数，或在同一平台已有的账号个数；不给时只提示
    #[arg(long, value_name = "个数")]
    pub existing: Option<u32>,
    /// 临时下线的天数
    #[arg(long, value_name = "天数")]
    pub days: Option<u32>,
    /// 该网站本年已临时下线的次数
    #[arg(long, value_name = "次数")]
    pub suspended_this_year: Option<u32>,
    /// 打印依据、步骤、上线前条件、公告和材料
    #[arg(long)]
    pub explain: bool,
    /// 以 JSON 打印
    #[arg(long)]
    pub json: bool,
    /// 按哪一天的规则，默认今天
    #[arg(long, value_name = "日期")]
    pub date: Option<String>,
    /// 只用规则包，不读数据库中的调整
    #[arg(long)]
    pub builtin: bool,
}

/// `rules …`.
#[derive(Debug, Subcommand)]
pub enum Rules {
    /// 列出规则：编号、名称、文号、可靠性、参数的现值
    #[command(help_template = HELP)]
    List(RulesList),
    /// 核对规则包；有错时打印文件、行和原因
    #[command(help_template = HELP)]
    Check(RulesCheck),
}

/// `rules list`.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct RulesList {
    /// 只列这个规则包
    #[arg(long, value_name = "编号")]
    pub pack: Option<String>,
    /// 只列时限规则
    #[arg(long)]
    pub deadlines: bool,
    /// 只列待确认的（H、U）
    #[arg(long)]
    pub unconfirmed: bool,
    /// 按哪一天的规则，默认今天
    #[arg(long, value_name = "日期")]
    pub date: Option<String>,
    /// 行政区划代码：按该地调整后的参数
    #[arg(long, value_name = "代码")]
    pub division: Option<String>,
    /// 只用规则包，不读数据库中的调整
    #[arg(long)]
    pub builtin: bool,
    /// 以 JSON 打印，每行一条规则
    #[arg(long)]
    pub json: bool,
}

/// `rules check`.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct RulesCheck {
    /// 规则包文件；不给时核对内置的和 --rules 目录中的
    #[arg(value_name = "文件")]
    pub packs: Vec<std::path::PathBuf>,
}
