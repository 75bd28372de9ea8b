//! Line by line.

use std::time::Duration;

use super::{Robots, Rule, Verdict, pattern};

/// A crawler must read at least 500 KiB (RFC 9309 §2.5); more is not read.
const LONGEST_FILE: usize = 512 << 10;
/// Longer lines are cut, as the large search engines do.
const LONGEST_LINE: usize = 2083 * 8;
const LONGEST_DELAY: f64 = 86_400.0;

pub(super) fn read(body: &[u8], agent: &str) -> Robots {
    let agent = agent.trim().as_bytes();
    let mut ours = Group::default();
    let mut everyone = Group::default();
    let mut named_us = false;
    let mut sitemaps = Vec::new();
    // Which groups the current lines speak to, and whether a rule ended the list of names.
    let (mut to_us, mut to_everyone, mut names_ended) = (false, false, false);
    let body = &body[..body.len().min(LONGEST_FILE)];
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    for line in body.split(|byte| matches!(byte, b'\n' | b'\r')) {
        let Some((key, value)) = key_and_value(&line[..line.len().min(LONGEST_LINE)]) else { continue };
        match key {
            Key::UserAgent => {
                if names_ended {
                    (to_us, to_everyone, names_ended) = (false, false, false);
                }
                if value.first() == Some(&b'*') && value.get(1).is_none_or(u8::is_ascii_whitespace) {
                    to_everyone = true;
                } else if !agent.is_empty() && product(value).eq_ignore_ascii_case(agent) {
                    to_us = true;
                    named_us = true;
                }
            }
            Key::Allow | Key::Disallow | Key::CrawlDelay => {
                if key != Key::CrawlDelay {
                    names_ended = true;
                }
                for (group, _) in [(&mut ours, to_us), (&mut everyone, to_everyone)].into_iter().filter(|(_, to)| *to) {
                    group.take(key, value);
                }
            }
            Key::Sitemap => {
                if let Ok(text) = std::str::from_utf8(value)
                    && !text.is_empty()
                {
                    sitemaps.push(text.to_owned());
                }
            }
        }
    }
    let group = if named_us { ours } else { everyone };
    Robots { verdict: Verdict::ByRules, rules: group.rules, crawl_delay: group.delay, sitemaps }
}

#[derive(Default)]
struct Group {
    rules: Vec<Rule>,
    delay: Option<Duration>,
}

impl Group {
    fn take(&mut self, key: Key, value: &[u8]) {
        if key == Key::CrawlDelay {
            let seconds = std::str::from_utf8(value).ok().and_then(|text| text.parse::<f64>().ok());
            self.delay = seconds
                .filter(|seconds| (0.0..=LONGEST_DELAY).contains(seconds))
                .map(Duration::from_secs_f64)
                .or(self.delay);
            return;
        }
        let allow = key == Key::Allow;
        let pattern = pattern::normal(value);
        if pattern.is_empty() {
            return;
        }
        // `Allow: /index.html` opens the folder's own address too.
        if allow && let Some((folder, "index.htm" | "index.html")) = pattern.rsplit_once('/') {
            self.rules.push(Rule { allow, pattern: format!("{folder}/$") });
        }
        self.rules.push(Rule { allow, pattern });
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Key {
    UserAgent,
    Allow,
    Disallow,
    CrawlDelay,
    Sitemap,
}

fn key_and_value(line: &[u8]) -> Option<(Key, &[u8])> {
    let line = line.split(|byte| *byte == b'#').next().unwrap_or_default().trim_ascii();
    let (key, value) = match line.iter().position(|byte| *byte == b':') {
        Some(colon) => (&line[..colon], &line[colon + 1..]),
        None => {
            // A forgotten colon is forgiven when there are exactly two words.
            let space = line.iter().position(|byte| matches!(byte, b' ' | b'\t'))?;
            let value = line[space..].trim_ascii();
            if value.iter().any(|byte| matches!(byte, b' ' | b'\t')) {
                return None;
            }
            (&line[..space], value)
        }
    };
    let key = std::str::from_utf8(key.trim_ascii()).ok()?.to_ascii_lowercase();
    let starts = |names: &[&str]| names.iter().any(|name| key.starts_with(name));
    let key = if starts(&["user-agent", "useragent", "user agent"]) {
        Key::UserAgent
    } else if starts(&["allow"]) {
        Key::Allow
    } else if starts(&["disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw"]) {
        Key::Disallow
    } else if starts(&["crawl-delay", "crawldelay", "crawl delay"]) {
        Key::CrawlDelay
    } else if starts(&["sitemap", "site-map"]) {
        Key::Sitemap
    } else {
        return None;
    };
    Some((key, value.trim_ascii()))
}

/// The product name at the start: letters, `-` and `_`.
fn product(agent: &[u8]) -> &[u8] {
    let end = agent.iter().position(|byte| !(byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'_')));
    &agent[..end.unwrap_or(agent.len())]
}
