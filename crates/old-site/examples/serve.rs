//! Serves a made-up old site for browser tests and by hand:
//!
//! `cargo run -p old-site --example serve -- --articles 300 --encoding gbk --port 8099 --traps --print-json truth.json`
//!
//! `--print-json FILE` writes what is true about every address; `--save FOLDER` and `--warc FILE` write copies.

use std::{env, error::Error, fs, io::BufWriter, path::Path};

use old_site::{OldEncoding, OldSite, OldSiteSettings};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut settings = OldSiteSettings::default();
    let (mut port, mut json, mut folder, mut warc) = (0, None, None, None);
    let mut arguments = env::args().skip(1);
    while let Some(argument) = arguments.next() {
        if argument == "--traps" {
            settings.traps = true;
            continue;
        }
        let value = arguments.next().ok_or_else(|| format!("{argument} needs a value"))?;
        match argument.as_str() {
            "--articles" => settings.articles = value.parse()?,
            "--encoding" if value == "gbk" => settings.encoding = OldEncoding::Gbk,
            "--encoding" if value == "utf8" || value == "utf-8" => settings.encoding = OldEncoding::Utf8,
            "--seed" => settings.seed = value.parse()?,
            "--host" => settings.host = value,
            "--port" => port = value.parse()?,
            "--print-json" => json = Some(value),
            "--save" => folder = Some(value),
            "--warc" => warc = Some(value),
            _ => return Err(format!("what is {argument} {value}?").into()),
        }
    }
    let site = OldSite::generate(settings);
    if let Some(file) = json {
        fs::write(file, serde_json::to_vec_pretty(&site.pages())?)?;
    }
    if let Some(folder) = folder {
        println!("saved to {}", site.write_to(Path::new(&folder))?.display());
    }
    if let Some(file) = warc {
        site.write_warc(&mut BufWriter::new(fs::File::create(file)?))?;
    }
    let served = site.serve_on(port).await?;
    println!("{}", served.root());
    std::future::pending::<()>().await;
    Ok(())
}
