//! Answers to questions of the field: 0 yes, 1 no, 2 cannot be decided; one value, or one per line of standard input.

use std::{
    io::{self, BufRead, BufWriter, Write},
    process::ExitCode,
};

use serde::Serialize;

use crate::refusal::{Outcome, Refusal};

/// What a question was answered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// 是
    Yes,
    /// 否
    No,
    /// 无法判断
    Undecided,
}

impl From<Answer> for ExitCode {
    fn from(answer: Answer) -> Self {
        Self::from(match answer {
            Answer::Yes => 0,
            Answer::No => 1,
            Answer::Undecided => 2,
        })
    }
}

/// The argument that asks for standard input.
pub const STANDARD_INPUT: &str = "-";

/// Answers each line of standard input with one line of JSON, in order; blank lines are answered too, so that line n
/// of the answers belongs to line n of the questions. Ends with the worst answer.
pub fn each_line<T: Serialize>(mut answer: impl FnMut(&str) -> (Answer, T)) -> Outcome {
    let mut output = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let mut worst = Answer::Yes;
    let mut line = Vec::new();
    let mut input = io::stdin().lock();
    loop {
        line.clear();
        if input.read_until(b'\n', &mut line).map_err(|error| stopped(&error))? == 0 {
            break;
        }
        let text = String::from_utf8_lossy(&line);
        let (found, shown) = answer(text.trim_end_matches(['\n', '\r']).trim_start_matches('\u{FEFF}'));
        worst = worst.max(found);
        if let Err(error) = write_line(&mut output, &shown) {
            return reader_gone(&error, worst);
        }
    }
    match output.flush() {
        Ok(()) => Ok(worst.into()),
        Err(error) => reader_gone(&error, worst),
    }
}

/// Prints one JSON object.
pub fn print_json(shown: &impl Serialize) -> Result<(), Refusal> {
    match write_line(&mut io::stdout().lock(), shown) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(stopped(&error)),
        _ => Ok(()),
    }
}

/// Prints text for people.
pub fn print_text(text: &str) -> Result<(), Refusal> {
    match writeln!(io::stdout().lock(), "{text}") {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(stopped(&error)),
        _ => Ok(()),
    }
}

fn write_line(output: &mut impl Write, shown: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *output, shown).map_err(io::Error::from)?;
    output.write_all(b"\n")
}

/// A reader that has seen enough (`| head`) is no fault.
fn reader_gone(error: &io::Error, worst: Answer) -> Outcome {
    if error.kind() == io::ErrorKind::BrokenPipe { Ok(worst.into()) } else { Err(stopped(error)) }
}

fn stopped(error: &io::Error) -> Refusal {
    Refusal::configuration(format!("读写中断：{error}"))
}
