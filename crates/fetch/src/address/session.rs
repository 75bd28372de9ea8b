//! Parameters that say who asks, not what is asked for.

/// Which parts of an address do not belong to its identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressRules {
    /// Parameters always left out: names in lower case; a trailing `*` stands for any ending.
    pub drop_parameters: Vec<String>,
    /// Parameters left out only when the value looks like a session number, because some sites use the same names for
    /// columns (`sid=3`).
    pub drop_if_session: Vec<String>,
    /// Put the parameters into alphabetical order: for sites that write them now so, now so.
    pub sort_query: bool,
}

impl Default for AddressRules {
    fn default() -> Self {
        let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect();
        Self {
            drop_parameters: names(&[
                "jsessionid",
                "phpsessid",
                "aspsessionid*",
                "asp.net_sessionid",
                "cfid",
                "cftoken",
                "utm_*",
                "spm",
                "isappinstalled",
                "gclid",
                "fbclid",
                "_ga",
            ]),
            drop_if_session: names(&["sid", "s", "session", "sessionid", "session_id", "sessid", "token", "ticket"]),
            sort_query: false,
        }
    }
}

impl AddressRules {
    /// Keeps everything as written.
    pub fn none() -> Self {
        Self { drop_parameters: Vec::new(), drop_if_session: Vec::new(), sort_query: false }
    }

    /// Whether `name=value` says who asks.
    pub(super) fn drops_parameter(&self, pair: &str) -> bool {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let name = name.to_ascii_lowercase();
        self.drop_parameters.iter().any(|pattern| match pattern.strip_suffix('*') {
            Some(start) => name.starts_with(start),
            None => name == *pattern,
        }) || (self.drop_if_session.contains(&name) && looks_like_session(value))
    }

    /// Takes out `;jsessionid=…` and the `(S(…))` folders of ASP.NET.
    pub(super) fn without_session_in_path(&self, path: &str) -> String {
        let mut kept = Vec::new();
        for segment in path.split('/') {
            let cookieless = !self.drop_parameters.is_empty()
                && segment.len() > 10
                && segment.starts_with('(')
                && segment.ends_with("))")
                && segment[1..].starts_with(['S', 'A', 'F'])
                && segment[2..].starts_with('(');
            if cookieless {
                continue;
            }
            let mut parts = segment.split(';');
            let mut plain = parts.next().unwrap_or_default().to_owned();
            for parameter in parts.filter(|parameter| !self.drops_parameter(parameter)) {
                plain.push(';');
                plain.push_str(parameter);
            }
            kept.push(plain);
        }
        kept.join("/")
    }
}

/// Long, made of letters and digits, with digits among them: not the number of a column, not a word.
pub fn looks_like_session(value: &str) -> bool {
    let plain = value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'!' | b'.'));
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    plain && ((value.len() >= 16 && digits >= 2) || value.len() >= 32)
}
