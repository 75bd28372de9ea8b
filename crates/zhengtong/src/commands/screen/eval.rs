//! `screen eval`: precision, recall and false alarms on texts whose faults are known.

use std::{
    fs::File,
    io::{BufRead, BufReader, Read},
    path::Path,
    process::ExitCode,
};

use app::screening::measure;
use domain::time::Clock;

use super::engine;
use crate::{
    arguments::ScreenEval,
    commands::answer::{STANDARD_INPUT, print_json, print_text},
    refusal::{Outcome, Refusal},
    system::SystemClock,
};

/// Measures; lines that cannot be used are told on standard error and the rest goes on: 0, or 1 when there were such.
pub fn run(options: &ScreenEval) -> Outcome {
    let engine = engine(&options.pack)?;
    let refused = |error: std::io::Error| {
        Refusal::configuration(format!("“{}”无法读取：{error}。请核对文件名。", options.file.display()))
    };
    let reader: Box<dyn Read> = if options.file == Path::new(STANDARD_INPUT) {
        Box::new(std::io::stdin().lock())
    } else {
        Box::new(File::open(&options.file).map_err(refused)?)
    };
    let measured = measure(&engine, BufReader::new(reader).split(b'\n'), SystemClock.now()).map_err(refused)?;
    for (number, reason) in &measured.rejected {
        eprintln!("第{number}行没有计入：{reason}");
    }
    if options.json {
        print_json(&measured.evaluation)?;
    } else {
        print_text(&measured.evaluation.to_string())?;
    }
    Ok(ExitCode::from(u8::from(!measured.rejected.is_empty())))
}
