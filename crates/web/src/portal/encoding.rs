//! Compressed forms of answers.

use std::io::Write;

use axum::http::{HeaderMap, header};
use bytes::Bytes;

/// A compressed form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// `br`
    Brotli,
    /// `gzip`
    Gzip,
}

impl Encoding {
    /// The word in `Content-Encoding` and at the end of entity tags.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }
}

/// The best form that the browser takes; `None` for the bytes as they are.
pub(super) fn accepted(headers: &HeaderMap) -> Option<Encoding> {
    let mut brotli = false;
    let mut gzip = false;
    for value in headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok()) {
        for part in value.split(',') {
            let mut words = part.split(';').map(str::trim);
            let name = words.next().unwrap_or_default();
            let refused =
                words.any(|word| word.strip_prefix("q=").is_some_and(|q| q.parse::<f32>().is_ok_and(|q| q == 0.0)));
            match name {
                "br" => brotli = !refused,
                "gzip" | "x-gzip" => gzip = !refused,
                _ => {}
            }
        }
    }
    if brotli {
        Some(Encoding::Brotli)
    } else if gzip {
        Some(Encoding::Gzip)
    } else {
        None
    }
}

/// Is it worth compressing?
pub(super) fn compressible(media_type: &str) -> bool {
    let kind = media_type.split(';').next().unwrap_or_default().trim();
    kind.starts_with("text/")
        || matches!(kind, "application/javascript" | "application/json" | "application/xml" | "image/svg+xml")
}

/// Compresses; `None` when that fails.
pub(super) fn compress(encoding: Encoding, plain: &[u8]) -> Option<Bytes> {
    match encoding {
        Encoding::Gzip => {
            let mut encoder =
                flate2::write::GzEncoder::new(Vec::with_capacity(plain.len() / 3), flate2::Compression::new(6));
            encoder.write_all(plain).ok()?;
            encoder.finish().ok().map(Bytes::from)
        }
        Encoding::Brotli => {
            let mut out = Vec::with_capacity(plain.len() / 3);
            let parameters =
                brotli::enc::BrotliEncoderParams { quality: 6, size_hint: plain.len(), ..Default::default() };
            brotli::BrotliCompress(&mut &plain[..], &mut out, &parameters).ok()?;
            Some(Bytes::from(out))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asking(value: &'static str) -> Option<Encoding> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, value.parse().unwrap());
        accepted(&headers)
    }

    #[test]
    fn the_best_accepted_form_is_chosen_and_a_refused_one_is_not() {
        assert_eq!(asking("gzip, deflate, br"), Some(Encoding::Brotli));
        assert_eq!(asking("gzip;q=0.8, br;q=0"), Some(Encoding::Gzip));
        assert_eq!(asking("identity"), None);
        assert_eq!(accepted(&HeaderMap::new()), None);
    }
}
