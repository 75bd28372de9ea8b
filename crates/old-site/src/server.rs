//! A small HTTP/1.1 server that can also misbehave, which real servers in tests are too well-bred for.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

use crate::{Answer, Manner, OldSite, Stats, answer::Visit, stats::Counter};

/// A running server; it stops when this is dropped.
#[derive(Debug)]
pub struct Served {
    address: SocketAddr,
    site: Arc<OldSite>,
    counter: Arc<Counter>,
    accepting: JoinHandle<()>,
}

impl OldSite {
    /// Serves the site on a free port of this machine.
    pub async fn serve(self) -> io::Result<Served> {
        self.serve_on(0).await
    }

    /// Serves the site on a given port of this machine.
    pub async fn serve_on(self, port: u16) -> io::Result<Served> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = listener.local_addr()?;
        let site = Arc::new(self);
        let counter = Arc::new(Counter::default());
        let accepting = tokio::spawn(accept(listener, site.clone(), counter.clone()));
        Ok(Served { address, site, counter, accepting })
    }
}

impl Served {
    /// `http://127.0.0.1:PORT`, to be followed by a path.
    pub fn root(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn site(&self) -> &OldSite {
        &self.site
    }

    /// The counts of this moment.
    pub fn stats(&self) -> Stats {
        self.counter.with(|stats| stats.clone())
    }

    /// Begins to count anew.
    pub fn forget(&self) {
        self.counter.with(|stats| {
            let open = stats.open_connections;
            *stats = Stats { open_connections: open, most_open_connections: open, ..Stats::default() };
        });
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn accept(listener: TcpListener, site: Arc<OldSite>, counter: Arc<Counter>) {
    while let Ok((stream, _)) = listener.accept().await {
        let (site, counter) = (site.clone(), counter.clone());
        // A new visitor may be handed over before the task of one who left earlier has noticed it.
        tokio::time::sleep(Duration::from_millis(20)).await;
        counter.with(|stats| {
            stats.connections += 1;
            stats.open_connections += 1;
            stats.most_open_connections = stats.most_open_connections.max(stats.open_connections);
        });
        tokio::spawn(async move {
            // A visitor that hangs up is no error.
            let _ = converse(stream, &site, &counter).await;
            counter.with(|stats| stats.open_connections -= 1);
        });
    }
}

async fn converse(mut stream: TcpStream, site: &OldSite, counter: &Counter) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut buffer = Vec::new();
    loop {
        let Some(head) = read_head(&mut stream, &mut buffer).await? else { return Ok(()) };
        let head = String::from_utf8_lossy(&head).into_owned();
        let mut lines = head.split("\r\n");
        let mut first = lines.next().unwrap_or_default().split(' ');
        let (method, target) = (first.next().unwrap_or_default(), first.next().unwrap_or_default());
        let headers: Vec<(String, &str)> = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim()))
            .collect();
        let header = |name: &str| headers.iter().find(|(found, _)| found == name).map(|(_, value)| *value);
        let (times_before, number) = counter.with(|stats| {
            let times = stats.requests.entry(target.to_owned()).or_default();
            *times += 1;
            stats.total += 1;
            stats.active_requests += 1;
            stats.most_active_requests = stats.most_active_requests.max(stats.active_requests);
            stats.user_agent = header("user-agent").unwrap_or_default().to_owned();
            (*times - 1, stats.total)
        });
        let visit = Visit { host: header("host").unwrap_or_default(), times_before, number };
        let mut answer = site.answer(target, visit);
        let same_tag = answer.header("ETag").is_some_and(|tag| header("if-none-match") == Some(tag));
        let same_date = answer.header("Last-Modified").is_some_and(|date| header("if-modified-since") == Some(date));
        if answer.status == 200 && (same_tag || same_date) {
            answer.status = 304;
            answer.body.clear();
            answer.manner = Manner::Plain;
            counter.with(|stats| stats.not_modified += 1);
        }
        if answer.status == 200
            && answer.manner == Manner::Plain
            && number % 3 == 0
            && header("accept-encoding").is_some_and(|value| value.contains("gzip"))
            && answer.header("Content-Type").is_some_and(|kind| kind.starts_with("text/html"))
            && answer.header("Content-Encoding").is_none()
        {
            pack(&mut answer);
        }
        // The last byte may reach the visitor before this task goes on, so the request is over before it is sent.
        let sent = send(&mut stream, &answer, method == "HEAD", || {
            counter.with(|stats| stats.active_requests -= 1);
        })
        .await;
        let stay = sent? && header("connection") != Some("close");
        if !stay {
            return Ok(());
        }
    }
}

async fn read_head(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> io::Result<Option<Vec<u8>>> {
    loop {
        if let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            let rest = buffer.split_off(end + 4);
            let head = std::mem::replace(buffer, rest);
            return Ok(Some(head));
        }
        if buffer.len() > 1 << 16 || stream.read_buf(buffer).await? == 0 {
            return Ok(None);
        }
    }
}

fn pack(answer: &mut Answer) {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    if io::Write::write_all(&mut packer, &answer.body).is_ok()
        && let Ok(packed) = packer.finish()
    {
        answer.body = packed;
        answer.headers.push(("Content-Encoding", "gzip".to_owned()));
    }
}

/// Whether the connection may be used again. `done` is called once, whatever happens.
async fn send(stream: &mut TcpStream, answer: &Answer, head_only: bool, done: impl FnOnce()) -> io::Result<bool> {
    let mut done = Some(done);
    let result = send_parts(stream, answer, head_only, &mut || {
        if let Some(done) = done.take() {
            done();
        }
    })
    .await;
    if let Some(done) = done.take() {
        done();
    }
    result
}

async fn send_parts(
    stream: &mut TcpStream,
    answer: &Answer,
    head_only: bool,
    done: &mut impl FnMut(),
) -> io::Result<bool> {
    let mut head = format!("HTTP/1.1 {} {}\r\nServer: Old-Server/6.0\r\n", answer.status, reason(answer.status));
    for (name, value) in &answer.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    let extra = match answer.manner {
        Manner::Cut(missing) => missing as u64,
        Manner::Endless(more) => more,
        _ => 0,
    };
    if answer.manner == Manner::BrokenChunks {
        head.push_str("Transfer-Encoding: chunked\r\n\r\n");
    } else if answer.status == 304 {
        head.push_str("\r\n");
    } else {
        head.push_str(&format!("Content-Length: {}\r\n\r\n", answer.body.len() as u64 + extra));
    }
    if let Manner::Late(wait) = answer.manner {
        tokio::time::sleep(wait).await;
    }
    if head_only {
        done();
        stream.write_all(head.as_bytes()).await?;
        return Ok(true);
    }
    match answer.manner {
        Manner::Plain | Manner::Late(_) => {
            let mut all = head.into_bytes();
            all.extend_from_slice(&answer.body);
            // All but the last byte, so that whoever counts requests under way counts this one to its end.
            let last = all.len() - 1;
            stream.write_all(&all[..last]).await?;
            done();
            stream.write_all(&all[last..]).await?;
            return Ok(true);
        }
        Manner::Drip(pause) => {
            stream.write_all(head.as_bytes()).await?;
            for byte in &answer.body {
                stream.write_all(&[*byte]).await?;
                // A visitor that loses patience must not count as being served.
                if tokio::time::timeout(pause, stream.readable()).await.is_ok() && stream.peek(&mut [0]).await? == 0 {
                    return Ok(false);
                }
            }
        }
        Manner::Cut(_) => {
            stream.write_all(head.as_bytes()).await?;
            stream.write_all(&answer.body).await?;
        }
        Manner::BrokenChunks => {
            stream.write_all(head.as_bytes()).await?;
            stream.write_all(format!("{:x}\r\n", answer.body.len()).as_bytes()).await?;
            stream.write_all(&answer.body).await?;
            stream.write_all(b"\r\nzzzz\r\nnonsense").await?;
        }
        Manner::Endless(more) => {
            stream.write_all(head.as_bytes()).await?;
            let block = vec![0; 1 << 16];
            for _ in 0..more / block.len() as u64 {
                stream.write_all(&block).await?;
            }
        }
    }
    done();
    // Time for the bytes to arrive before the connection breaks.
    stream.flush().await?;
    tokio::time::sleep(Duration::from_millis(5)).await;
    Ok(false)
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        301 => "Moved Permanently",
        302 => "Found",
        304 => "Not Modified",
        404 => "Not Found",
        _ => "Internal Server Error",
    }
}
