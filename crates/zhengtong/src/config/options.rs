//! The options that every command takes; what is not given here comes from the environment, the file or the defaults.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

/// Configuration on the command line.
#[derive(Debug, Clone, Default, Args, Serialize)]
#[command(next_help_heading = "配置")]
pub struct Options {
    /// 配置文件（TOML）；不给时读当前目录的 zhengtong.toml（如有）
    #[arg(long, global = true, value_name = "文件", env = "ZHENGTONG_CONFIG", hide_env = true)]
    #[serde(skip)]
    pub config: Option<PathBuf>,

    /// 数据库：sqlite://文件路径 或 postgres://用户@主机/库名
    #[arg(long, global = true, value_name = "地址")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database: Option<String>,

    /// 文件存放处：目录 或 s3://桶/前缀
    #[arg(long, global = true, value_name = "目录或地址")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub files: Option<String>,

    /// 监听地址，如 127.0.0.1:8080
    #[arg(long, global = true, value_name = "地址:端口")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listen: Option<String>,

    /// 对外地址，如 https://www.example.gov.cn；不给时按监听地址
    #[arg(long, global = true, value_name = "网址")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_url: Option<String>,

    /// 后台只在该主机名下应答
    #[arg(long, global = true, value_name = "主机名")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub console_host: Option<String>,

    /// Cookie 只经 TLS 发送（true/false）；不给时按对外地址是否 https
    #[arg(long, global = true, value_name = "真假", num_args = 0..=1, default_missing_value = "true", hide_possible_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secure_cookies: Option<bool>,

    /// 前面有自己的代理，采信其 X-Forwarded-For（true/false）
    #[arg(long, global = true, value_name = "真假", num_args = 0..=1, default_missing_value = "true", hide_possible_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trusted_proxy: Option<bool>,

    /// 日志格式：auto（终端为文本，其余为 JSON）、text、json
    #[arg(long, global = true, value_name = "格式")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_format: Option<String>,

    /// 用磁盘上的主题目录代替内置主题
    #[arg(long, global = true, value_name = "目录")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,

    /// 追加规则包的目录：其中的 *.toml 加入内置规则包，编号相同的代替内置的
    #[arg(long, global = true, value_name = "目录")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rules: Option<String>,

    /// 允许访问的内网旧站，逗号分隔：主机:端口、主机或网段/位数；不给时一律不访问内网地址
    #[arg(long, global = true, value_name = "名单")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outbound_allow: Option<String>,

    /// 每个队列同时办理的任务数
    #[arg(long, global = true, value_name = "个数")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workers: Option<u64>,
}
