//! One request at a time against well-bred and ill-bred servers.

use std::{io::Write, time::Duration};

use fetch::{Ask, Fetch, FetchError, FetchSettings, Fetched, Truncation, Url, Validators};
use old_site::{OldSite, OldSiteSettings, Served};

use crate::{
    raw,
    support::{fetcher, fetcher_with, settings_for_tests},
};

async fn get(address: String) -> Result<Fetched, FetchError> {
    fetcher().fetch(Ask::get(Url::parse(&address).unwrap())).await
}

async fn get_raw(answer: impl Into<Vec<u8>>) -> Result<Fetched, FetchError> {
    let served = raw::serve(answer.into(), usize::MAX, Duration::ZERO).await;
    get(format!("http://{served}/")).await
}

async fn old_site() -> Served {
    let settings = OldSiteSettings { articles: 50, traps: true, hazards: true, ..OldSiteSettings::default() };
    OldSite::generate(settings).serve().await.unwrap()
}

#[tokio::test]
async fn a_page_comes_with_its_headers_and_its_time() {
    let served = old_site().await;
    let fetched = get(format!("{}/#top", served.root())).await.unwrap();
    assert_eq!((fetched.status, fetched.truncated), (200, None));
    assert_eq!(fetched.content_type().as_deref(), Some("text/html"));
    assert_eq!(fetched.charset().as_deref(), Some("gb2312"));
    assert_eq!(fetched.peer, Some(served.address()));
    assert!(fetched.validators().last_modified.is_some());
    assert!(fetch::links::decode(&fetched.body, None).0.contains("示例旗人民政府门户网站"));
    assert!(served.stats().user_agent.contains("Zhengtong"));
}

#[tokio::test]
async fn redirects_are_followed_by_hand_and_recorded() {
    let served = old_site().await;
    let fetched = get(format!("{}/jump/1.asp", served.root())).await.unwrap();
    let statuses: Vec<u16> = fetched.chain.iter().map(|hop| hop.status).collect();
    assert_eq!((fetched.status, statuses), (200, vec![301, 302, 301]));
    assert_eq!(fetched.chain[0].from.path(), "/jump/1.asp");
    assert_eq!(fetched.chain[2].to, fetched.address);
    let looped = get(format!("{}/loop/a.asp", served.root())).await;
    assert!(matches!(looped, Err(FetchError::RedirectLoop(_))), "{looped:?}");
    let ask = Ask { redirects: Some(0), ..Ask::get(Url::parse(&format!("{}/jump/1.asp", served.root())).unwrap()) };
    let first = fetcher().fetch(ask).await.unwrap();
    assert_eq!((first.status, first.redirect_target().unwrap().path()), (301, "/jump/2.asp"));
    let ask = Ask { redirects: Some(2), ..Ask::get(Url::parse(&format!("{}/jump/1.asp", served.root())).unwrap()) };
    assert_eq!(fetcher().fetch(ask).await.unwrap_err(), FetchError::TooManyRedirects(2));
}

#[tokio::test]
async fn what_has_not_changed_is_not_sent_again() {
    let served = old_site().await;
    let root = Url::parse(&served.root()).unwrap();
    let first = fetcher().fetch(Ask::get(root.clone())).await.unwrap();
    let again = fetcher().fetch(Ask { validators: first.validators(), ..Ask::get(root.clone()) }).await.unwrap();
    assert!(again.not_modified() && again.body.is_empty());
    let old = Validators { last_modified: Some("Mon, 01 Jan 2001 00:00:00 GMT".into()), etag: None };
    assert_eq!(fetcher().fetch(Ask { validators: old, ..Ask::get(root) }).await.unwrap().status, 200);
}

#[tokio::test]
async fn a_huge_body_is_read_to_the_limit_only() {
    let served = old_site().await;
    let settings = FetchSettings { max_body_bytes: 1 << 20, ..settings_for_tests() };
    let ask = Ask::get(Url::parse(&format!("{}/big/huge.bin", served.root())).unwrap());
    let fetched = fetcher_with(settings).fetch(ask.clone()).await.unwrap();
    assert_eq!((fetched.body.len(), fetched.truncated), (1 << 20, Some(Truncation::OverLimit)));
    let fetched = fetcher().fetch(Ask { max_bytes: Some(10), ..ask }).await.unwrap();
    assert_eq!((fetched.body.len(), fetched.truncated), (10, Some(Truncation::OverLimit)));
}

#[tokio::test]
async fn a_packed_bomb_is_stopped() {
    let served = old_site().await;
    let found = get(format!("{}/big/bomb.htm", served.root())).await;
    assert_eq!(found.unwrap_err(), FetchError::DecompressionBomb(200));
}

fn packed(text: &[u8], how: &str) -> Vec<u8> {
    let level = flate2::Compression::default();
    let body = match how {
        "gzip" => {
            let mut packer = flate2::write::GzEncoder::new(Vec::new(), level);
            packer.write_all(text).unwrap();
            packer.finish().unwrap()
        }
        "zlib" => {
            let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), level);
            packer.write_all(text).unwrap();
            packer.finish().unwrap()
        }
        _ => {
            let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), level);
            packer.write_all(text).unwrap();
            packer.finish().unwrap()
        }
    };
    let name = if how == "gzip" { "gzip" } else { "deflate" };
    let mut answer =
        format!("HTTP/1.1 200 OK\r\nContent-Encoding: {name}\r\nContent-Length: {}\r\n\r\n", body.len()).into_bytes();
    answer.extend(body);
    answer
}

#[tokio::test]
async fn packed_bodies_are_unpacked_and_cut_ones_reported() {
    let text = "示例内容".repeat(1000).into_bytes();
    for how in ["gzip", "zlib", "raw"] {
        let fetched = get_raw(packed(&text, how)).await.unwrap();
        assert_eq!((fetched.body.as_ref(), fetched.truncated), (text.as_slice(), None), "{how}");
    }
    let whole = packed(&text, "gzip");
    let cut = whole[..whole.len() - 20].to_vec();
    assert_eq!(get_raw(cut).await.unwrap().truncated, Some(Truncation::CutOff));
    // The stream itself is cut, though the length is right.
    let mut short = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n".to_vec();
    short.extend(&whole[whole.len() - 60..whole.len() - 30]);
    assert_eq!(get_raw(short).await.unwrap().truncated, Some(Truncation::CutOff));
    let empty = get_raw("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 0\r\n\r\n").await.unwrap();
    assert_eq!((empty.body.len(), empty.truncated), (0, None));
}

#[tokio::test]
async fn broken_bodies_are_reported_with_what_came() {
    let served = old_site().await;
    for path in ["/broken/cut.htm", "/broken/chunks.htm"] {
        let fetched = get(format!("{}{path}", served.root())).await.unwrap();
        assert_eq!(fetched.truncated, Some(Truncation::CutOff), "{path}");
        assert!(fetched.body.len() > 50, "{path}");
    }
}

#[tokio::test]
async fn a_server_that_drips_is_left() {
    let served = old_site().await;
    let begin = std::time::Instant::now();
    let fetched = get(format!("{}/broken/drip.htm", served.root())).await.unwrap();
    assert_eq!(fetched.truncated, Some(Truncation::TooSlow));
    assert!(begin.elapsed() < Duration::from_secs(4));
    // Fast enough for the idle limit, but not for the whole.
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{}", "x".repeat(1000)).into_bytes();
    let slow = raw::serve(answer, 60, Duration::from_millis(300)).await;
    let settings = FetchSettings { total_timeout: Duration::from_secs(1), ..settings_for_tests() };
    let fetched =
        fetcher_with(settings).fetch(Ask::get(Url::parse(&format!("http://{slow}/")).unwrap())).await.unwrap();
    assert_eq!(fetched.truncated, Some(Truncation::TooSlow));
    let silent = raw::serve(vec![b'x'; 3], 1, Duration::from_secs(60)).await;
    let found = get(format!("http://{silent}/")).await;
    assert!(matches!(found, Err(FetchError::TimedOut(_) | FetchError::Protocol { .. })), "{found:?}");
}

#[tokio::test]
async fn too_many_headers_are_refused() {
    let one = format!("X-A: {}\r\n", "x".repeat(1000));
    let found = get_raw(format!("HTTP/1.1 200 OK\r\n{}Content-Length: 0\r\n\r\n", one.repeat(80))).await;
    assert!(matches!(found, Err(FetchError::HeadersTooLarge(_))), "{found:?}");
    let found = get_raw(format!("HTTP/1.1 200 OK\r\nX: {}", "x".repeat(2 << 20))).await;
    assert!(matches!(found, Err(FetchError::HeadersTooLarge(_))), "{found:?}");
}

#[tokio::test]
async fn nonsense_is_explained_in_chinese() {
    let nonsense = get_raw("SSH-2.0-OpenSSH\r\n").await.unwrap_err();
    assert!(matches!(nonsense, FetchError::Protocol { .. }), "{nonsense:?}");
    assert!(nonsense.to_string().contains("不符合 HTTP 规范"));
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let refused = get(format!("http://{closed}/")).await.unwrap_err();
    assert!(matches!(refused, FetchError::Connect { .. }), "{refused:?}");
    let plain = raw::serve(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec(), 99, Duration::ZERO).await;
    let tls = get(format!("https://{plain}/")).await.unwrap_err();
    assert!(matches!(tls, FetchError::Tls { .. } | FetchError::Connect { .. }), "{tls:?}");
}

#[tokio::test]
async fn old_headers_are_forgiven() {
    let answer = b"HTTP/1.0 200 OK\r\nContent-Type : text/html\r\nBad Header: x\r\nLocation: /\xcd\xa8\r\n\r\nold";
    let fetched = get_raw(answer.to_vec()).await.unwrap();
    assert_eq!((fetched.status, fetched.body.as_ref()), (200, b"old".as_slice()));
    let answer = b"HTTP/1.1 302 Found\r\nLocation: /\xcd\xa8\xd6\xaa.htm\r\nContent-Length: 0\r\n\r\n".to_vec();
    let served = raw::serve(answer, 99, Duration::ZERO).await;
    let ask = Ask { redirects: Some(0), ..Ask::get(Url::parse(&format!("http://{served}/")).unwrap()) };
    assert_eq!(fetcher().fetch(ask).await.unwrap().redirect_target().unwrap().path(), "/%CD%A8%D6%AA.htm");
}
