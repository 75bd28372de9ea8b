//! `screen`: machine screening of one text, from a file or from standard input.

mod eval;
mod input;
mod print;

use std::path::PathBuf;

use domain::resource::ResourceKind;
use screen::{
    AttachmentText, Category, Engine, Report, Severity, Subject,
    lexicon::{Pack, import},
};

use self::input::Input;
use super::answer::{Answer, print_json, print_text};
use crate::{
    arguments::{Screen, ScreenCommand},
    refusal::{Outcome, Refusal},
    system::now,
};

/// Runs `screen …`: 0 when nothing needs an answer, 1 when something does, 2 when it could not be read.
pub fn run(screen: Screen) -> Outcome {
    match screen.command {
        Some(ScreenCommand::Eval(options)) => eval::run(&options),
        None => screen_one(screen),
    }
}

fn screen_one(options: Screen) -> Outcome {
    let engine = engine(&options.pack)?;
    let input = input::read(options.file.as_deref())?;
    let subject = subject(&input, options.title.as_deref());
    let mut report = engine.screen(&subject);
    if options.title.is_none() {
        // Of a bare text nobody knows which elements go with it.
        report.findings.retain(|finding| finding.category != Category::Completeness);
    }
    if options.json {
        print_json(&report)?;
    } else {
        print_text(&print::report(&input, &report))?;
    }
    Ok(answer(&report).into())
}

fn answer(report: &Report) -> Answer {
    let asks = report.count(Severity::Block) + report.count(Severity::Warn) > 0;
    if asks { Answer::No } else { Answer::Yes }
}

/// The built-in engine with packs of files below it.
fn engine(files: &[PathBuf]) -> Result<Engine, Refusal> {
    let packs = files.iter().map(pack).collect::<Result<Vec<_>, _>>()?;
    let engine = Engine::standard();
    if packs.is_empty() {
        return Ok(engine);
    }
    engine.with_layer(&packs).map_err(|problems| Refusal::configuration(problems.join("；")))
}

/// A pack from a TOML file, or from a list of words.
fn pack(file: &PathBuf) -> Result<Pack, Refusal> {
    let shown = file.display();
    let bytes = std::fs::read(file)
        .map_err(|error| Refusal::configuration(format!("词库“{shown}”无法读取：{error}。请核对文件名。")))?;
    if file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml")) {
        let text = String::from_utf8(bytes)
            .map_err(|_| Refusal::configuration(format!("词库“{shown}”应为UTF-8编码。")))?;
        return Pack::from_toml(&text)
            .map_err(|problems| Refusal::configuration(format!("词库“{shown}”：{}", problems.join("；"))));
    }
    let imported =
        import(&bytes, None, false).map_err(|problem| Refusal::configuration(format!("词库“{shown}”：{problem}")))?;
    for line in &imported.rejected {
        tracing::warn!(file = %shown, line = line.line, "词库中有一行没有采用：{}", line.reason);
    }
    Ok(Pack {
        id: "file".to_owned(),
        name: file.file_stem().map_or_else(|| "词表".to_owned(), |name| name.to_string_lossy().into_owned()),
        version: "1".to_owned(),
        category: Category::Sensitive,
        severity: Severity::Warn,
        message: "“{word}”在所给词表中，请核对。".to_owned(),
        source: format!("{shown}"),
        allow: Vec::new(),
        entries: imported.entries,
    })
}

fn subject(input: &Input, title: Option<&str>) -> Subject {
    let body = match input {
        Input::Text(text) => as_html(text),
        Input::Page(html) => html.clone(),
        Input::Attachment { .. } => String::new(),
    };
    let mut subject = Subject::new(ResourceKind::Article, title.unwrap_or_default(), body, now());
    if let Input::Attachment { name, text, .. } = input {
        subject.attachments = vec![AttachmentText { name: name.clone(), text: text.clone() }];
    }
    subject
}

/// A text as a body whose plain text is the text itself, blank for blank.
pub(super) fn as_html(text: &str) -> String {
    let escaped = text.replace("\r\n", "\n").replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!("<pre>{escaped}</pre>")
}
