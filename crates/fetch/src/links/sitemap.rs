//! Site maps: XML (`urlset`, `sitemapindex`), packed with gzip or not, and plain lists of addresses.

use std::io::Read;

use quick_xml::{Reader, events::Event};
use url::Url;

use super::{Link, LinkKind};

/// The protocol's own limit: 50 MB unpacked.
const LARGEST: u64 = 50 << 20;
/// The protocol's own limit on entries.
const MOST: usize = 50_000;

/// By name or by content.
pub fn looks_like_sitemap(address: &Url, body: &[u8]) -> bool {
    let head = &body[..body.len().min(1024)];
    let has = |needle: &[u8]| head.windows(needle.len()).any(|window| window == needle);
    let name = address.path().rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    has(b"<urlset")
        || has(b"<sitemapindex")
        || (name.starts_with("sitemap") && name.ends_with(".gz"))
        || (name.starts_with("sitemap") && name.ends_with(".txt"))
}

/// Addresses in a site map, or of further site maps.
pub fn scan_sitemap(body: &[u8], base: &Url) -> Vec<Link> {
    let mut unpacked = Vec::new();
    let body = if body.starts_with(&[0x1f, 0x8b]) {
        // What was unpacked before an error is used.
        let _ = flate2::read::MultiGzDecoder::new(body).take(LARGEST).read_to_end(&mut unpacked);
        unpacked.as_slice()
    } else {
        body
    };
    let text = String::from_utf8_lossy(body);
    let mut found = if text.trim_start_matches('\u{feff}').trim_start().starts_with('<') {
        in_xml(&text)
    } else {
        text.lines().map(|line| line.trim().to_owned()).filter(|line| line.starts_with("http")).collect()
    };
    found.truncate(MOST);
    let link = |raw: String| {
        let address = base.join(raw.trim()).ok()?;
        Some(Link { address, text: String::new(), kind: LinkKind::SiteMap })
    };
    found.into_iter().filter_map(link).collect()
}

fn in_xml(text: &str) -> Vec<String> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut found = Vec::new();
    let mut current: Option<String> = None;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) if tag.local_name().as_ref() == b"loc" => current = Some(String::new()),
            Ok(Event::End(tag)) if tag.local_name().as_ref() == b"loc" => {
                found.extend(current.take().filter(|address| !address.trim().is_empty()));
            }
            Ok(Event::Text(piece)) => {
                if let Some(current) = &mut current {
                    current.push_str(&String::from_utf8_lossy(&piece));
                }
            }
            Ok(Event::CData(piece)) => {
                if let Some(current) = &mut current {
                    current.push_str(&String::from_utf8_lossy(&piece));
                }
            }
            Ok(Event::GeneralRef(name)) => {
                if let Some(current) = &mut current {
                    let character = match &name[..] {
                        b"amp" => "&",
                        b"lt" => "<",
                        b"gt" => ">",
                        b"quot" => "\"",
                        b"apos" => "'",
                        _ => "",
                    };
                    current.push_str(character);
                }
            }
            // A map that is broken half-way is good for its first half.
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
        if found.len() >= MOST {
            return found;
        }
    }
}
