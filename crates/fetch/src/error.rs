//! Why there is no answer, in words for the person who has to do something about it.

use std::net::IpAddr;

/// A request that brought no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    #[error("网址“{0}”无法识别，请检查是否以 http:// 或 https:// 开头、是否有多余的字符")]
    BadAddress(String),
    #[error("只能访问 http 和 https 网址，不支持“{0}”")]
    Scheme(String),
    #[error("网址中带有用户名或密码，出于安全不予访问，请去掉“@”之前的部分")]
    UserInfo,
    #[error("不允许访问 {0} 端口；确需访问的，请系统管理员在配置中放行这个主机和端口")]
    Port(u16),
    #[error("“{host}”指向内部网络地址（{address}），出于安全不予访问；确需访问的，请系统管理员在配置中放行")]
    PrivateAddress { host: String, address: IpAddr },
    #[error("找不到主机“{0}”，请检查域名是否写对、是否仍在解析")]
    UnknownHost(String),
    #[error("连接不上“{host}”（{reason}），请确认对方服务器已开机、端口已开放")]
    Connect { host: String, reason: String },
    #[error("与“{host}”建立安全连接失败（{reason}），请检查对方的证书是否过期、域名是否相符")]
    Tls { host: String, reason: String },
    #[error("“{0}”在规定时间内没有回应，请稍后再试")]
    TimedOut(String),
    #[error("跳转次数超过 {0} 次，请检查对方网站的跳转设置")]
    TooManyRedirects(usize),
    #[error("网址来回跳转、没有终点（又回到 {0}），请检查对方网站的跳转设置")]
    RedirectLoop(String),
    #[error("“{0}”回应的头部过大，不予读取")]
    HeadersTooLarge(String),
    #[error("内容解压后异常膨胀（超过压缩前的 {0} 倍），可能是恶意构造，已停止读取")]
    DecompressionBomb(u64),
    #[error("“{host}”的回应不符合 HTTP 规范（{reason}），无法读取")]
    Protocol { host: String, reason: String },
    #[error("本机无法启用网络访问：{0}")]
    Setup(String),
}

impl FetchError {
    /// Another try later may succeed: the cause lies in the network or in a busy server.
    pub const fn is_passing(&self) -> bool {
        matches!(self, Self::Connect { .. } | Self::TimedOut(_) | Self::Protocol { .. } | Self::UnknownHost(_))
    }

    /// The platform itself refused; nothing was sent to anyone.
    pub const fn is_refusal(&self) -> bool {
        matches!(
            self,
            Self::BadAddress(_) | Self::Scheme(_) | Self::UserInfo | Self::Port(_) | Self::PrivateAddress { .. }
        )
    }
}
