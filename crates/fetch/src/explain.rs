//! Errors of the network in our words.

use std::{error::Error, io};

use rustls::CertificateError;

use crate::FetchError;

/// Opening a connection failed.
pub(crate) fn connecting(error: &io::Error, host: &str) -> FetchError {
    let reason = match error.kind() {
        io::ErrorKind::TimedOut => return FetchError::TimedOut(host.to_owned()),
        io::ErrorKind::ConnectionRefused => "对方拒绝连接".to_owned(),
        io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted => "连接被对方中断".to_owned(),
        io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable => "网络不通".to_owned(),
        io::ErrorKind::AddrNotAvailable => "本机没有可用的网络地址".to_owned(),
        _ => error.to_string(),
    };
    FetchError::Connect { host: host.to_owned(), reason }
}

/// The TLS handshake failed.
pub(crate) fn securing(error: &io::Error, host: &str) -> FetchError {
    let reason = match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        Some(rustls::Error::InvalidCertificate(certificate)) => match certificate {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => "证书已过期".to_owned(),
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => "证书尚未生效".to_owned(),
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                "证书与域名不符".to_owned()
            }
            CertificateError::UnknownIssuer => "证书不是受信任的机构签发的".to_owned(),
            CertificateError::Revoked => "证书已被吊销".to_owned(),
            other => format!("证书无效：{other}"),
        },
        Some(rustls::Error::PeerIncompatible(_) | rustls::Error::AlertReceived(_)) => {
            "对方的加密方式过旧或不受支持".to_owned()
        }
        Some(rustls::Error::InvalidMessage(_)) => "对方没有使用加密协议".to_owned(),
        Some(other) => other.to_string(),
        None if error.kind() == io::ErrorKind::UnexpectedEof => "对方在握手时断开".to_owned(),
        None => return connecting(error, host),
    };
    FetchError::Tls { host: host.to_owned(), reason }
}

/// No readable answer came.
pub(crate) fn speaking(error: &hyper::Error, host: &str) -> FetchError {
    let host = host.to_owned();
    // The library has a question for this on the server side only.
    if error.is_parse() && error.to_string().contains("too large") {
        return FetchError::HeadersTooLarge(host);
    }
    if let Some(io) = error.source().and_then(|inner| inner.downcast_ref::<io::Error>()) {
        return connecting(io, &host);
    }
    let reason = if error.is_incomplete_message() || error.is_closed() || error.is_canceled() {
        "没有回应就断开了连接".to_owned()
    } else if error.is_parse() {
        "回应的格式无法识别".to_owned()
    } else {
        error.to_string()
    };
    FetchError::Protocol { host, reason }
}
