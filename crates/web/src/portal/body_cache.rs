//! Bytes by their hash, with their compressed forms, within a bounded amount of memory.

use std::sync::Arc;

use app::{AppResult, release::read_bytes};
use bytes::Bytes;
use tokio::sync::OnceCell;

use super::encoding::{Encoding, compress};

/// Memory for bytes, plain and compressed together, in bytes.
const MOST_BYTES: u64 = 256 << 20;
/// Files above this are read from the file store each time.
const LARGEST_KEPT: usize = 4 << 20;
/// Below this a compressed form saves nothing.
const SMALLEST_COMPRESSED: usize = 600;

/// Bytes with their compressed forms, made when first asked for.
pub(super) struct Body {
    plain: Bytes,
    brotli: OnceCell<Option<Bytes>>,
    gzip: OnceCell<Option<Bytes>>,
}

/// Bodies by hash. A hash names its bytes for ever, so nothing here ever grows stale.
pub(super) struct BodyCache {
    bodies: moka::sync::Cache<String, Arc<Body>>,
}

impl BodyCache {
    pub(super) fn new() -> Self {
        let bodies = moka::sync::Cache::builder()
            .max_capacity(MOST_BYTES)
            // Compressed forms of text add about a half.
            .weigher(|_, body: &Arc<Body>| {
                u32::try_from(body.plain.len() + body.plain.len() / 2 + 256).unwrap_or(u32::MAX)
            })
            .build();
        Self { bodies }
    }

    /// The bytes with this hash; `None` when the file store has lost them.
    pub(super) async fn get(&self, app: &app::App, hash: &str) -> AppResult<Option<Arc<Body>>> {
        if let Some(body) = self.bodies.get(hash) {
            return Ok(Some(body));
        }
        let Some(plain) = read_bytes(app, hash).await? else { return Ok(None) };
        let body = Arc::new(Body { plain, brotli: OnceCell::new(), gzip: OnceCell::new() });
        if body.plain.len() <= LARGEST_KEPT {
            self.bodies.insert(hash.to_owned(), Arc::clone(&body));
        }
        Ok(Some(body))
    }
}

impl Body {
    /// As they are.
    pub(super) fn plain(&self) -> Bytes {
        self.plain.clone()
    }

    /// In a compressed form; `None` when it would not be smaller.
    pub(super) async fn compressed(&self, encoding: Encoding) -> Option<Bytes> {
        if self.plain.len() < SMALLEST_COMPRESSED || self.plain.len() > LARGEST_KEPT {
            return None;
        }
        let cell = match encoding {
            Encoding::Brotli => &self.brotli,
            Encoding::Gzip => &self.gzip,
        };
        let (plain, size) = (self.plain.clone(), self.plain.len());
        let make = || async move {
            let made = tokio::task::spawn_blocking(move || compress(encoding, &plain)).await.ok().flatten();
            made.filter(|bytes| bytes.len() < size)
        };
        cell.get_or_init(make).await.clone()
    }
}
