//! Pages rendered and checked per second on one thread: `cargo run --release -p render --example throughput`.

use std::time::Instant;

use render::page::{ContentPage, ListPage, PolicyPage, sample_site};
use render::{PageContext, Renderer, SiteFrame, check_page};

const PAGES: u32 = 5_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let renderer = Renderer::official()?;
    let frame = renderer.frame(sample_site());
    measure::<ContentPage>("article", &renderer, &frame)?;
    measure::<PolicyPage>("policy", &renderer, &frame)?;
    measure::<ListPage>("list", &renderer, &frame)?;
    Ok(())
}

fn measure<P: PageContext>(name: &str, renderer: &Renderer, frame: &SiteFrame) -> Result<(), render::RenderError> {
    let (_, page) = P::samples().remove(0);
    let mut html = String::new();
    let start = Instant::now();
    for _ in 0..PAGES {
        html = renderer.render(frame, &page)?.html;
    }
    let rendering = start.elapsed();
    let start = Instant::now();
    let mut missing = 0;
    for _ in 0..PAGES {
        missing += check_page(&html, P::KIND).len();
    }
    let checking = start.elapsed();
    println!(
        "{name}: {} bytes, render {:.1} µs, check {:.1} µs, {:.0} pages/s, {missing} missing",
        html.len(),
        rendering.as_secs_f64() * 1e6 / f64::from(PAGES),
        checking.as_secs_f64() * 1e6 / f64::from(PAGES),
        f64::from(PAGES) / (rendering + checking).as_secs_f64(),
    );
    Ok(())
}
