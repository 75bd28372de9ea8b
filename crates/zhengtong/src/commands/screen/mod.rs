//! `screen`: machine screening of one text, from a file or from standard input.

mod eval;
mod print;

use std::{
    io::Read,
    path::{Path, PathBuf},
};

use app::screening::{Engine, Report, Severity, engine_with, pack_from_file, screen_file};
use domain::time::Clock;

use super::answer::{Answer, STANDARD_INPUT, print_json, print_text};
use crate::{
    arguments::{Screen, ScreenCommand},
    refusal::{Outcome, Refusal},
    system::SystemClock,
};

/// Runs `screen …`: 0 when nothing needs an answer, 1 when something does, 2 when it could not be read.
pub fn run(screen: Screen) -> Outcome {
    if let Some(ScreenCommand::Eval(options)) = &screen.command {
        return eval::run(options);
    }
    let engine = engine(&screen.pack)?;
    let (name, bytes) = input(screen.file.as_deref())?;
    let screening = screen_file(&engine, &name, &bytes, screen.title.as_deref(), SystemClock.now())
        .map_err(|_| Refusal::configuration(format!("“{name}”太大，请拆分后再机审。")))?;
    if screen.json {
        print_json(&print::as_json(&screening))?;
    } else {
        print_text(&print::for_people(&screening))?;
    }
    Ok(answer(&screening.report).into())
}

fn answer(report: &Report) -> Answer {
    let asks = report.count(Severity::Block) + report.count(Severity::Warn) > 0;
    if asks { Answer::No } else { Answer::Yes }
}

/// Name and bytes of a file, or of standard input.
fn input(file: Option<&Path>) -> Result<(String, Vec<u8>), Refusal> {
    let Some(file) = file.filter(|file| *file != Path::new(STANDARD_INPUT)) else {
        let mut bytes = Vec::new();
        let read = std::io::stdin().lock().read_to_end(&mut bytes);
        read.map_err(|error| Refusal::configuration(format!("标准输入无法读取：{error}。")))?;
        return Ok(("标准输入.txt".to_owned(), bytes));
    };
    let name = file.file_name().map_or_else(|| file.display().to_string(), |name| name.to_string_lossy().into_owned());
    Ok((name, read(file)?))
}

fn read(file: &Path) -> Result<Vec<u8>, Refusal> {
    std::fs::read(file)
        .map_err(|error| Refusal::configuration(format!("“{}”无法读取：{error}。请核对文件名。", file.display())))
}

/// The engine that ships with packs of files below it. Lines that could not be used are told on standard error.
fn engine(files: &[PathBuf]) -> Result<Engine, Refusal> {
    let mut packs = Vec::new();
    for file in files {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let found = pack_from_file(&name, &read(file)?).map_err(Refusal::configuration)?;
        for line in &found.rejected {
            eprintln!("词库“{name}”第{}行没有采用：{}", line.line, line.reason);
        }
        packs.push(found.pack);
    }
    engine_with(&packs).map_err(Refusal::configuration)
}
