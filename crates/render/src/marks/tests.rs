use super::*;
use crate::page::{
    ContentPage, GonePage, HomePage, ListPage, NotFoundPage, PageContext, PolicyPage, SiteMapPage, sample_site,
};
use crate::renderer::Renderer;

fn render<P: PageContext>(page: &P) -> String {
    let renderer = Renderer::official().unwrap();
    renderer.render(&renderer.frame(sample_site()), page).unwrap().html
}

fn an_article() -> String {
    render(&ContentPage::samples().remove(0).1)
}

fn missing(html: &str, kind: PageKind) -> Vec<Mark> {
    check_page(html, kind).into_iter().map(|missing| missing.mark).collect()
}

#[test]
fn every_page_of_the_official_theme_carries_every_required_mark() {
    fn check<P: PageContext>() {
        for (name, page) in P::samples() {
            assert_eq!(check_page(&render(&page), P::KIND), [], "{} {name}", P::TEMPLATE);
        }
    }
    check::<HomePage>();
    check::<ListPage>();
    check::<ContentPage>();
    check::<PolicyPage>();
    check::<SiteMapPage>();
    check::<GonePage>();
    check::<NotFoundPage>();
}

#[test]
fn each_tag_is_missed_when_it_is_taken_away() {
    let html = an_article();
    for (name, _) in SITE_TAGS.iter().chain(&COLUMN_TAGS).chain(&CONTENT_TAGS) {
        let without = html.replace(&format!("<meta name=\"{name}\""), "<meta name=\"Other\"");
        assert_ne!(without, html, "{name} is on the page");
        let found = missing(&without, PageKind::Content);
        assert!(found.contains(&Mark::Tag(name)), "{name}: {found:?}");
    }
}

#[test]
fn tag_names_are_read_whatever_their_case_but_need_a_value() {
    let html = an_article();
    assert_eq!(missing(&html.replace("\"SiteName\"", "\"sitename\""), PageKind::Content), []);
    let site = sample_site();
    let blank = html.replace(
        &format!("name=\"ContentSource\" content=\"{}\"", site.sponsor),
        "name=\"ContentSource\" content=\" \"",
    );
    assert_ne!(blank, html);
    assert_eq!(missing(&blank, PageKind::Content), [Mark::Tag("ContentSource")]);
}

#[test]
fn malformed_values_are_named_with_what_they_should_look_like() {
    let html = an_article();
    let site = sample_site();
    let wrong_date = html.replace("name=\"PubDate\" content=\"2026", "name=\"PubDate\" content=\"2026年");
    assert_eq!(missing(&wrong_date, PageKind::Content), [Mark::Tag("PubDate"), Mark::VisibleTime]);
    let wrong_code = html.replace(&site.site_code, "310000000044");
    let found = check_page(&wrong_code, PageKind::Content);
    assert_eq!(found[0].mark, Mark::Tag("SiteIDCode"));
    assert!(found[0].message.contains("310000000044"), "{}", found[0].message);
}

#[test]
fn each_footer_mark_is_missed_when_it_is_taken_away() {
    let html = an_article();
    let site = sample_site();
    for (text, instead, mark) in [
        ("exposure/jiucuo.html", "exposure/other.html", Mark::ErrorReportEntry),
        ("https://zfwzgl.www.gov.cn/", "http://121.43.68.40/", Mark::ErrorReportEntry),
        ("标识码：", "代码：", Mark::SiteCode),
        ("主办单位：", "", Mark::Sponsor),
        ("联系方式：", "", Mark::Contact),
        (site.icp_record.as_str(), "蒙ICP备123号", Mark::IcpRecord),
        (site.police_record.as_str(), "蒙公网安备15号", Mark::PoliceRecord),
        ("网站地图</a>", "更多</a>", Mark::SiteMap),
        ("bszs.conac.cn/sitename", "bszs.conac.cn/index", Mark::PartyGovernmentMark),
    ] {
        let without = html.replace(text, instead);
        assert_ne!(without, html, "{text} is on the page");
        assert_eq!(missing(&without, PageKind::Content), [mark], "{text}");
    }
}

#[test]
fn a_mark_in_the_body_does_not_stand_in_for_the_footer() {
    let html = an_article();
    let site = sample_site();
    let moved = html.replace(&site.icp_record, "").replace("</main>", &format!("{}</main>", site.icp_record));
    assert_eq!(missing(&moved, PageKind::Content), [Mark::IcpRecord]);
}

#[test]
fn the_site_name_must_stand_in_the_header_and_the_time_on_the_page() {
    let html = an_article();
    let (before, after) = html.split_once("<header").unwrap();
    let (_, after) = after.split_once("</header>").unwrap();
    assert_eq!(missing(&format!("{before}{after}"), PageKind::Content), [Mark::HeaderName]);
    let without_time = html.replace("<time", "<span");
    assert_eq!(missing(&without_time, PageKind::Content), [Mark::VisibleTime]);
}

#[test]
fn a_site_without_its_conac_mark_is_reminded_not_refused() {
    let mut site = sample_site();
    site.conac_id = None;
    let renderer = Renderer::official().unwrap();
    let html = renderer.render(&renderer.frame(site), &ContentPage::samples().remove(0).1).unwrap().html;
    assert_eq!(check_page(&html, PageKind::Content), []);
    assert_eq!(page_reminders(&html)[0].mark, Mark::PartyGovernmentMark);
    assert_eq!(page_reminders(&an_article()), []);
}

#[test]
fn the_quick_walk_reads_the_same_tags_and_links_as_a_full_parser() {
    for (name, page) in PolicyPage::samples() {
        let html = render(&page);
        let facts = PageFacts::read(&html);
        let tree = scraper::Html::parse_document(&html);
        let all = |css: &str| {
            let selector = scraper::Selector::parse(css).unwrap();
            tree.select(&selector).collect::<Vec<_>>()
        };
        for tag in all("meta[name]") {
            assert_eq!(facts.tag(tag.attr("name").unwrap()), tag.attr("content").unwrap(), "{name}");
        }
        let links: Vec<_> = all("body > footer a[href]").iter().filter_map(|a| a.attr("href")).collect();
        assert_eq!(facts.footer_links, links, "{name}");
        let footer: String = all("body > footer")[0].text().collect();
        assert_eq!(facts.footer_text, footer, "{name}");
        let times: Vec<String> = all("time").iter().map(|time| time.text().collect()).collect();
        assert_eq!(facts.times, times, "{name}");
    }
}
