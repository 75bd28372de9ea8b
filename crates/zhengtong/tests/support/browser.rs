//! As much of a browser as the console needs: cookies, forms, one connection per request.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

/// An answer.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub location: Option<String>,
    pub body: String,
}

/// Somebody at the console.
pub struct Browser {
    address: String,
    cookies: Vec<(String, String)>,
}

impl Browser {
    /// Nobody yet, at this host and port.
    pub fn at(address: &str) -> Self {
        Self { address: address.to_owned(), cookies: Vec::new() }
    }

    pub fn get(&mut self, path: &str) -> std::io::Result<Answer> {
        self.send(&format!("GET {path} HTTP/1.0\r\n"), "")
    }

    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> std::io::Result<Answer> {
        let body = fields
            .iter()
            .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
            .collect::<Vec<_>>()
            .join("&");
        let head = format!("POST {path} HTTP/1.0\r\nContent-Type: application/x-www-form-urlencoded\r\n");
        self.send(&head, &body)
    }

    /// Logs in; an error when the console does not let this person in.
    pub fn log_in(&mut self, login: &str, password: &str) -> std::io::Result<()> {
        let answer = self.post("/console/login", &[("login", login), ("password", password), ("next", "/console")])?;
        match (answer.status, answer.location.as_deref()) {
            (303, Some("/console")) => Ok(()),
            _ => Err(std::io::Error::other(format!("{login} cannot log in: {answer:?}"))),
        }
    }

    fn send(&mut self, head: &str, body: &str) -> std::io::Result<Answer> {
        let mut stream = TcpStream::connect(&self.address)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let cookies = if cookies.is_empty() { String::new() } else { format!("Cookie: {}\r\n", cookies.join("; ")) };
        let host = &self.address;
        let length = body.len();
        write!(
            stream,
            "{head}Host: {host}\r\nSec-Fetch-Site: same-origin\r\n{cookies}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        )?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        // An answer cut short by the death of the server is no answer.
        let cut = || std::io::Error::new(std::io::ErrorKind::UnexpectedEof, "no whole answer");
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").ok_or_else(cut)?;
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let body = String::from_utf8_lossy(&bytes[end + 4..]).into_owned();
        let status = head.split_whitespace().nth(1).and_then(|code| code.parse().ok()).ok_or_else(cut)?;
        let mut location = None;
        for line in head.lines().skip(1) {
            let Some((name, value)) = line.split_once(':') else { continue };
            match name.to_ascii_lowercase().as_str() {
                "location" => location = Some(value.trim().to_owned()),
                "set-cookie" => self.remember(value.trim()),
                "content-length" if value.trim().parse() != Ok(bytes.len() - end - 4) => return Err(cut()),
                _ => {}
            }
        }
        Ok(Answer { status, location, body })
    }

    fn remember(&mut self, cookie: &str) {
        let Some((name, value)) = cookie.split(';').next().and_then(|pair| pair.split_once('=')) else { return };
        self.cookies.retain(|(known, _)| known != name);
        self.cookies.push((name.to_owned(), value.to_owned()));
    }
}

/// The value of an input with this name.
pub fn value_of<'a>(page: &'a str, name: &str) -> Option<&'a str> {
    let tags = page.split('<').filter(|tag| tag.starts_with("input") || tag.starts_with("button"));
    let named = format!("name=\"{name}\"");
    tags.filter(|tag| tag.contains(&named)).find_map(|tag| {
        let (_, after) = tag.split_once("value=\"")?;
        Some(after.split_once('"')?.0)
    })
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
