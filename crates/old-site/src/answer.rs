//! What the server sends, before it is sent.

use std::time::Duration;

use crate::{OldEncoding, OldSite, attachment, hazard, page, plan::Place};

/// An answer and the way it is sent.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
    pub manner: Manner,
}

/// How the bytes go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// With the right length.
    Plain,
    /// The same after a wait.
    Late(Duration),
    /// One byte at a time.
    Drip(Duration),
    /// Announces this many bytes more than it sends, and hangs up.
    Cut(usize),
    /// Chunks whose lengths are nonsense.
    BrokenChunks,
    /// This many bytes of nothing after the body.
    Endless(u64),
}

/// Facts about a request that decide the answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Visit<'a> {
    /// `Host`, for absolute addresses.
    pub host: &'a str,
    /// How often the address was asked for before.
    pub times_before: u32,
    /// Number of the request since the start.
    pub number: u64,
}

/// The site was "built" then; every change adds a day.
const BUILT_DAY: u32 = 1;

impl OldSite {
    /// The answer to a request for this path and query.
    pub(crate) fn answer(&self, target: &str, visit: Visit<'_>) -> Answer {
        match target {
            "/robots.txt" => return self.text(page::robots(self, visit.host)),
            "/sitemap.xml" => return self.xml(page::sitemap(self, visit.host)),
            "/index.html" => return self.html(page::home(self)),
            _ => {}
        }
        let plain = page::without_session(target);
        match self.plan.places.get(plain.as_str()) {
            Some(Place::Home) => self.dated(self.html(page::home(self)), 0),
            Some(Place::List { column, page }) => self.html(page::list(self, *column, *page, visit.number)),
            Some(Place::Article(number)) => self.article_answer(*number, &plain, visit),
            Some(Place::Attachment(number)) => {
                let mut answer = Answer::new(200, attachment::media_type(*number), attachment::bytes_of(*number));
                answer.headers.push(("ETag", format!("\"{number:x}-1\"")));
                answer
            }
            Some(Place::Picture(number)) => self.dated(Answer::new(200, "image/gif", page::picture(*number)), 0),
            Some(Place::Hazard(index)) => hazard::answer(self, &self.plan.hazards[*index], visit),
            None if self.settings.traps => hazard::endless(self, &plain, visit.number),
            None => self.missing(),
        }
    }

    fn article_answer(&self, number: usize, address: &str, visit: Visit<'_>) -> Answer {
        let mut answer = self.dated(self.html(page::article(self, number)), self.changed(address));
        if !self.settings.traps {
            return answer;
        }
        match number % 50 {
            // Claims another encoding than it has.
            7 => answer.headers[0].1 = "text/html; charset=iso-8859-1".to_owned(),
            8 => answer.headers[0].1 = "text/html".to_owned(),
            17 => answer.manner = Manner::Late(Duration::from_millis(300)),
            27 if visit.times_before < 2 => {
                return self.html_with(500, page::plain("服务器错误", "<p>500 - 内部服务器错误。</p>"));
            }
            _ => {}
        }
        answer
    }

    /// A page in the site's encoding.
    pub(crate) fn html(&self, html: String) -> Answer {
        self.html_with(200, html)
    }

    pub(crate) fn html_with(&self, status: u16, html: String) -> Answer {
        let (charset, body) = match self.settings.encoding {
            OldEncoding::Gbk => {
                ("gb2312", encoding_rs::GBK.encode(&html.replace("{charset}", "gb2312")).0.into_owned())
            }
            OldEncoding::Utf8 => ("utf-8", html.replace("{charset}", "utf-8").into_bytes()),
        };
        Answer::new(status, &format!("text/html; charset={charset}"), body)
    }

    pub(crate) fn missing(&self) -> Answer {
        self.html_with(404, page::plain("404", "<p>无法找到该页。</p>"))
    }

    fn text(&self, text: String) -> Answer {
        Answer::new(200, "text/plain", text.into_bytes())
    }

    fn xml(&self, text: String) -> Answer {
        Answer::new(200, "text/xml", text.into_bytes())
    }

    fn dated(&self, mut answer: Answer, changes: u32) -> Answer {
        let day = (BUILT_DAY + changes).min(28);
        answer.headers.push(("Last-Modified", format!("{day:02} Jun 2020 01:00:00 GMT")));
        let weekday = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][day as usize % 7];
        if let Some((_, value)) = answer.headers.last_mut() {
            value.insert_str(0, &format!("{weekday}, "));
        }
        answer
    }
}

impl Answer {
    pub(crate) fn new(status: u16, content_type: &str, body: Vec<u8>) -> Self {
        Self { status, headers: vec![("Content-Type", content_type.to_owned())], body, manner: Manner::Plain }
    }

    /// 301 or 302.
    pub(crate) fn redirect(status: u16, to: &str) -> Self {
        let mut answer = Self::new(status, "text/html", Vec::new());
        answer.headers.push(("Location", to.to_owned()));
        answer
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| *found == name).map(|(_, value)| value.as_str())
    }
}
