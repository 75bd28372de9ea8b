//! Writes every sample page of the official theme, with its assets, into a directory:
//! `cargo run -p render --example samples -- DIR`.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use render::page::{ContentPage, GonePage, HomePage, ListPage, NotFoundPage, PolicyPage, SiteMapPage, sample_site};
use render::{PageContext, Renderer, SiteFrame};

fn main() -> Result<(), Box<dyn Error>> {
    let directory = PathBuf::from(std::env::args().nth(1).ok_or("usage: samples DIR")?);
    let renderer = Renderer::official()?;
    let frame = renderer.frame(sample_site());
    for asset in renderer.assets() {
        write(&directory.join(&asset.path), &asset.bytes)?;
    }
    write_samples::<HomePage>(&renderer, &frame, &directory)?;
    write_samples::<ListPage>(&renderer, &frame, &directory)?;
    write_samples::<ContentPage>(&renderer, &frame, &directory)?;
    write_samples::<PolicyPage>(&renderer, &frame, &directory)?;
    write_samples::<SiteMapPage>(&renderer, &frame, &directory)?;
    write_samples::<GonePage>(&renderer, &frame, &directory)?;
    write_samples::<NotFoundPage>(&renderer, &frame, &directory)?;
    for problem in renderer.check_templates() {
        println!("{problem}");
    }
    Ok(())
}

/// The first sample of a kind goes to its own path, so that the pages link to one another; the
/// others are named after the sample.
fn write_samples<P: PageContext>(
    renderer: &Renderer,
    frame: &SiteFrame,
    directory: &Path,
) -> Result<(), Box<dyn Error>> {
    for (number, (name, page)) in P::samples().into_iter().enumerate() {
        let rendered = renderer.render(frame, &page)?;
        let html = render::not_found::for_request(&rendered.html, &rendered.path);
        let path = if number == 0 {
            directory.join(&rendered.path)
        } else {
            directory.join(&rendered.path).with_file_name(format!("sample-{name}.html"))
        };
        write(&path, html.as_bytes())?;
        println!("{} {name}: {}", P::TEMPLATE, path.display());
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Box<dyn Error>> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(fs::write(path, bytes)?)
}
