//! Bundled styles, scripts and icons, embedded at build time and served under names that carry their hash.
//!
//! `npm run build` in `assets/` writes `crates/web/assets/dist/`, with a `.br` and a `.gz` beside each file.

use std::{borrow::Cow, collections::BTreeMap};

use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use include_dir::{Dir, include_dir};
use sha2::{Digest, Sha256};

use crate::state::WebState;

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/assets/dist");

/// One bundled file with its precompressed twins.
struct Asset {
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
    content_type: &'static str,
}

/// All bundled files: `console.css` ↔ `console.1a2b3c4d5e.css`.
pub struct Assets {
    by_hashed_name: BTreeMap<String, Asset>,
    hashed_names: BTreeMap<String, String>,
}

impl Assets {
    /// Takes the embedded files; debug builds prefer the folder itself, so that a new bundle needs no new build.
    pub fn load() -> Self {
        let files = files();
        let mut assets = Self { by_hashed_name: BTreeMap::new(), hashed_names: BTreeMap::new() };
        for (name, plain) in &files {
            if name.ends_with(".br") || name.ends_with(".gz") {
                continue;
            }
            let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
            let hash = hex::encode(Sha256::digest(plain));
            let hashed = format!("{stem}.{}.{extension}", &hash[..10]);
            let twin = |suffix: &str| files.get(&format!("{name}.{suffix}")).cloned().map(to_bytes);
            let asset = Asset {
                plain: to_bytes(plain.clone()),
                brotli: twin("br"),
                gzip: twin("gz"),
                content_type: content_type(extension),
            };
            assets.hashed_names.insert(name.clone(), hashed.clone());
            assets.by_hashed_name.insert(hashed, asset);
        }
        assets
    }

    /// Address of a bundled file; `None` when it has not been bundled.
    pub fn url(&self, name: &str) -> Option<String> {
        self.hashed_names.get(name).map(|hashed| format!("/assets/{hashed}"))
    }
}

/// `GET /assets/{name}`: cached for ever, because a new content has a new name.
pub async fn serve(State(web): State<WebState>, Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = web.assets.by_hashed_name.get(&name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let accepts = |word: &str| {
        let value = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
        value.split(',').any(|part| part.split(';').next().is_some_and(|coding| coding.trim() == word))
    };
    let (body, encoding) = match (&asset.brotli, &asset.gzip) {
        (Some(body), _) if accepts("br") => (body, Some("br")),
        (_, Some(body)) if accepts("gzip") => (body, Some("gzip")),
        _ => (&asset.plain, None),
    };
    let mut response = Response::builder()
        .header(header::CONTENT_TYPE, asset.content_type)
        .header(header::CACHE_CONTROL, "public, max-age=31536000, immutable")
        .header(header::VARY, "Accept-Encoding");
    if let Some(encoding) = encoding {
        response = response.header(header::CONTENT_ENCODING, encoding);
    }
    response.body(Body::from(body.clone())).unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

fn files() -> BTreeMap<String, Cow<'static, [u8]>> {
    #[cfg(debug_assertions)]
    if let Ok(entries) = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/dist")) {
        return entries
            .filter_map(Result::ok)
            .filter_map(|entry| {
                let body = std::fs::read(entry.path()).ok()?;
                Some((entry.file_name().to_string_lossy().into_owned(), Cow::Owned(body)))
            })
            .collect();
    }
    EMBEDDED.files().map(|file| (file.path().to_string_lossy().into_owned(), Cow::Borrowed(file.contents()))).collect()
}

fn to_bytes(body: Cow<'static, [u8]>) -> Bytes {
    match body {
        Cow::Borrowed(body) => Bytes::from_static(body),
        Cow::Owned(body) => Bytes::from(body),
    }
}

fn content_type(extension: &str) -> &'static str {
    match extension {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        "png" => "image/png",
        "map" | "json" => "application/json",
        _ => "application/octet-stream",
    }
}
