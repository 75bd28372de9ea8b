//! Packs from files: for trying out a list before it is proposed, and for texts that never enter the library.

use screen::{
    Category, Engine, Severity,
    lexicon::{Pack, Rejected, import},
};

/// A pack from a file, with the lines that could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilePack {
    /// The pack.
    pub pack: Pack,
    /// Lines without a usable word.
    pub rejected: Vec<Rejected>,
}

/// Reads a TOML pack, or a CSV or TXT list of words that only ask for a look.
///
/// # Errors
/// What is wrong with the file, plain Chinese.
pub fn pack_from_file(name: &str, bytes: &[u8]) -> Result<FilePack, String> {
    if name.to_lowercase().ends_with(".toml") {
        let text = std::str::from_utf8(bytes).map_err(|_| format!("词库“{name}”应为UTF-8编码。"))?;
        let pack = Pack::from_toml(text).map_err(|problems| format!("词库“{name}”：{}", problems.join("；")))?;
        return Ok(FilePack { pack, rejected: Vec::new() });
    }
    let imported = import(bytes, None, false).map_err(|problem| format!("词库“{name}”：{problem}"))?;
    let pack = Pack {
        id: "file".to_owned(),
        name: name.to_owned(),
        version: "1".to_owned(),
        category: Category::Sensitive,
        severity: Severity::Warn,
        message: "“{word}”在所给词表中，请核对。".to_owned(),
        source: name.to_owned(),
        allow: Vec::new(),
        entries: imported.entries,
    };
    Ok(FilePack { pack, rejected: imported.rejected })
}

/// The engine that ships, with packs below it.
///
/// # Errors
/// What is wrong with the packs, plain Chinese.
pub fn engine_with(packs: &[Pack]) -> Result<Engine, String> {
    let engine = Engine::standard();
    if packs.is_empty() {
        return Ok(engine);
    }
    engine.with_layer(packs).map_err(|problems| problems.join("；"))
}
