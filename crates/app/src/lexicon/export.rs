//! 导出: the words of a pack as a table that can be imported again. It shows every word, so it is recorded.

use domain::{actor::Actor, ids::LexiconPackId};
use screen::lexicon::Entry;

use super::{content, place};
use crate::{App, AppResult, record};

/// Name of the pack, header, and one row per word in force.
pub type Table = (String, [&'static str; 9], Vec<Vec<String>>);

/// Exports the words in force.
///
/// # Errors
/// [`crate::AppError::NotFound`] for another office's pack, [`crate::AppError::Forbidden`] for those who may not
/// propose changes of it.
pub async fn export(app: &App, actor: &Actor, id: LexiconPackId) -> AppResult<Table> {
    let read = app.store.read();
    let (pack, unit) = place::visible(app, &read, actor, id).await?;
    place::require_propose(app, actor, &unit)?;
    let rows = store::lexicon::entry::all_in_force(&read, id).await?;
    let (name, version, unit, count) = (&pack.name, &pack.version, unit.id, rows.len());
    app.store
        .write(|tx| async move {
            record::event("lexicon.export", id, name)
                .unit(unit)
                .after(serde_json::json!({ "version": version, "words": count }))
                .write(&tx, Some(actor))
                .await
        })
        .await?;
    let header = ["词", "级别", "建议", "说明", "允许", "来源", "起", "止", "拼音"];
    let table = match pack.corrects {
        Some(_) => Vec::new(),
        None => rows
            .iter()
            .map(|(_, entry)| {
                let entry: Entry = content::read_json(entry)?;
                Ok(vec![
                    entry.word,
                    entry.severity.map(|severity| severity.chinese().to_owned()).unwrap_or_default(),
                    entry.suggestion.unwrap_or_default(),
                    entry.message.unwrap_or_default(),
                    entry.allow.join("|"),
                    entry.source.unwrap_or_default(),
                    entry.valid_from.map(|day| day.to_string()).unwrap_or_default(),
                    entry.valid_until.map(|day| day.to_string()).unwrap_or_default(),
                    if entry.pinyin { "是".to_owned() } else { String::new() },
                ])
            })
            .collect::<AppResult<_>>()?,
    };
    Ok((pack.name, header, table))
}
