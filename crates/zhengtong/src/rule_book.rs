//! The rule packs of this instance: those that ship, and those of the folder that the configuration names.

use std::{fs, path::Path};

use domain::rule::{PackProblem, RuleBook, builtin};

use crate::{config::Config, refusal::Refusal};

/// Every good pack together.
///
/// # Errors
/// A refusal that names file, line and reason of the first problem, and how many more there are.
pub fn load(config: &Config) -> Result<RuleBook, Refusal> {
    read(config)?.map_err(|problems| {
        let first = problems.first().map(ToString::to_string).unwrap_or_default();
        let more = match problems.len() {
            0 | 1 => String::new(),
            count => format!("（共 {count} 处，用 zhengtong rules check 查看全部）"),
        };
        Refusal::configuration(format!("规则包有误：{first}{more}"))
    })
}

/// As [`load`], with all problems.
///
/// # Errors
/// A refusal when the folder cannot be read.
pub fn read(config: &Config) -> Result<Result<RuleBook, Vec<PackProblem>>, Refusal> {
    let Some(folder) = &config.rules else { return Ok(Ok(builtin::book().clone())) };
    let own = files(folder)?;
    let shipped = builtin::PACKS.iter().map(|(file, text)| (*file, *text));
    Ok(RuleBook::from_files(shipped.chain(own.iter().map(|(file, text)| (file.as_str(), text.as_str())))))
}

/// The packs of a folder, by file name: their full paths and texts.
fn files(folder: &Path) -> Result<Vec<(String, String)>, Refusal> {
    let unreadable =
        |path: &Path, error: std::io::Error| Refusal::configuration(format!("无法读取 {}：{error}", path.display()));
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| unreadable(folder, error))? {
        let path = entry.map_err(|error| unreadable(folder, error))?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            paths.push(path);
        }
    }
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).map_err(|error| unreadable(&path, error))?;
            Ok((path.display().to_string(), text))
        })
        .collect()
}
