//! Sentences with `{keys}`: what a finding tells people.

/// The keys between braces, in order; an error names a brace without its partner.
pub fn keys(template: &str) -> Result<Vec<&str>, String> {
    let mut found = Vec::new();
    let mut rest = template;
    while let Some(open) = rest.find(['{', '}']) {
        if rest[open..].starts_with('}') {
            return Err("句子里有多余的“}”。".to_owned());
        }
        let after = &rest[open + 1..];
        let Some(close) = after.find(['{', '}']).filter(|at| after[*at..].starts_with('}')) else {
            return Err("句子里的“{”没有配对的“}”。".to_owned());
        };
        found.push(&after[..close]);
        rest = &after[close + 1..];
    }
    Ok(found)
}

/// Puts values in place of keys. A key without a value stays as it is written, so that nothing is claimed silently.
pub fn fill(template: &str, value_of: impl Fn(&str) -> Option<String>) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        filled.push_str(&rest[..open]);
        let after = &rest[open + 1..];
        let Some(close) = after.find('}') else {
            filled.push_str(&rest[open..]);
            return filled;
        };
        match value_of(&after[..close]) {
            Some(value) => filled.push_str(&value),
            None => filled.push_str(&rest[open..open + close + 2]),
        }
        rest = &after[close + 1..];
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_listed_and_filled() {
        let template = "监测{days}天，失败{failed}次";
        assert_eq!(keys(template).unwrap(), ["days", "failed"]);
        let filled = fill(template, |key| (key == "days").then(|| "7".to_owned()));
        assert_eq!(filled, "监测7天，失败{failed}次");
    }

    #[test]
    fn unpaired_braces_are_named() {
        for template in ["{days", "days}", "{a{b}}", "{"] {
            assert!(keys(template).is_err(), "{template}");
            fill(template, |_| None);
        }
    }
}
