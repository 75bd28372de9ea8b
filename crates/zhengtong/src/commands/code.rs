//! `code check`: is this identifier in order, and if not, what was meant?

use domain::identifier::{Check, IdentifierKind, check};
use serde::Serialize;

use super::answer::{Answer, STANDARD_INPUT, each_line, print_json};
use crate::{
    arguments::{Code, CodeCheck},
    refusal::{Outcome, Refusal},
};

/// One answer.
#[derive(Serialize)]
struct Checked {
    kind: &'static str,
    input: String,
    #[serde(flatten)]
    check: Check,
}

/// Runs `code …`.
pub fn run(code: Code) -> Outcome {
    let Code::Check(CodeCheck { kind, value }) = code;
    let Some(kind) = IdentifierKind::parse(&kind) else {
        let known: Vec<String> =
            IdentifierKind::ALL.iter().map(|kind| format!("{}（{}）", kind.as_str(), kind.chinese())).collect();
        return Err(Refusal::configuration(format!("没有“{kind}”这种编号。可用的有：{}。", known.join("、"))));
    };
    let answer = |input: &str| {
        let check = check(kind, input);
        (if check.valid { Answer::Yes } else { Answer::No }, check)
    };
    if value == STANDARD_INPUT {
        return each_line(|input| {
            let (found, check) = answer(input);
            (found, Checked { kind: kind.as_str(), input: input.to_owned(), check })
        });
    }
    let (found, check) = answer(&value);
    print_json(&Checked { kind: kind.as_str(), input: value, check })?;
    Ok(found.into())
}
