//! What a site asks of crawlers in `/robots.txt` (RFC 9309), read the way the large search engines read it: keys may be
//! misspelt, a colon may be missing, the longest rule wins and `Allow` wins a draw.

mod pattern;
mod read;
#[cfg(test)]
mod tests;

use std::time::Duration;

/// Rules for one crawler.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Robots {
    verdict: Verdict,
    /// For crawlers named like ours, if the file has any, otherwise those for everyone.
    rules: Vec<Rule>,
    /// Seconds between requests that the site asks for (not in the RFC, but much used).
    pub crawl_delay: Option<Duration>,
    /// Site maps named in the file, as written.
    pub sitemaps: Vec<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Verdict {
    #[default]
    ByRules,
    Nothing,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    allow: bool,
    pattern: String,
}

impl Robots {
    /// Everything is allowed: the site has no such file.
    pub fn allow_all() -> Self {
        Self::default()
    }

    /// Nothing is allowed: the file exists but could not be had (RFC 9309 §2.3.1.4).
    pub fn disallow_all() -> Self {
        Self { verdict: Verdict::Nothing, ..Self::default() }
    }

    /// By the status of the answer: found → its rules, missing or forbidden (4xx) → all allowed, server trouble (5xx)
    /// → nothing allowed.
    pub fn from_answer(status: u16, body: &[u8], agent: &str) -> Self {
        match status {
            200..=299 => Self::read(body, agent),
            500..=599 | 429 => Self::disallow_all(),
            _ => Self::allow_all(),
        }
    }

    /// Reads the file for the crawler named `agent` (its product name: letters, `-` and `_`).
    pub fn read(body: &[u8], agent: &str) -> Self {
        read::read(body, agent)
    }

    /// Whether `path_and_query` (starting with `/`) may be fetched.
    pub fn allows(&self, path_and_query: &str) -> bool {
        if self.verdict == Verdict::Nothing {
            return false;
        }
        let path = if path_and_query.starts_with('/') { path_and_query } else { "/" };
        let longest = |allow: bool| {
            let matching = self.rules.iter().filter(|rule| rule.allow == allow);
            matching.filter(|rule| pattern::matches(path, &rule.pattern)).map(|rule| rule.pattern.len()).max()
        };
        longest(false).unwrap_or(0) <= longest(true).unwrap_or(0)
    }
}
