//! Addresses in the simple scripts of old pages: `location.href = "…"`, `location.replace("…")`, `window.open("…")`.

/// Addresses the script goes to by itself, and addresses it opens in a window; only plain literals count.
pub(super) fn addresses(script: &str) -> (Vec<String>, Vec<String>) {
    (after(script, "location", &[".href", ".replace", ".assign", ""]), after(script, ".open", &[""]))
}

fn after(script: &str, word: &str, endings: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = script;
    while let Some(at) = rest.find(word) {
        rest = &rest[at + word.len()..];
        let ending = endings.iter().find_map(|ending| rest.strip_prefix(ending)).unwrap_or(rest);
        let call = ending.trim_start();
        let Some(argument) = call.strip_prefix(['=', '(']) else { continue };
        let argument = argument.trim_start();
        let Some(quote) = argument.chars().next().filter(|first| matches!(first, '"' | '\'')) else { continue };
        let Some((literal, tail)) = argument[1..].split_once(quote) else { continue };
        // Half an address, completed by the script, is none.
        if !tail.trim_start().starts_with('+') && !literal.is_empty() && literal.len() < 2048 && !literal.contains('\n')
        {
            found.push(literal.to_owned());
        }
    }
    found
}
