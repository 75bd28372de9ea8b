//! Saved copies: a folder as `wget -r` leaves it, and a WARC file.

use std::{
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};

use crate::{Answer, Expected, OldSite, answer::Visit};

/// When the copy "was made".
const SAVED_AT: &str = "2020-07-01T01:00:00Z";

impl OldSite {
    /// Writes every page with content below `folder/HOST/`, under the names that wget gives: `index.html` for folders,
    /// the question mark kept in the name. Returns the folder of the host.
    pub fn write_to(&self, folder: &Path) -> io::Result<PathBuf> {
        let root = folder.join(&self.settings.host);
        for (address, answer) in self.saved() {
            if answer.status != 200 {
                continue;
            }
            let mut name = address.trim_start_matches('/').to_owned();
            if name.is_empty() || name.ends_with('/') {
                name.push_str("index.html");
            }
            let file = root.join(name);
            if let Some(parent) = file.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(file, &answer.body)?;
        }
        Ok(root)
    }

    /// Writes every address with an answer, redirects and missing pages included, as WARC 1.1 response records.
    pub fn write_warc(&self, out: &mut impl Write) -> io::Result<()> {
        let about = "software: old-site (example data)\r\nformat: WARC File Format 1.1\r\n";
        record(out, 0, "warcinfo", None, "application/warc-fields", about.as_bytes())?;
        for (index, (address, answer)) in self.saved().into_iter().enumerate() {
            let mut message = format!("HTTP/1.1 {} -\r\n", answer.status);
            for (name, value) in &answer.headers {
                message.push_str(&format!("{name}: {value}\r\n"));
            }
            message.push_str(&format!("Content-Length: {}\r\n\r\n", answer.body.len()));
            let mut block = message.into_bytes();
            block.extend_from_slice(&answer.body);
            let target = format!("http://{}{address}", self.settings.host);
            record(out, index + 1, "response", Some(&target), "application/http;msgtype=response", &block)?;
        }
        Ok(())
    }

    fn saved(&self) -> Vec<(String, Answer)> {
        let left_out = |expected: &Expected| matches!(expected, Expected::Broken | Expected::Forbidden);
        let pages = self.pages().into_iter().filter(|page| !left_out(&page.expected));
        let mut number = 0;
        pages
            .map(|page| {
                number += 1;
                // Pages that fail at first were tried until they came.
                let visit = Visit { host: &self.settings.host, times_before: 99, number };
                let answer = self.answer(&page.address, visit);
                (page.address, answer)
            })
            .collect()
    }
}

fn record(
    out: &mut impl Write,
    number: usize,
    kind: &str,
    target: Option<&str>,
    media: &str,
    block: &[u8],
) -> io::Result<()> {
    let target = target.map(|target| format!("WARC-Target-URI: {target}\r\n")).unwrap_or_default();
    write!(
        out,
        "WARC/1.1\r\nWARC-Type: {kind}\r\n{target}WARC-Date: {SAVED_AT}\r\n\
         WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012x}>\r\n\
         Content-Type: {media}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    )?;
    out.write_all(block)?;
    out.write_all(b"\r\n\r\n")
}
