//! One connection, opened to an address that was checked.

use std::{io, net::IpAddr, net::SocketAddr, sync::Arc, time::Duration};

use bytes::Bytes;
use http_body_util::Empty;
use hyper::{Request, Response, body::Incoming, client::conn::http1};
use hyper_util::rt::TokioIo;
use rustls::{ClientConfig, pki_types::ServerName};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    task::JoinHandle,
    time::timeout,
};
use tokio_rustls::TlsConnector;
use url::Url;

use crate::{FetchError, explain};

/// Requests to the same origin may share a connection.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Origin {
    pub secure: bool,
    /// As in the address, IPv6 in brackets.
    pub host: String,
    pub port: u16,
}

impl Origin {
    pub fn of(address: &Url) -> Option<Self> {
        let host = address.host_str()?.to_owned();
        Some(Self { secure: address.scheme() == "https", host, port: address.port_or_known_default()? })
    }
}

/// How connections are opened.
pub(crate) struct Connector {
    pub tls: Arc<ClientConfig>,
    pub timeout: Duration,
    pub max_header_bytes: usize,
}

/// Closed when dropped.
pub(crate) struct Connection {
    sender: http1::SendRequest<Empty<Bytes>>,
    driver: JoinHandle<()>,
    pub peer: SocketAddr,
}

impl Connector {
    /// Tries the addresses in turn, IPv4 first: many a machine has an IPv6 address that leads nowhere.
    pub async fn open(&self, origin: &Origin, mut addresses: Vec<IpAddr>) -> Result<Connection, FetchError> {
        addresses.sort_by_key(IpAddr::is_ipv6);
        let mut trouble = FetchError::UnknownHost(origin.host.clone());
        for address in addresses.into_iter().take(4) {
            match timeout(self.timeout, self.open_to(origin, SocketAddr::new(address, origin.port))).await {
                Ok(Ok(connection)) => return Ok(connection),
                Ok(Err(error)) => trouble = error,
                Err(_) => trouble = FetchError::TimedOut(origin.host.clone()),
            }
        }
        Err(trouble)
    }

    async fn open_to(&self, origin: &Origin, peer: SocketAddr) -> Result<Connection, FetchError> {
        let host = &origin.host;
        let stream = TcpStream::connect(peer).await.map_err(|error| explain::connecting(&error, host))?;
        // Small requests should not wait for each other; a system that refuses is no reason to stop.
        let _ = stream.set_nodelay(true);
        if !origin.secure {
            return self.speak(stream, host, peer).await;
        }
        let name = ServerName::try_from(host.trim_matches(['[', ']']).to_owned())
            .map_err(|_| FetchError::BadAddress(host.clone()))?;
        let connecting = TlsConnector::from(self.tls.clone()).connect(name, stream);
        let stream = connecting.await.map_err(|error: io::Error| explain::securing(&error, host))?;
        self.speak(stream, host, peer).await
    }

    async fn speak<S>(&self, stream: S, host: &str, peer: SocketAddr) -> Result<Connection, FetchError>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let (sender, connection) = http1::Builder::new()
            .ignore_invalid_headers_in_responses(true)
            .allow_spaces_after_header_name_in_responses(true)
            .allow_obsolete_multiline_headers_in_responses(true)
            .max_buf_size(self.max_header_bytes.max(16 << 10))
            .handshake(TokioIo::new(stream))
            .await
            .map_err(|error| explain::speaking(&error, host))?;
        let driver = tokio::spawn(async move {
            // Whoever waits for the answer learns of the error too.
            let _ = connection.await;
        });
        Ok(Connection { sender, driver, peer })
    }
}

impl Connection {
    pub async fn send(&mut self, request: Request<Empty<Bytes>>) -> hyper::Result<Response<Incoming>> {
        self.sender.send_request(request).await
    }

    /// The other side has not hung up as far as we know.
    pub fn is_open(&self) -> bool {
        !self.sender.is_closed()
    }

    /// Waits until another request may be sent; false when that will never be.
    pub async fn is_ready(&mut self) -> bool {
        self.sender.ready().await.is_ok()
    }

    /// Returns when the connection is closed.
    pub async fn close(mut self) {
        self.driver.abort();
        let _ = (&mut self.driver).await;
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.driver.abort();
    }
}
