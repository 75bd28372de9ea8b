//! Themes: what they may do, what they may not, and that the official one is whole.

#![expect(clippy::unwrap_used, reason = "a helper of a test may fail as loudly as the test")]

use std::collections::BTreeMap;
use std::path::Path;

use render::page::{ContentPage, HomePage, ListPage, NotFoundPage, sample_site};
use render::{Dependency, PageContext, Renderer, Theme, ThemeError};

fn official_files() -> BTreeMap<String, Vec<u8>> {
    fn read(at: &Path, base: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                read(&path, base, files);
            } else {
                let name = path.strip_prefix(base).unwrap().to_str().unwrap().to_owned();
                files.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../themes/official");
    let mut files = BTreeMap::new();
    read(&base, &base, &mut files);
    files
}

fn with_template(name: &str, source: &str) -> Renderer {
    let mut files = official_files();
    files.insert(format!("templates/{name}"), source.as_bytes().to_vec());
    Renderer::new(Theme::from_files(files).unwrap()).unwrap()
}

fn render_not_found(renderer: &Renderer) -> Result<String, render::RenderError> {
    renderer.render(&renderer.frame(sample_site()), &NotFoundPage {}).map(|page| page.html)
}

#[test]
fn the_official_theme_has_no_problems_and_keeps_to_its_budget() {
    let renderer = Renderer::official().unwrap();
    assert_eq!(renderer.check_templates(), []);
    let size = |extension: &str| {
        renderer.assets().iter().filter(|a| a.name.ends_with(extension)).map(|a| a.bytes.len()).sum::<usize>()
    };
    assert!(size(".css") <= 30 * 1024, "CSS is {} bytes", size(".css"));
    assert!(size(".js") <= 6 * 1024, "JS is {} bytes", size(".js"));
}

#[test]
fn the_embedded_theme_and_the_one_on_disk_are_the_same() {
    let on_disk = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../themes/official");
    let (embedded, on_disk) = (Theme::official().unwrap(), Theme::from_directory(&on_disk).unwrap());
    assert_eq!(embedded.version, on_disk.version);
}

#[test]
fn any_changed_byte_gives_the_theme_another_version_and_the_asset_another_path() {
    let mut files = official_files();
    let before = Theme::from_files(files.clone()).unwrap();
    files.get_mut("assets/site.css").unwrap().push(b'\n');
    let after = Theme::from_files(files).unwrap();
    assert_ne!(before.version, after.version);
    let path = |theme: &Theme| theme.assets.iter().find(|a| a.name == "site.css").unwrap().path.clone();
    assert_ne!(path(&before), path(&after));
    assert!(path(&after).starts_with("assets/site.") && path(&after).ends_with(".css"));
}

#[test]
fn a_misspelt_name_is_reported_with_file_and_line() {
    let renderer = with_template("not_found.html", "<p>\n{{ site.nmae }}</p>");
    let problems = renderer.check_templates();
    let problem = problems.iter().find(|problem| problem.file == "not_found.html").unwrap();
    assert_eq!(problem.line, 2, "{problem}");
}

#[test]
fn a_mistake_in_an_included_file_is_reported_there() {
    let renderer = with_template("_footer.html", "\n\n{{ nothing }}");
    assert!(renderer.check_templates().iter().any(|p| p.file == "_footer.html" && p.line == 3));
}

#[test]
fn a_template_that_does_not_compile_is_refused_with_file_and_line() {
    let mut files = official_files();
    files.insert("templates/home.html".into(), b"\n{% if %}".to_vec());
    let error = Renderer::new(Theme::from_files(files).unwrap()).unwrap_err();
    assert!(error.to_string().contains("home.html:2"), "{error}");
}

#[test]
fn a_theme_without_required_marks_is_reported_in_chinese() {
    let renderer = with_template("_footer.html", "<footer></footer>");
    let problems = renderer.check_templates();
    assert!(problems.iter().any(|p| p.file == "article.html" && p.message.contains("政府网站标识码")), "{problems:?}");
}

#[test]
fn inline_scripts_and_foreign_files_are_reported() {
    let renderer = with_template(
        "not_found.html",
        "{% extends \"base.html\" %}{% block main %}<script>x()</script><p onclick=\"x\" style=\"y\"><img src=\"https://elsewhere.example/a.png\">{% endblock %}",
    );
    let messages: Vec<_> = renderer.check_templates().into_iter().map(|problem| problem.message).collect();
    assert_eq!(messages.len(), 4, "{messages:?}");
}

#[test]
fn a_runaway_template_is_stopped() {
    let loops = "{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9999) %}x{% endfor %}{% endfor %}{% endfor %}";
    let error = render_not_found(&with_template("not_found.html", loops)).unwrap_err();
    assert!(error.message.contains("fuel"), "{error}");
}

#[test]
fn a_template_reaches_no_file_of_the_machine() {
    for source in
        ["{% include \"/etc/hostname\" %}", "{% include \"../theme.toml\" %}", "{% include \"../../../Cargo.toml\" %}"]
    {
        let error = render_not_found(&with_template("not_found.html", source)).unwrap_err();
        assert!(error.message.contains("not found"), "{source}: {error}");
    }
}

#[test]
fn values_are_escaped_and_links_with_a_script_are_refused() {
    let mut site = sample_site();
    site.name = "<script>alert(1)</script>".into();
    let renderer = Renderer::official().unwrap();
    let html = renderer.render(&renderer.frame(site), &NotFoundPage {}).unwrap().html;
    assert!(!html.contains("<script>alert") && html.contains("&lt;script&gt;"));
    let renderer = with_template("not_found.html", "<a href=\"{{ 'javascript:alert(1)'|link }}\">");
    assert!(render_not_found(&renderer).is_err());
    let renderer = with_template("not_found.html", "<a href=\"{{ '//elsewhere.example'|link }}\">");
    assert!(render_not_found(&renderer).is_err());
}

#[test]
fn printing_an_empty_value_is_a_mistake_of_the_template() {
    let mut site = sample_site();
    site.conac_id = None;
    let renderer = with_template("not_found.html", "{{ site.conac_id }}");
    let error = renderer.render(&renderer.frame(site), &NotFoundPage {}).unwrap_err();
    assert!(error.message.contains("empty"), "{error}");
}

#[test]
fn a_theme_lacking_its_manifest_or_a_language_is_refused() {
    let mut files = official_files();
    files.remove("locales/zh-Hans.toml");
    assert!(
        matches!(Theme::from_files(files.clone()), Err(ThemeError::Absent(what)) if what == "locales/zh-Hans.toml")
    );
    files.remove("theme.toml");
    assert!(matches!(Theme::from_files(files), Err(ThemeError::Absent(what)) if what == "theme.toml"));
    assert!(Theme::from_directory(Path::new("no such place")).is_err());
}

#[test]
fn equal_input_gives_equal_bytes() {
    let renderer = Renderer::official().unwrap();
    let frame = renderer.frame(sample_site());
    for (_, page) in HomePage::samples() {
        assert_eq!(renderer.render(&frame, &page).unwrap().html, renderer.render(&frame, &page).unwrap().html);
    }
}

#[test]
fn no_link_begins_at_the_root_so_a_site_works_under_any_prefix_and_on_disk() {
    let renderer = Renderer::official().unwrap();
    let frame = renderer.frame(sample_site());
    let pages = ContentPage::samples().into_iter().map(|(_, page)| renderer.render(&frame, &page).unwrap());
    let lists = ListPage::samples().into_iter().map(|(_, page)| renderer.render(&frame, &page).unwrap());
    for page in pages.chain(lists) {
        assert!(page.html.contains("href=\"../"), "{}", page.path);
        for attribute in ["href=\"", "src=\""] {
            for (at, _) in page.html.match_indices(attribute) {
                let value = page.html[at + attribute.len()..].split('"').next().unwrap();
                assert!(!value.starts_with('/'), "{}: {value}", page.path);
                let climbs = value.matches("../").count();
                assert!(climbs <= render::path::depth(&page.path), "{}: {value} leaves the site", page.path);
            }
        }
    }
}

#[test]
fn a_page_records_what_it_was_made_from() {
    let renderer = Renderer::official().unwrap();
    let frame = renderer.frame(sample_site());
    let (_, article) = ContentPage::samples().remove(0);
    let page = renderer.render(&frame, &article).unwrap();
    for dependency in [
        Dependency::Site,
        Dependency::Theme,
        Dependency::Resource(article.id),
        Dependency::Resource(article.related[0].id),
        Dependency::Column(article.column.id),
        Dependency::Column(sample_site().navigation[3].id),
    ] {
        assert!(page.dependencies.contains(&dependency), "{dependency}");
    }
    let mut lists = ListPage::samples();
    let (_, archive) = lists.remove(1);
    let (_, index) = lists.remove(0);
    let items = Dependency::ColumnItems(index.column.id);
    assert!(renderer.render(&frame, &index).unwrap().dependencies.contains(&items));
    assert!(!renderer.render(&frame, &archive).unwrap().dependencies.contains(&items));
}

#[test]
fn the_page_for_unknown_addresses_finds_the_root_from_any_depth() {
    let html = render_not_found(&Renderer::official().unwrap()).unwrap();
    let deep = render::not_found::for_request(&html, "a/b/nothing.html");
    assert!(deep.contains("href=\"../../index.html\"") && deep.contains("href=\"../../assets/site."));
    let shallow = render::not_found::for_request(&html, "nothing");
    assert!(shallow.contains("href=\"./index.html\""));
    assert!(!deep.contains("__site_root__") && !shallow.contains("__site_root__"));
}
