//! 规则一览: every rule that holds at a place today, with its values and whose they are.

use std::collections::HashMap;

use domain::{actor::Actor, ids::PersonId, setting::Settings, time::beijing_date};
use serde::Serialize;

use super::{
    place::{Place, chosen, places},
    row::{RowFacts, RuleRow},
};
use crate::{App, AppResult, names};

/// What is looked for.
#[derive(Debug, Clone, Default)]
pub struct RuleQuery<'q> {
    /// Whose rules; the own place when `None`.
    pub division: Option<&'q str>,
    /// Key of one pack.
    pub pack: Option<&'q str>,
    /// Only what is still to be compared with the original.
    pub to_confirm: bool,
    /// Only what differs from the pack.
    pub adjusted: bool,
    /// Words of name, id, document, clause, parameter or sentence.
    pub search: Option<&'q str>,
    /// `name`, `citation`, `level` or `mark`; by id otherwise.
    pub sort: &'q str,
    /// The other way round.
    pub descending: bool,
}

/// The rules found, all of them: the page cuts.
#[derive(Debug, Clone, Serialize)]
pub struct RuleList {
    /// Whose rules these are.
    pub place: Place,
    /// Whose rules may be looked at.
    pub places: Vec<Place>,
    /// Keys and titles of all packs.
    pub packs: Vec<(String, String)>,
    /// The rules.
    pub rows: Vec<RuleRow>,
}

/// The rules of a place today.
///
/// # Errors
/// [`crate::AppError::NotFound`] for a place whose rules are none of the actor's business.
pub async fn list(app: &App, actor: &Actor, query: &RuleQuery<'_>) -> AppResult<RuleList> {
    let places = places(app, actor).await?;
    let place = chosen(&places, query.division)?.clone();
    let read = app.store.read();
    let amendments = store::rule_amendment::in_force(&read).await?;
    let set = store::setting::all(&read).await?;
    let people = amendments.iter().map(|amendment| amendment.proposed_by).collect::<Vec<PersonId>>();
    let people = people.into_iter().chain(set.iter().filter_map(|setting| setting.changed_by)).collect::<Vec<_>>();
    let names: HashMap<PersonId, String> = names::people(app, people).await?;
    let settings = Settings::from_stored(set.iter().map(|setting| (setting.key.clone(), setting.value)));
    let facts = RowFacts { amendments: &amendments, names: &names, settings: &settings, set: &set };
    let held = app.rules.in_force(&amendments, Some(&place.code), beijing_date(app.now()));
    let mut rows: Vec<RuleRow> =
        held.all().map(|rule| facts.row(&rule)).filter(|row| matches_query(row, query)).collect();
    sort(&mut rows, query);
    let packs = app.rules.packs().iter().map(|pack| (pack.id.clone(), pack.title.clone())).collect();
    Ok(RuleList { place, places, packs, rows })
}

fn matches_query(row: &RuleRow, query: &RuleQuery<'_>) -> bool {
    let found = query.search.is_none_or(|words| {
        let text = format!(
            "{}\n{}\n{}\n{}\n{}",
            row.id,
            row.name,
            row.citation,
            row.finding,
            row.parameters.iter().map(|parameter| parameter.name.as_str()).collect::<Vec<_>>().join("\n")
        )
        .to_lowercase();
        words.to_lowercase().split_whitespace().all(|word| text.contains(word))
    });
    found
        && query.pack.is_none_or(|pack| row.pack == pack)
        && (!query.to_confirm || row.to_confirm)
        && (!query.adjusted || row.adjusted)
}

fn sort(rows: &mut [RuleRow], query: &RuleQuery<'_>) {
    let key = |row: &RuleRow| match query.sort {
        "name" => row.name.clone(),
        "citation" => row.citation.clone(),
        "level" => row.level.to_owned(),
        "mark" => row.mark.to_owned(),
        _ => String::new(),
    };
    rows.sort_by(|a, b| {
        let order = key(a).cmp(&key(b)).then_with(|| a.id.cmp(&b.id));
        if query.descending { order.reverse() } else { order }
    });
}
