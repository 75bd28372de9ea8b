//! CSS selectors over the tree: types, `#id`, `.class`, attributes, `:first-child`, `:last-child`, `:nth-child(n)`,
//! `:nth-of-type(n)`, `:not(…)` of one simple selector, the four combinators, lists with commas.

use super::tag::Tag;
use super::tree::{NodeId, Tree};

pub(super) struct Selector {
    alternatives: Vec<Vec<(Combinator, Compound)>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Combinator {
    Descendant,
    Child,
    Next,
    Later,
}

#[derive(Default)]
struct Compound {
    parts: Vec<Part>,
}

enum Part {
    Any,
    Tag(Tag),
    Id(String),
    Class(String),
    Attribute(String, Option<(Operator, String)>),
    /// (of the same type, from the end, a, b): the a·n+b-th.
    Nth(bool, bool, i32, i32),
    Not(Box<Part>),
}

#[derive(Clone, Copy)]
enum Operator {
    Is,
    Word,
    Begins,
    Ends,
    Contains,
    Dash,
}

impl Selector {
    pub(super) fn parse(text: &str) -> Option<Selector> {
        if text.len() > 2000 {
            return None;
        }
        let mut alternatives = Vec::new();
        for part in split_list(text) {
            alternatives.push(parse_complex(part.trim())?);
        }
        (!alternatives.is_empty()).then_some(Selector { alternatives })
    }

    /// Every match in document order.
    pub(super) fn all(&self, tree: &Tree<'_>) -> Vec<NodeId> {
        (1..tree.len())
            .filter(|node| {
                tree.tag(*node) != Tag::Text && self.alternatives.iter().any(|chain| matches_chain(tree, *node, chain))
            })
            .collect()
    }
}

/// At commas outside brackets and quotes.
fn split_list(text: &str) -> Vec<&str> {
    let (mut depth, mut quote, mut from) = (0_i32, None, 0);
    let mut parts = Vec::new();
    for (at, character) in text.char_indices() {
        match (quote, character) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(character),
            (None, '(' | '[') => depth += 1,
            (None, ')' | ']') => depth -= 1,
            (None, ',') if depth == 0 => {
                parts.push(&text[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[from..]);
    parts
}

fn parse_complex(text: &str) -> Option<Vec<(Combinator, Compound)>> {
    let mut chain = Vec::new();
    let mut rest = text;
    let mut combinator = Combinator::Descendant;
    while !rest.is_empty() {
        let (compound, after) = parse_compound(rest)?;
        chain.push((combinator, compound));
        let trimmed = after.trim_start();
        if trimmed.is_empty() {
            return Some(chain);
        }
        let spaced = trimmed.len() < after.len();
        combinator = match trimmed.as_bytes()[0] {
            b'>' => Combinator::Child,
            b'+' => Combinator::Next,
            b'~' => Combinator::Later,
            _ if spaced => Combinator::Descendant,
            _ => return None,
        };
        rest = if combinator == Combinator::Descendant { trimmed } else { trimmed[1..].trim_start() };
    }
    None
}

fn parse_compound(text: &str) -> Option<(Compound, &str)> {
    let mut compound = Compound::default();
    let mut rest = text;
    while let Some((part, after)) = parse_part(rest) {
        compound.parts.push(part);
        rest = after;
    }
    (!compound.parts.is_empty()).then_some((compound, rest))
}

fn name(text: &str) -> Option<(String, &str)> {
    let mut name = String::new();
    let mut rest = text.char_indices();
    let mut end = text.len();
    while let Some((at, character)) = rest.next() {
        if character == '\\' {
            name.push(rest.next()?.1);
        } else if character.is_alphanumeric() || matches!(character, '-' | '_') {
            name.push(character);
        } else {
            end = at;
            break;
        }
    }
    (!name.is_empty()).then(|| (name, &text[end..]))
}

fn parse_part(text: &str) -> Option<(Part, &str)> {
    match text.chars().next()? {
        '*' => Some((Part::Any, &text[1..])),
        '#' => name(&text[1..]).map(|(name, rest)| (Part::Id(name), rest)),
        '.' => name(&text[1..]).map(|(name, rest)| (Part::Class(name), rest)),
        '[' => parse_attribute(&text[1..]),
        ':' => parse_pseudo(&text[1..]),
        character if character.is_ascii_alphabetic() => {
            let (name, rest) = name(text)?;
            match Tag::of(name.as_bytes()) {
                Tag::Other => None,
                tag => Some((Part::Tag(tag), rest)),
            }
        }
        _ => None,
    }
}

fn parse_attribute(text: &str) -> Option<(Part, &str)> {
    let (attribute, rest) = name(text.trim_start())?;
    let rest = rest.trim_start();
    if let Some(rest) = rest.strip_prefix(']') {
        return Some((Part::Attribute(attribute, None), rest));
    }
    let (operator, rest) = [
        ("~=", Operator::Word),
        ("^=", Operator::Begins),
        ("$=", Operator::Ends),
        ("*=", Operator::Contains),
        ("|=", Operator::Dash),
        ("=", Operator::Is),
    ]
    .into_iter()
    .find_map(|(sign, operator)| rest.strip_prefix(sign).map(|rest| (operator, rest.trim_start())))?;
    let (value, rest) = match rest.chars().next()? {
        quote @ ('"' | '\'') => rest[1..].split_once(quote).map(|(value, rest)| (value.to_owned(), rest))?,
        _ => name(rest)?,
    };
    let rest = rest.trim_start().strip_prefix(']')?;
    Some((Part::Attribute(attribute, Some((operator, value))), rest))
}

fn parse_pseudo(text: &str) -> Option<(Part, &str)> {
    let (word, rest) = name(text)?;
    match word.as_str() {
        "first-child" => return Some((Part::Nth(false, false, 0, 1), rest)),
        "last-child" => return Some((Part::Nth(false, true, 0, 1), rest)),
        "first-of-type" => return Some((Part::Nth(true, false, 0, 1), rest)),
        "last-of-type" => return Some((Part::Nth(true, true, 0, 1), rest)),
        _ => {}
    }
    let inner = rest.strip_prefix('(')?;
    let (argument, rest) = inner.split_once(')')?;
    let argument = argument.trim();
    if word == "not" {
        let (part, behind) = parse_part(argument)?;
        return (behind.is_empty() && !matches!(part, Part::Not(_))).then(|| (Part::Not(Box::new(part)), rest));
    }
    let (typed, backwards) = match word.as_str() {
        "nth-child" => (false, false),
        "nth-last-child" => (false, true),
        "nth-of-type" => (true, false),
        "nth-last-of-type" => (true, true),
        _ => return None,
    };
    let (a, b) = match argument {
        "odd" => (2, 1),
        "even" => (2, 0),
        _ => match argument.split_once('n') {
            None => (0, argument.parse().ok()?),
            Some((a, b)) => {
                let a = match a.trim() {
                    "" | "+" => 1,
                    "-" => -1,
                    a => a.parse().ok()?,
                };
                let b = b.replace(' ', "");
                (a, if b.is_empty() { 0 } else { b.parse().ok()? })
            }
        },
    };
    Some((Part::Nth(typed, backwards, a, b), rest))
}

fn matches_chain(tree: &Tree<'_>, node: NodeId, chain: &[(Combinator, Compound)]) -> bool {
    let Some(((combinator, compound), before)) = chain.split_last() else { return true };
    if !compound.parts.iter().all(|part| matches_part(tree, node, part)) {
        return false;
    }
    if before.is_empty() {
        return true;
    }
    match combinator {
        Combinator::Descendant => {
            let Some((next, wanted)) = before.last() else { return true };
            for around in tree.ancestors(node) {
                if matches_chain(tree, around, before) {
                    return true;
                }
                // An element further out has fewer around it: where only that matters, it cannot do better.
                if *next == Combinator::Descendant && wanted.parts.iter().all(|part| matches_part(tree, around, part)) {
                    return false;
                }
            }
            false
        }
        Combinator::Child => tree.parent(node) != 0 && matches_chain(tree, tree.parent(node), before),
        Combinator::Next => earlier(tree, node).last().is_some_and(|sibling| matches_chain(tree, sibling, before)),
        Combinator::Later => earlier(tree, node).any(|sibling| matches_chain(tree, sibling, before)),
    }
}

/// The elements before a node under the same parent.
fn earlier<'t>(tree: &'t Tree<'_>, node: NodeId) -> impl Iterator<Item = NodeId> + 't {
    tree.children(tree.parent(node))
        .take_while(move |sibling| *sibling < node)
        .filter(|sibling| tree.tag(*sibling) != Tag::Text)
}

fn matches_part(tree: &Tree<'_>, node: NodeId, part: &Part) -> bool {
    match part {
        Part::Any => true,
        Part::Tag(tag) => tree.tag(node) == *tag,
        Part::Id(id) => tree.raw_attribute(node, "id").is_some_and(|value| value.trim() == id),
        Part::Class(class) => tree
            .raw_attribute(node, "class")
            .is_some_and(|value| value.split_ascii_whitespace().any(|word| word == class)),
        Part::Attribute(name, None) => tree.raw_attribute(node, name).is_some(),
        Part::Attribute(name, Some((operator, wanted))) => {
            tree.attribute(node, name).is_some_and(|value| match operator {
                Operator::Is => value == wanted.as_str() || is_caseless(name) && value.eq_ignore_ascii_case(wanted),
                Operator::Word => value.split_ascii_whitespace().any(|word| word == wanted),
                Operator::Begins => !wanted.is_empty() && value.starts_with(wanted.as_str()),
                Operator::Ends => !wanted.is_empty() && value.ends_with(wanted.as_str()),
                Operator::Contains => !wanted.is_empty() && value.contains(wanted.as_str()),
                Operator::Dash => {
                    value == wanted.as_str()
                        || value.strip_prefix(wanted.as_str()).is_some_and(|rest| rest.starts_with('-'))
                }
            })
        }
        Part::Nth(typed, backwards, a, b) => {
            let tag = tree.tag(node);
            let same = |sibling: &NodeId| tree.tag(*sibling) != Tag::Text && (!typed || tree.tag(*sibling) == tag);
            let siblings = tree.children(tree.parent(node)).filter(same);
            let place = if *backwards {
                siblings.filter(|sibling| *sibling >= node).count()
            } else {
                siblings.filter(|sibling| *sibling <= node).count()
            } as i32;
            let steps = place - b;
            if *a == 0 { steps == 0 } else { steps % a == 0 && steps / a >= 0 }
        }
        Part::Not(part) => !matches_part(tree, node, part),
    }
}

/// Names of tags in the head are compared without case (regulations: read them so).
fn is_caseless(attribute: &str) -> bool {
    matches!(attribute, "name" | "property" | "type" | "rel" | "http-equiv")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::parse::parse;

    #[test]
    fn long_chains_on_deep_pages_end() {
        let html = "<div><b>".repeat(120);
        let tree = parse(&html);
        let chain = format!("ul {}", vec!["div"; 30].join(" "));
        assert!(Selector::parse(&chain).expect("a plain chain").all(&tree).is_empty());
    }

    #[test]
    fn selectors_find_what_css_says() {
        let tree = parse(
            "<div id=a class='x y'><p>1</p><p class=z>2</p><ul><li>3<li title='q r'>4</ul></div><div><p>5</p></div>",
        );
        let texts = |selector: &str| -> String {
            let selector = Selector::parse(selector).expect("a selector of the table");
            selector.all(&tree).iter().map(|node| tree.raw_text(node + 1)).collect()
        };
        for (selector, expected) in [
            ("p", "125"),
            ("#a > p", "12"),
            (".x.y p.z", "2"),
            ("div p", "125"),
            ("p + p", "2"),
            ("p ~ p", "2"),
            ("li:nth-child(2)", "4"),
            ("li:first-child, .z", "23"),
            ("li:last-of-type", "4"),
            ("p:nth-child(odd)", "15"),
            ("[title~=r]", "4"),
            ("[title^='q']", "4"),
            ("p:not(.z)", "15"),
            ("div:nth-of-type(2) p", "5"),
        ] {
            assert_eq!(texts(selector), expected, "{selector}");
        }
        for wrong in ["", "p >", "::before", "p:hover", "[x", "#", "a,,b", "unknownelement"] {
            assert!(Selector::parse(wrong).is_none(), "{wrong}");
        }
    }
}
