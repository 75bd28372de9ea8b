//! What happened to one address.

use std::time::Duration;

use super::{ContentHash, TrapKind};
use crate::{FetchError, Fetched, Validators, address::Address, links::LinkKind};

/// One address dealt with, and what it led to.
#[derive(Debug, Clone)]
pub struct Step {
    pub address: Address,
    pub depth: u16,
    /// The page on which the address was first found.
    pub referrer: Option<Address>,
    pub kind: LinkKind,
    pub outcome: Outcome,
    /// Of the body; for [`Outcome::NotModified`] that of the earlier run.
    pub hash: Option<ContentHash>,
    /// To be sent along in the next run.
    pub validators: Validators,
    /// The same body was had in this run under another address; its links were not followed again.
    pub duplicate: bool,
    /// Says 200 but looks like the page this server shows for what does not exist.
    pub soft_404: bool,
    /// The page's `<title>`.
    pub title: String,
    pub attempts: u8,
    pub took: Duration,
    /// In document order, every address once.
    pub discovered: Vec<Discovered>,
}

/// What came of it.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// An HTML page; [`Fetched::truncated`] says when it is not whole.
    Page(Box<Fetched>),
    /// Anything else: a document, a picture, a site map.
    File(Box<Fetched>),
    /// Leads elsewhere; the target was queued if it belongs to the site.
    Redirect {
        status: u16,
        to: String,
    },
    /// As in the earlier run: the server says so, or the body is the same byte for byte.
    NotModified,
    Failed(FailReason),
    /// Not fetched.
    Refused(Refusal),
}

/// Why there is no content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FailReason {
    /// The server's answer was an error.
    Status(u16),
    /// A redirect to itself.
    RedirectLoop,
    /// A redirect that does not say where to.
    RedirectWithoutTarget(u16),
    /// No answer.
    NoAnswer(FetchError),
}

impl FailReason {
    /// For people.
    pub fn explanation(&self) -> String {
        match self {
            Self::Status(401 | 403) => "网页要求登录或不允许访问，请向旧站管理员索取内容".to_owned(),
            Self::Status(404 | 410) => "网页已不存在，指向它的链接是死链".to_owned(),
            Self::Status(429) => "旧站认为访问过于频繁，请调低抓取速度后继续".to_owned(),
            Self::Status(status @ 500..=599) => {
                format!("旧站服务器出错（状态码 {status}），多次重试仍然失败，请检查旧站后继续")
            }
            Self::Status(status) => format!("旧站回应了意外的状态码 {status}，请人工查看这个网址"),
            Self::RedirectLoop => "网页跳转回自己，没有内容，请人工查看这个网址".to_owned(),
            Self::RedirectWithoutTarget(status) => {
                format!("旧站要求跳转（状态码 {status}）但没有说明跳转到哪里，请人工查看这个网址")
            }
            Self::NoAnswer(error) => error.to_string(),
        }
    }
}

/// Why an address was not fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    Robots,
    /// `robots.txt` itself could not be had.
    RobotsUnreachable,
    Trap(TrapKind),
}

impl Refusal {
    /// For people.
    pub fn explanation(self) -> String {
        match self {
            Self::Robots => {
                "旧站的 robots.txt 不允许抓取；本单位自己的网站可在抓取设置中关闭“遵守 robots.txt”".to_owned()
            }
            Self::RobotsUnreachable => {
                "旧站的 robots.txt 读取失败，按惯例暂不抓取；请稍后继续，或在抓取设置中关闭“遵守 robots.txt”".to_owned()
            }
            Self::Trap(kind) => kind.explanation().to_owned(),
        }
    }
}

/// An address named by the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discovered {
    pub address: Address,
    /// The words of the link.
    pub text: String,
    pub kind: LinkKind,
    pub verdict: Verdict,
    /// As it will be fetched, if it is.
    pub depth: u16,
    /// Pages in a row before it that brought nothing new; stored only to be handed back.
    pub barren: u16,
}

/// What becomes of a discovered address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// New: will be fetched. To be stored with the step.
    Queued,
    /// Queued or fetched before.
    Known,
    /// Another site's.
    OffSite,
    /// A kind of thing that this crawl does not fetch (style sheets, pictures).
    NotWanted,
    TooDeep,
    Robots,
    Trap(TrapKind),
}
