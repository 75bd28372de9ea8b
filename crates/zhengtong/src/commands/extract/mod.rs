//! `extract`: what stands in pages and files, without keeping any of it.

mod print;

use std::{
    fs::File,
    io::{BufWriter, Cursor, Write},
    path::Path,
    process::ExitCode,
    sync::Arc,
};

use app::extraction::{Extraction, Input, extract};
use fetch::{Ask, Fetch};

use super::walk::files_below;
use crate::{
    arguments::Extract,
    config::Config,
    instance,
    refusal::{Outcome, Refusal},
    system::SystemClock,
};

/// Where the results go, and whether something could not be read.
struct Out {
    json: bool,
    to: BufWriter<std::io::Stdout>,
    unread: bool,
    gone: bool,
}

impl Out {
    /// Prints one; false once nobody listens any more.
    fn put(&mut self, one: &Extraction) -> bool {
        self.unread |= one.fault.is_some();
        let written = match self.json {
            true => serde_json::to_writer(&mut self.to, one)
                .map_err(std::io::Error::from)
                .and_then(|()| self.to.write_all(b"\n")),
            false => self.to.write_all(print::for_people(one).as_bytes()),
        };
        self.gone |= written.is_err();
        !self.gone
    }

    fn refuse(&mut self, name: &str, why: String) {
        if self.json {
            self.put(&Extraction { file: name.to_owned(), kind: "file", fault: Some(why), ..Extraction::default() });
        } else {
            self.unread = true;
            eprintln!("“{name}”{why}");
        }
    }
}

/// Reads every source: 0, or 1 when something could not be read, or 2 when there was nothing to read.
pub async fn run(config: &Config, options: Extract) -> Outcome {
    let mut out = Out {
        json: options.json,
        to: BufWriter::with_capacity(1 << 16, std::io::stdout()),
        unread: false,
        gone: false,
    };
    for source in &options.sources {
        if source.contains("://") {
            from_web(config, source, &mut out).await?;
            continue;
        }
        let path = Path::new(source);
        if path.is_dir() {
            for (name, path) in files_below(path) {
                let address = options.address.as_deref().map(|base| format!("{}/{name}", base.trim_end_matches('/')));
                from_file(
                    &Input { name: &name, address: address.as_deref(), beside_pages: true, ..Input::default() },
                    &path,
                    &mut out,
                );
                if out.gone {
                    break;
                }
            }
        } else if path.is_file() {
            from_file(&Input { name: source, address: options.address.as_deref(), ..Input::default() }, path, &mut out);
        } else {
            return Err(Refusal::configuration(format!("“{source}”不存在，请核对文件名、文件夹或网址。")));
        }
    }
    // A reader that has seen enough (`| head`) is no fault.
    let _ = out.to.flush();
    Ok(ExitCode::from(u8::from(out.unread)))
}

fn from_file(input: &Input<'_>, path: &Path, out: &mut Out) {
    let read = File::open(path)
        .map_err(|error| error.to_string())
        .and_then(|file| extract(input, file, &mut |one| out.put(&one)).map_err(|error| error.to_string()));
    if let Err(why) = read {
        out.refuse(input.name, format!("无法读取：{why}。"));
    }
}

async fn from_web(config: &Config, address: &str, out: &mut Out) -> Result<(), Refusal> {
    let fetcher = instance::fetcher(config, Arc::new(SystemClock))?;
    let url = fetch::Url::parse(address).map_err(|_| Refusal::configuration(format!("“{address}”不是有效的网址。")))?;
    match fetcher.fetch(Ask::get(url)).await {
        Ok(fetched) if fetched.succeeded() => {
            let at = fetched.address.to_string();
            let media = fetched.header("content-type").map(str::to_owned);
            let reader = Cursor::new(fetched.body.to_vec());
            // The file name tells between kinds that look alike; pages have none.
            let name = fetched.file_name().unwrap_or_else(|| "index.html".to_owned());
            let input = Input { name: &name, address: Some(&at), content_type: media.as_deref(), beside_pages: false };
            let mut put = |one: Extraction| out.put(&Extraction { file: address.to_owned(), ..one });
            if let Err(error) = extract(&input, reader, &mut put) {
                out.refuse(address, format!("无法读取：{error}。"));
            }
        }
        Ok(fetched) => out.refuse(address, format!("打不开：对方答复 {}。", fetched.status)),
        Err(error) => out.refuse(address, format!("打不开：{error}")),
    }
    Ok(())
}
