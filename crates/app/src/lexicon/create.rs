//! Beginning a pack. It is empty and therefore without effect; every word needs a second person.

use domain::{
    actor::Actor,
    duty::Duty,
    ids::{LexiconPackId, UnitId},
    lexicon::PackLevel,
    problem::FieldProblem,
    unit::Unit,
};
use screen::{Category, Severity};
use store::{Scope, lexicon::StoredPack};

use super::{content, place, show::starter_pack};
use crate::{App, AppError, AppResult, record, unit::hold_in_use};

/// The form, as typed.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct NewPack {
    /// Name.
    pub name: String,
    /// Key of the unit that keeps it.
    pub unit: String,
    /// Stable word of the category.
    pub category: String,
    /// Stable word of the gravity.
    pub severity: String,
    /// What is said of a word that brings no sentence of its own.
    pub message: Option<String>,
    /// Where the words come from.
    pub source: String,
}

/// Categories of packs: stable word and the words shown.
pub fn categories() -> Vec<(String, &'static str)> {
    [Category::Wording, Category::Sensitive, Category::Spelling, Category::Source, Category::Link, Category::Map]
        .into_iter()
        .map(|category| {
            let words = match category {
                Category::Source => "来源标注（可以转载的来源名单）",
                Category::Link => "链接（危险网址名单）",
                Category::Map => "地图（标准地图文件的 SHA-256 名单）",
                other => other.chinese(),
            };
            (content::word_of(category), words)
        })
        .collect()
}

/// Gravities: stable word and the words shown.
pub fn severities() -> Vec<(&'static str, &'static str)> {
    Severity::ALL.into_iter().map(|severity| (severity.as_str(), severity.chinese())).collect()
}

/// Units for which the actor may begin a pack: with their level.
pub async fn places(app: &App, actor: &Actor) -> AppResult<Vec<(Unit, &'static str)>> {
    place::reach(app, actor)?;
    let read = app.store.read();
    let duties: Vec<Duty> = Duty::ALL.into_iter().filter(|duty| !duty.is_administrator()).collect();
    let units = store::unit::list(&read, &Scope::below(actor.paths_of(&duties))).await?;
    let mut units: Vec<Unit> = units
        .into_iter()
        .filter(|unit| unit.status == domain::unit::UnitStatus::Active && place::rights(app, actor, unit).propose)
        .collect();
    units.sort_by_key(|unit| (unit.id != actor.home_unit, unit.path.len()));
    Ok(units
        .into_iter()
        .map(|unit| (place::level_of(&unit).chinese(), unit))
        .map(|(level, unit)| (unit, level))
        .collect())
}

/// Begins a pack for a unit.
///
/// # Errors
/// [`AppError::Invalid`] for blank fields, [`AppError::Forbidden`] for a unit whose packs are none of the actor's.
pub async fn create(app: &App, actor: &Actor, new: &NewPack) -> AppResult<LexiconPackId> {
    place::reach(app, actor)?;
    let mut problems = Vec::new();
    if new.name.trim().is_empty() || new.name.chars().count() > 40 {
        problems.push(FieldProblem::new("name", "请填写词库名称（40 字以内）。"));
    }
    let unit = new.unit.trim().parse::<UnitId>().ok();
    if unit.is_none() {
        problems.push(FieldProblem::new("unit", "请选择由哪个单位维护。"));
    }
    if !categories().iter().any(|(word, _)| *word == new.category) {
        problems.push(FieldProblem::new("category", "请选择类别。"));
    }
    if !severities().iter().any(|(word, _)| *word == new.severity) {
        problems.push(FieldProblem::new("severity", "请选择严重程度。"));
    }
    if new.source.trim().is_empty() || new.source.chars().count() > 200 {
        problems.push(FieldProblem::new("source", "请填写词语的来源（文号、标准或谁的清单，200 字以内）。"));
    }
    if new.message.as_deref().unwrap_or("").chars().count() > 200 {
        problems.push(FieldProblem::new("message", "提示语请控制在 200 字以内。"));
    }
    let Some(unit) = unit.filter(|_| problems.is_empty()) else { return Err(AppError::Invalid(problems)) };
    let message = match new.message.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        Some(message) => message.to_owned(),
        None => default_message(&new.category).to_owned(),
    };
    let message = &message;
    app.store
        .write(|tx| async move {
            let unit = hold_in_use(&tx, "unit", unit).await?;
            place::require_propose(app, actor, &unit)?;
            if content::is_regional(&new.category) && place::level_of(&unit) != PackLevel::Region {
                return Err(AppError::invalid(
                    "category",
                    "可以转载的来源和标准地图名单由自治区统一维护。需要增加的，请向自治区主管单位提出。",
                ));
            }
            let serial = store::counter::next(&tx, "lexicon").await?;
            let pack = StoredPack {
                id: tx.ids().fresh(),
                code: format!("office-{serial}"),
                name: new.name.trim().to_owned(),
                unit: unit.id,
                corrects: None,
                category: new.category.clone(),
                severity: new.severity.clone(),
                message: message.clone(),
                source: new.source.trim().to_owned(),
                active: true,
                revision: 0,
                version: String::new(),
                entries: 0,
                created_by: actor.person,
                created_at: tx.now(),
            };
            store::lexicon::insert(&tx, &pack).await?;
            record::event("lexicon.create", pack.id, &pack.name)
                .unit(unit.id)
                .after(&pack)
                .write(&tx, Some(actor))
                .await?;
            Ok(pack.id)
        })
        .await
}

/// The pack that holds the region's corrections of a starter pack; begun when there is none.
pub(super) async fn corrections_of(app: &App, actor: &Actor, code: &str) -> AppResult<LexiconPackId> {
    place::reach(app, actor)?;
    let starter = starter_pack(code)?;
    let made = app
        .store
        .write(|tx| async move {
            let root = store::unit::root(&tx).await?.ok_or_else(place::not_found)?;
            place::require_propose(app, actor, &root)?;
            if let Some(pack) = store::lexicon::of_starter(&tx, code).await? {
                return Ok(pack.id);
            }
            let pack = StoredPack {
                id: tx.ids().fresh(),
                code: format!("{code}-corrections"),
                name: format!("{}（自治区调整）", starter.name),
                unit: root.id,
                corrects: Some(code.to_owned()),
                category: content::word_of(starter.category),
                severity: starter.severity.as_str().to_owned(),
                message: starter.message.clone(),
                source: "自治区对随平台词库的调整".to_owned(),
                active: true,
                revision: 0,
                version: String::new(),
                entries: 0,
                created_by: actor.person,
                created_at: tx.now(),
            };
            store::lexicon::insert(&tx, &pack).await?;
            record::event("lexicon.create", pack.id, &pack.name)
                .unit(root.id)
                .after(&pack)
                .write(&tx, Some(actor))
                .await?;
            Ok::<_, AppError>(pack.id)
        })
        .await;
    match made {
        // Somebody was faster: theirs is as good.
        Err(AppError::Internal(reason)) => match store::lexicon::of_starter(&app.store.read(), code).await? {
            Some(pack) => Ok(pack.id),
            None => Err(AppError::Internal(reason)),
        },
        other => other,
    }
}

fn default_message(category: &str) -> &'static str {
    match category {
        "sensitive" => "“{word}”是敏感词，不应出现在政府网站上，请删除或改写。",
        "spelling" => "“{word}”是错误写法，请改正。",
        "source" => "“{word}”在可以转载的来源名单内。",
        "map" => "“{word}”是标准地图文件。",
        "link" => "“{word}”在危险网址名单内，请删除链接。",
        _ => "“{word}”不是规范表述，请按建议修改。",
    }
}
