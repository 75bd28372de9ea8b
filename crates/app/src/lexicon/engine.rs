//! The engine of a unit: what ships with the platform, and over it, layer by layer, the packs in force of the offices
//! above and of the unit itself. Layers keep lower offices from silencing the words of higher ones.

use std::{sync::Arc, time::Duration};

use domain::ids::UnitId;
use moka::sync::Cache;
use screen::{Engine, lexicon::Pack};
use store::{Read, lexicon::StoredPack};
use uuid::Uuid;

use super::content;
use crate::{App, AppError, AppResult};

/// Packs in force with their revisions, from the top down: what an engine was made of.
type Key = Vec<(Uuid, i64)>;

/// Engines that were made, by what they were made of. A confirmation changes the key, on every node.
#[derive(Clone)]
pub struct Engines {
    made: Cache<Key, Arc<Engine>>,
}

impl Default for Engines {
    fn default() -> Self {
        let made = Cache::builder().max_capacity(256).time_to_idle(Duration::from_secs(3_600)).build();
        Self { made }
    }
}

/// The engine of a unit.
///
/// # Errors
/// [`AppError::NotFound`] for a unit that does not exist.
pub async fn engine_of(app: &App, read: &Read, unit: UnitId) -> AppResult<Arc<Engine>> {
    let path = store::unit::path_of(read, unit).await?.ok_or_else(|| AppError::NotFound("单位".to_owned()))?;
    engine_for(app, read, &path).await
}

/// The engine of the unit with this path. Asks the database for the versions each time, which is one short query.
pub async fn engine_for(app: &App, read: &Read, path: &str) -> AppResult<Arc<Engine>> {
    let units = units_on(path);
    let packs = store::lexicon::in_force(read, &units).await?;
    engine_with(app, read, &units, &packs, None).await
}

/// The engine of these packs; `instead` takes the place of the stored pack of the same code, for trying it out.
pub(super) async fn engine_with(
    app: &App,
    read: &Read,
    units: &[UnitId],
    packs: &[StoredPack],
    instead: Option<&Instead>,
) -> AppResult<Arc<Engine>> {
    let (corrections, own): (Vec<&StoredPack>, Vec<&StoredPack>) =
        packs.iter().partition(|pack| pack.corrects.is_some());
    let mut key: Key = Vec::new();
    let mut engine = app.screen.clone();
    let tried = |pack: &StoredPack| instead.is_some_and(|instead| instead.code() == pack.code);
    if !corrections.is_empty() {
        let cacheable = !corrections.iter().any(|pack| tried(pack));
        key.extend(corrections.iter().map(|pack| (pack.id.0, pack.revision)));
        engine = match cacheable.then(|| app.engines.made.get(&key)).flatten() {
            Some(made) => made,
            None => {
                let mut starters: Vec<Pack> = screen::lexicon::builtin().iter().map(|pack| Pack::clone(pack)).collect();
                for pack in &corrections {
                    let corrections = match instead {
                        Some(Instead::Corrections(code, changed)) if *code == pack.code => changed.clone(),
                        _ => content::corrections(read, pack.id).await?,
                    };
                    content::correct(&mut starters, pack, &corrections);
                }
                let made = tokio::task::spawn_blocking(move || Engine::with_starters(starters)).await;
                let made = made.map_err(AppError::internal)?.map_err(|wrong| AppError::Internal(wrong.join("；")))?;
                let made = Arc::new(made);
                if cacheable {
                    app.engines.made.insert(key.clone(), made.clone());
                }
                made
            }
        };
    }
    let mut untouched = true;
    for unit in units {
        let heeded = |pack: &StoredPack| Some(unit) == units.first() || !content::is_regional(&pack.category);
        let here: Vec<&&StoredPack> = own.iter().filter(|pack| pack.unit == *unit && heeded(pack)).collect();
        if here.is_empty() {
            continue;
        }
        key.extend(here.iter().map(|pack| (pack.id.0, pack.revision)));
        untouched &= !here.iter().any(|pack| tried(pack));
        if let Some(made) = untouched.then(|| app.engines.made.get(&key)).flatten() {
            engine = made;
            continue;
        }
        let mut layer = Vec::with_capacity(here.len());
        for pack in here {
            layer.push(match instead {
                Some(Instead::Pack(changed)) if changed.id == pack.code => changed.clone(),
                _ => content::pack(read, pack).await?,
            });
        }
        engine = layered(engine, layer).await?;
        if untouched {
            app.engines.made.insert(key.clone(), engine.clone());
        }
    }
    Ok(engine)
}

/// What is tried out in place of what is stored.
pub(super) enum Instead {
    /// A pack with its changed words.
    Pack(Pack),
    /// Code of a pack of corrections, and the changed corrections.
    Corrections(String, Vec<(String, content::Correction)>),
}

impl Instead {
    fn code(&self) -> &str {
        match self {
            Self::Pack(pack) => &pack.id,
            Self::Corrections(code, _) => code,
        }
    }
}

/// The units on a materialised path, from the top down.
pub(crate) fn units_on(path: &str) -> Vec<UnitId> {
    path.split('/').filter_map(|id| id.parse::<UnitId>().ok()).collect()
}

/// Sixty thousand words take most of a second to prepare: not on the threads that answer people.
async fn layered(below: Arc<Engine>, packs: Vec<Pack>) -> AppResult<Arc<Engine>> {
    let made =
        tokio::task::spawn_blocking(move || below.with_layer(&packs).map_err(|wrong| (wrong, below.clone(), packs)));
    match made.await.map_err(AppError::internal)? {
        Ok(engine) => Ok(Arc::new(engine)),
        Err((wrong, below, packs)) => {
            // Every pack was tried when it was proposed, so this is a fault of ours; the other packs must go on working.
            tracing::error!(problems = wrong.len(), first = wrong.first(), "lexicon.layer_refused");
            let mut engine = below;
            for pack in packs {
                if let Ok(made) = engine.with_layer(std::slice::from_ref(&pack)) {
                    engine = Arc::new(made);
                }
            }
            Ok(engine)
        }
    }
}
