//! Secure connections: whose certificate is trusted, and what is said when it is not.

use std::{collections::HashMap, net::SocketAddr, sync::Arc};

use fetch::{Ask, Fetch, FetchError, FetchSettings, Fetched, FixedNames, Url};
use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{CertificateDer, PrivatePkcs8KeyDer},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use tokio_rustls::TlsAcceptor;

use crate::support::{fetcher_with, settings_for_tests};

/// A server with a certificate that it made itself for `old.example.gov.cn` (valid for a hundred years, made for this
/// test and used nowhere else).
async fn serve() -> SocketAddr {
    let certificate = CertificateDer::from(include_bytes!("tls_samples/certificate.der").to_vec());
    let key = PrivatePkcs8KeyDer::from(include_bytes!("tls_samples/key.der").to_vec());
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key.into())
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let mut request = [0; 4096];
            let _ = stream.read(&mut request).await;
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nsecret").await;
            let _ = stream.shutdown().await;
        }
    });
    address
}

async fn get(accept_broken_certificates: bool) -> Result<Fetched, FetchError> {
    let served = serve().await;
    let names = HashMap::from([("old.example.gov.cn".to_owned(), vec![served.ip()])]);
    let settings =
        FetchSettings { lookup: Some(Arc::new(FixedNames(names))), accept_broken_certificates, ..settings_for_tests() };
    let settings = FetchSettings { ports: vec![served.port()], ..settings };
    let address = format!("https://old.example.gov.cn:{}/", served.port());
    fetcher_with(settings).fetch(Ask::get(Url::parse(&address).unwrap())).await
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_refused_with_the_reason() {
    let error = get(false).await.unwrap_err();
    assert!(matches!(error, FetchError::Tls { .. }), "{error:?}");
    assert!(error.to_string().contains("证书不是受信任的机构签发的"), "{error}");
}

#[tokio::test]
async fn an_office_may_read_its_old_site_all_the_same() {
    let fetched = get(true).await.unwrap();
    assert_eq!((fetched.status, fetched.body.as_ref()), (200, b"secret".as_slice()));
}
