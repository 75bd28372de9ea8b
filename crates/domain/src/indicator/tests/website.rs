use jiff::{ToSpan, civil::Date};

use super::{AT, days_ago, decided, judged, letter, sentences, updated};
use crate::{
    indicator::{
        Observed, Updates,
        columns_stale::{Column, ColumnKind, Columns},
        home_stale::HomePage,
        no_response::{Channel, ChannelKind, Letter, Response},
        serious::{Hit, SeriousKind, Suspicions},
        services_unusable::{ElementClass, Guide, Services},
    },
    rule::builtin::book,
};

fn undated(name: &str) -> Updates {
    Updates { name: name.to_owned(), dates: Some(Vec::new()), ..Updates::default() }
}

fn unread(name: &str) -> Updates {
    Updates { name: name.to_owned(), dates: None, ..Updates::default() }
}

#[test]
fn a_home_page_is_stale_after_fourteen_days_and_a_mere_way_in_with_all_its_pages() {
    let (yes, no) = (Some(true), Some(false));
    for (home, navigation_only, second_level, said) in [
        (updated("首页", 13), no, vec![], 'c'),
        (updated("首页", 14), no, vec![], 'f'),
        (undated("首页"), no, vec![], 'f'),
        (unread("首页"), no, vec![], 'n'),
        (updated("首页", -1), no, vec![], 'f'),
        (updated("首页", 14), None, vec![], 'n'),
        (updated("首页", 14), None, vec![updated("要闻", 14)], 'f'),
        (updated("首页", 14), None, vec![updated("要闻", 13)], 'n'),
        (undated("首页"), yes, vec![updated("要闻", 13), updated("公告", 300)], 'c'),
        (undated("首页"), yes, vec![updated("要闻", 14), updated("公告", 300)], 'f'),
        (undated("首页"), yes, vec![updated("要闻", 14), unread("公告")], 'n'),
        (undated("首页"), yes, vec![], 'n'),
        (unread("首页"), yes, vec![updated("要闻", 14)], 'f'),
        (unread("首页"), None, vec![updated("要闻", 14)], 'n'),
    ] {
        let observed = Observed::HomePage(HomePage { home, navigation_only, second_level });
        let verdict = judged("site.veto.home_stale", &observed);
        assert_eq!(letter(&verdict), said, "{observed:?} {verdict:?}");
    }
    let home = HomePage { home: updated("首页", 20), navigation_only: no, second_level: vec![] };
    assert_eq!(
        sentences(&judged("site.veto.home_stale", &Observed::HomePage(home))),
        ["截至2026-06-30，首页最近一次更新在2026-06-10，距检查日20天，已满14天没有信息更新。"]
    );
}

fn column(kind: ColumnKind, level: u8, days: i64) -> Column {
    Column { updates: updated("栏目", days), kind, level, blank: false, should_update: true }
}

fn columns(complete: bool, groups: &[(usize, Column)]) -> Observed {
    let columns = groups.iter().flat_map(|(count, column)| vec![column.clone(); *count]).collect();
    Observed::Columns(Columns { complete, columns })
}

#[test]
fn columns_are_counted_in_three_counts_and_never_twice() {
    let news = |days| column(ColumnKind::News, 2, days);
    let policy = |level, days| column(ColumnKind::Policy, level, days);
    let other = |days| column(ColumnKind::Other, 2, days);
    let blank = Column { blank: true, ..news(0) };
    let fixed = Column { should_update: false, ..other(900) };
    let unread_news = Column { updates: unread("要闻"), ..news(0) };
    let undated_news = Column { updates: undated("要闻"), ..news(0) };
    for (groups, said) in [
        (vec![(4, news(14)), (9, news(13))], 'c'),
        (vec![(5, news(14))], 'f'),
        (vec![(3, news(14)), (2, policy(1, 182))], 'f'),
        (vec![(4, news(14)), (1, policy(1, 180))], 'c'),
        // Policy columns of the second level are not among the first count.
        (vec![(4, news(14)), (5, policy(2, 200))], 'c'),
        (vec![(9, other(366)), (1, news(1))], 'c'),
        (vec![(10, other(366))], 'f'),
        (vec![(10, other(364))], 'c'),
        (vec![(20, fixed)], 'c'),
        (vec![(4, blank.clone()), (1, news(1))], 'c'),
        (vec![(5, blank.clone())], 'f'),
        // Four of each: 4 blank, 4 stale, 9 long stale are 17 columns and no veto.
        (vec![(4, blank.clone()), (4, news(14)), (9, other(400))], 'c'),
        (vec![(4, news(14)), (1, unread_news.clone())], 'n'),
        (vec![(5, news(14)), (1, unread_news)], 'f'),
        (vec![(5, undated_news)], 'f'),
        (vec![], 'n'),
    ] {
        let observed = columns(true, &groups);
        let verdict = judged("site.veto.columns_stale", &observed);
        assert_eq!(letter(&verdict), said, "{groups:?} {verdict:?}");
    }
    assert_eq!(letter(&judged("site.veto.columns_stale", &columns(false, &[(1, news(1))]))), 'n');
    assert_eq!(letter(&judged("site.veto.columns_stale", &columns(false, &[(5, blank)]))), 'f');
}

#[test]
fn half_a_year_is_six_calendar_months() {
    // 2025-12-30 is exactly six months before 2026-06-30.
    for (latest, said) in [(Date::constant(2025, 12, 30), 'f'), (Date::constant(2025, 12, 31), 'c')] {
        let updates = Updates { name: "政策".to_owned(), dates: Some(vec![latest]), ..Updates::default() };
        let column = Column { updates, ..column(ColumnKind::Policy, 1, 0) };
        assert_eq!(letter(&judged("site.veto.columns_stale", &columns(true, &[(5, column)]))), said, "{latest}");
    }
}

fn letters(letters: Vec<Letter>) -> Observed {
    let channel = Channel { kind: ChannelKind::Consultation, name: "留言".to_owned(), effective: Some(true) };
    Observed::Response(Response { channels: Some(vec![channel]), letters: Some(letters) })
}

fn mail(received: Date) -> Letter {
    Letter { name: "信件".to_owned(), kind: ChannelKind::Consultation, received, answered: None, valid: Some(true) }
}

#[test]
fn letters_unanswered_for_more_than_three_months_within_a_year_are_found() {
    let late = mail(days_ago(200));
    for (letter_seen, said) in [
        (mail(Date::constant(2026, 3, 30)), 'c'),
        (mail(Date::constant(2026, 3, 29)), 'f'),
        (mail(days_ago(365)), 'f'),
        (mail(days_ago(366)), 'c'),
        (Letter { answered: Some(AT), ..late.clone() }, 'c'),
        (Letter { answered: Some(AT + 1.day()), ..late.clone() }, 'f'),
        (Letter { valid: Some(false), ..late.clone() }, 'c'),
        (Letter { valid: None, ..late.clone() }, 'p'),
        (Letter { kind: ChannelKind::Petition, ..late.clone() }, 'c'),
        (Letter { kind: ChannelKind::Discipline, ..late.clone() }, 'c'),
        (Letter { kind: ChannelKind::Survey, ..late.clone() }, 'c'),
        (Letter { kind: ChannelKind::Interview, ..late }, 'c'),
    ] {
        let verdict = judged("site.veto.no_response", &letters(vec![letter_seen.clone()]));
        assert_eq!(letter(&verdict), said, "{letter_seen:?} {verdict:?}");
    }
}

#[test]
fn special_channels_are_no_channel_for_advice() {
    let channel = |kind, effective| Channel { kind, name: "渠道".to_owned(), effective };
    for (channels, said) in [
        (Some(vec![channel(ChannelKind::Consultation, Some(true))]), 'c'),
        (Some(vec![channel(ChannelKind::Survey, Some(true))]), 'c'),
        (Some(vec![channel(ChannelKind::Consultation, Some(false))]), 'f'),
        (Some(vec![channel(ChannelKind::Petition, Some(true)), channel(ChannelKind::Discipline, Some(true))]), 'f'),
        (Some(vec![]), 'f'),
        (Some(vec![channel(ChannelKind::Consultation, None)]), 'n'),
        (None, 'n'),
    ] {
        let observed = Observed::Response(Response { channels, letters: Some(vec![]) });
        assert_eq!(letter(&judged("site.veto.no_response", &observed)), said, "{observed:?}");
    }
}

fn guide(missing: usize) -> Guide {
    Guide { item: "事项".to_owned(), present: ElementClass::ALL.into_iter().skip(missing).collect() }
}

#[test]
fn guides_lacking_four_classes_fail_when_more_than_five_or_all_of_fewer_than_five() {
    for (total, groups, said) in [
        (Some(20), vec![(6, 4), (14, 0)], 'f'),
        (Some(20), vec![(5, 4), (15, 0)], 'c'),
        (Some(20), vec![(20, 3)], 'c'),
        (Some(400), vec![(6, 10)], 'f'),
        (Some(400), vec![(5, 4), (4, 0)], 'n'),
        (Some(400), vec![(5, 4), (5, 0)], 'c'),
        (Some(4), vec![(4, 4)], 'f'),
        (Some(4), vec![(3, 4), (1, 3)], 'c'),
        (Some(4), vec![(3, 4)], 'n'),
        // Exactly five items are not fewer than five, and five are not more than five.
        (Some(5), vec![(5, 10)], 'c'),
        (Some(0), vec![], 'n'),
        (None, vec![(5, 4)], 'n'),
    ] {
        let guides = groups.iter().flat_map(|(count, missing)| vec![guide(*missing); *count]).collect();
        let observed = Observed::Services(Services { provided: Some(true), total_items: total, guides });
        let verdict = judged("site.veto.services", &observed);
        assert_eq!(letter(&verdict), said, "{total:?} {groups:?} {verdict:?}");
    }
    let none = |provided| Observed::Services(Services { provided, ..Services::default() });
    assert_eq!(letter(&judged("site.veto.services", &none(Some(false)))), 'f');
    assert_eq!(letter(&judged("site.veto.services", &none(None))), 'n');
}

#[test]
fn words_of_packs_and_of_code_are_the_same() {
    let rule = |id: &str| book().rule(id, AT).unwrap();
    let classes: Vec<&str> = ElementClass::ALL.map(ElementClass::chinese).to_vec();
    assert_eq!(rule("site.veto.services").parameter("guide.classes").unwrap().value.list().unwrap(), classes);
    for id in ["site.veto.security", "account.veto.security"] {
        for kind in rule(id).parameter("person.kinds").unwrap().value.list().unwrap() {
            assert!(SeriousKind::ALL.iter().any(|known| known.chinese() == kind), "{kind}");
        }
    }
    let kinds = [ChannelKind::Interview, ChannelKind::Survey, ChannelKind::Petition, ChannelKind::Discipline];
    assert_eq!(
        rule("site.veto.no_response").parameter("msg.excluded").unwrap().value.list().unwrap(),
        kinds.map(ChannelKind::chinese)
    );
}

#[test]
fn a_machine_never_decides_on_serious_problems_and_a_person_says_why() {
    let hit =
        |kind| Hit {
            kind, place: "页面".to_owned(), what: "文字".to_owned(), seen_at: jiff::Timestamp::UNIX_EPOCH
        };
    let all: Vec<Hit> = SeriousKind::ALL.map(hit).to_vec();
    for (screened, hits, person, said) in [
        (true, vec![], None, 'c'),
        (false, vec![], None, 'n'),
        (true, all.clone(), None, 'p'),
        (false, vec![hit(SeriousKind::StateSecret)], None, 'p'),
        (true, all.clone(), decided(true, "  "), 'p'),
        (true, all.clone(), decided(false, ""), 'p'),
        (true, all, decided(false, "词语属于正常引用。"), 'c'),
        (true, vec![], decided(true, "群众举报，核实属实。"), 'f'),
    ] {
        let observed = Observed::Suspicions(Suspicions { screened, hits, person });
        for rule in ["site.veto.security", "account.veto.security"] {
            assert_eq!(letter(&judged(rule, &observed)), said, "{rule} {observed:?}");
        }
    }
}
