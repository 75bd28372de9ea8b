//! Reads a body under limits: bytes, silence, total time, and how much it may grow when unpacked.

use std::{
    io::{self, Write},
    time::Duration,
};

use bytes::Bytes;
use flate2::write::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use tokio::time::{Instant, timeout};

use crate::{FetchError, Truncation};

/// Below this size no ratio is suspicious: an empty table of blanks packs very well.
const RATIO_MATTERS_FROM: u64 = 1 << 20;

pub(crate) struct BodyLimits {
    pub bytes: usize,
    pub ratio: u64,
    pub idle: Duration,
    pub until: Instant,
}

/// The unpacked body as far as it could be read, and why it is not whole if it is not. `encoding` is the
/// `Content-Encoding`.
pub(crate) async fn read(
    body: &mut Incoming,
    encoding: &str,
    limits: &BodyLimits,
) -> Result<(Bytes, Option<Truncation>), FetchError> {
    let mut unpacker = Unpacker::new(encoding, limits);
    loop {
        let patience = limits.idle.min(limits.until.saturating_duration_since(Instant::now()));
        let truncation = match timeout(patience, body.frame()).await {
            Err(_) => Truncation::TooSlow,
            Ok(Some(Err(_))) => Truncation::CutOff,
            Ok(None) => return unpacker.finish(None),
            Ok(Some(Ok(frame))) => {
                // Trailers say nothing that anybody needs.
                let Ok(chunk) = frame.into_data() else { continue };
                match unpacker.push(&chunk)? {
                    Room::Left => continue,
                    Room::Full => Truncation::OverLimit,
                    Room::Broken => Truncation::CutOff,
                }
            }
        };
        return unpacker.finish(Some(truncation));
    }
}

enum Room {
    Left,
    Full,
    Broken,
}

enum Decoder {
    Plain(Sink),
    Gzip(MultiGzDecoder<Sink>),
    /// `deflate` means zlib by the standard and raw deflate by habit; the first byte tells.
    UndecidedDeflate(Sink),
    Zlib(ZlibDecoder<Sink>),
    Raw(DeflateDecoder<Sink>),
}

struct Unpacker {
    decoder: Option<Decoder>,
    packed: u64,
    ratio: u64,
}

impl Unpacker {
    fn new(encoding: &str, limits: &BodyLimits) -> Self {
        let sink = Sink { bytes: Vec::new(), limit: limits.bytes, over: false };
        let decoder = match encoding.trim().to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => Decoder::Gzip(MultiGzDecoder::new(sink)),
            "deflate" => Decoder::UndecidedDeflate(sink),
            _ => Decoder::Plain(sink),
        };
        Self { decoder: Some(decoder), packed: 0, ratio: limits.ratio }
    }

    fn push(&mut self, chunk: &[u8]) -> Result<Room, FetchError> {
        // In small pieces: one network chunk must not unpack into gigabytes before the ratio is looked at.
        for piece in chunk.chunks(4096) {
            self.packed += piece.len() as u64;
            let decoder = match self.decoder.take().expect("put back at the end of every piece") {
                Decoder::UndecidedDeflate(sink) if piece[0] & 0x0f == 8 => Decoder::Zlib(ZlibDecoder::new(sink)),
                Decoder::UndecidedDeflate(sink) => Decoder::Raw(DeflateDecoder::new(sink)),
                decided => decided,
            };
            let decoder = self.decoder.insert(decoder);
            let written = match decoder {
                Decoder::Plain(sink) => sink.write_all(piece),
                Decoder::Gzip(decoder) => decoder.write_all(piece),
                Decoder::Zlib(decoder) => decoder.write_all(piece),
                Decoder::Raw(decoder) => decoder.write_all(piece),
                Decoder::UndecidedDeflate(_) => Ok(()),
            };
            let (plain, sink) = decoder.sink();
            let size = sink.bytes.len() as u64;
            if !plain && size > RATIO_MATTERS_FROM && size / self.packed.max(1) > self.ratio {
                return Err(FetchError::DecompressionBomb(self.ratio));
            }
            if sink.over {
                return Ok(Room::Full);
            }
            if written.is_err() {
                return Ok(Room::Broken);
            }
        }
        Ok(Room::Left)
    }

    fn finish(mut self, truncation: Option<Truncation>) -> Result<(Bytes, Option<Truncation>), FetchError> {
        let mut decoder = self.decoder.take().expect("put back after every piece");
        let ended = match &mut decoder {
            Decoder::Plain(_) | Decoder::UndecidedDeflate(_) => Ok(()),
            Decoder::Gzip(decoder) if self.packed > 0 => decoder.try_finish(),
            Decoder::Gzip(_) => Ok(()),
            Decoder::Zlib(decoder) => decoder.try_finish(),
            Decoder::Raw(decoder) => decoder.try_finish(),
        };
        let (_, sink) = decoder.sink();
        let truncation = truncation.or(match ended {
            _ if sink.over => Some(Truncation::OverLimit),
            Ok(()) => None,
            Err(_) => Some(Truncation::CutOff),
        });
        Ok((Bytes::from(std::mem::take(&mut sink.bytes)), truncation))
    }
}

impl Decoder {
    fn sink(&mut self) -> (bool, &mut Sink) {
        match self {
            Self::Plain(sink) | Self::UndecidedDeflate(sink) => (true, sink),
            Self::Gzip(decoder) => (false, decoder.get_mut()),
            Self::Zlib(decoder) => (false, decoder.get_mut()),
            Self::Raw(decoder) => (false, decoder.get_mut()),
        }
    }
}

/// Takes bytes up to the limit and refuses the rest, which stops the decoder before it.
struct Sink {
    bytes: Vec<u8>,
    limit: usize,
    over: bool,
}

impl Write for Sink {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let room = self.limit - self.bytes.len();
        if buffer.len() > room {
            self.over = true;
        }
        let taken = buffer.len().min(room);
        self.bytes.extend_from_slice(&buffer[..taken]);
        if taken == 0 && !buffer.is_empty() {
            return Err(io::Error::other("the limit is reached"));
        }
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
