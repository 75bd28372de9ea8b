//! A network made of paper, for tests of those who fetch.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use bytes::Bytes;
use jiff::Timestamp;

use crate::{Ask, Fetch, FetchError, Fetched};

/// What a made-up server answers.
#[derive(Debug, Clone, Default)]
pub struct FakeAnswer {
    pub status: u16,
    /// Lower-case names.
    pub headers: Vec<(String, String)>,
    pub body: Bytes,
}

impl FakeAnswer {
    /// A page in UTF-8.
    pub fn html(body: impl Into<Bytes>) -> Self {
        let headers = vec![("content-type".to_owned(), "text/html; charset=utf-8".to_owned())];
        Self { status: 200, headers, body: body.into() }
    }
}

/// Answers from a table; what is not in it is answered with 404. Redirects are not followed.
#[derive(Debug, Default)]
pub struct FakeFetcher {
    answers: Mutex<HashMap<String, Result<FakeAnswer, FetchError>>>,
    asked: Mutex<Vec<String>>,
}

impl FakeFetcher {
    /// An empty network.
    pub fn new() -> Self {
        Self::default()
    }

    /// From now on `address` answers so.
    pub fn put(&self, address: &str, answer: Result<FakeAnswer, FetchError>) {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner).insert(address.to_owned(), answer);
    }

    /// Every address asked for, in order.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[async_trait]
impl Fetch for FakeFetcher {
    async fn fetch(&self, ask: Ask) -> Result<Fetched, FetchError> {
        let address = ask.address.to_string();
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(address.clone());
        let found = self.answers.lock().unwrap_or_else(PoisonError::into_inner).get(&address).cloned();
        let mut answer = found.unwrap_or_else(|| Ok(FakeAnswer { status: 404, ..FakeAnswer::default() }))?;
        let etag = answer.headers.iter().find(|(name, _)| name == "etag").map(|(_, value)| value.clone());
        if etag.is_some() && etag == ask.validators.etag {
            answer.status = 304;
            answer.body = Bytes::new();
        }
        Ok(Fetched {
            asked: ask.address.clone(),
            chain: Vec::new(),
            address: ask.address,
            peer: None,
            status: answer.status,
            headers: answer.headers,
            body: answer.body,
            truncated: None,
            started: Timestamp::UNIX_EPOCH,
            took: Duration::ZERO,
        })
    }
}
