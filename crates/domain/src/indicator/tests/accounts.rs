use jiff::civil::date;

use super::{AT, days_ago, decided, judged, letter, updated};
use crate::{
    identifier::DivisionCode,
    ids::AmendmentId,
    indicator::{
        Observed, Updates,
        account_interaction::Interaction,
        account_stale::{AccountActivity, AppTrial},
        evaluate,
        serious::{Hit, SeriousKind, Suspicions},
    },
    rule::{Amendment, AmendmentState, Quantity, RuleId, Value, builtin::book},
};

fn account(days: i64) -> Observed {
    Observed::AccountActivity(AccountActivity { posts: updated("账号", days), app: None })
}

/// An amendment of M-V2 by a division, in force from the first of June 2026.
pub(crate) fn amended(division: &str, days: i64) -> Amendment {
    Amendment {
        id: AmendmentId(uuid::Uuid::from_u128(1)),
        rule: RuleId::parse("account.veto.stale").unwrap(),
        key: "media.stale_days".to_owned(),
        division: DivisionCode::parse(division).unwrap(),
        value: Value::Number(Quantity::whole(days)),
        from: date(2026, 6, 1),
        until: None,
        looser: false,
        reason: "参照外地做法加严。".to_owned(),
        document: None,
        state: AmendmentState::InForce,
        proposed_by: uuid::Uuid::from_u128(1).into(),
        proposed_at: jiff::Timestamp::UNIX_EPOCH,
        decided_by: None,
        decided_at: None,
        remark: None,
    }
}

#[test]
fn an_account_is_stale_after_fourteen_days_and_an_app_must_work() {
    for (days, said) in [(0, 'c'), (13, 'c'), (14, 'f'), (400, 'f')] {
        assert_eq!(letter(&judged("account.veto.stale", &account(days))), said, "{days}");
    }
    let (yes, no) = (Some(true), Some(false));
    for (days, downloads, works, said) in
        [(1, yes, yes, 'c'), (1, no, None, 'f'), (1, yes, no, 'f'), (1, yes, None, 'n'), (14, None, None, 'f')]
    {
        let app = Some(AppTrial { downloads, works });
        let observed = Observed::AccountActivity(AccountActivity { posts: updated("客户端", days), app });
        assert_eq!(letter(&judged("account.veto.stale", &observed)), said, "{observed:?}");
    }
    let unread = Observed::AccountActivity(AccountActivity { posts: Updates::default(), app: None });
    assert_eq!(letter(&judged("account.veto.stale", &unread)), 'n');
}

#[test]
fn a_league_that_asks_for_ten_days_finds_more_from_its_first_day_on_and_only_at_home() {
    let tighter = [amended("150400", 10)];
    for (place, on, idle, said) in [
        ("150402", AT, 9, 'c'),
        ("150402", AT, 10, 'f'),
        ("150400", AT, 13, 'f'),
        ("150402", date(2026, 5, 31), 13, 'c'),
        ("150502", AT, 13, 'c'),
        ("150502", AT, 14, 'f'),
        ("150402", date(2019, 4, 1), 14, 'f'),
    ] {
        let place = DivisionCode::parse(place).unwrap();
        let rules = book().in_force(&tighter, Some(&place), on);
        let latest = on.checked_sub(jiff::Span::new().days(idle)).unwrap();
        let posts = Updates { dates: Some(vec![latest]), ..Updates::default() };
        let observed = Observed::AccountActivity(AccountActivity { posts, app: None });
        let verdict = evaluate(&rules.rule("account.veto.stale").unwrap(), on, &observed);
        assert_eq!(letter(&verdict), said, "{place} {on} {idle} {verdict:?}");
    }
    assert!(book().rule("account.veto.stale", date(2019, 3, 31)).is_none());
    assert_eq!(days_ago(0), AT);
}

#[test]
fn missing_interaction_is_found_and_bought_followers_are_for_a_person() {
    let hit = Hit {
        kind: SeriousKind::FakeFollowers,
        place: "账号".to_owned(),
        what: "一夜增加十万关注".to_owned(),
        seen_at: jiff::Timestamp::UNIX_EPOCH,
    };
    let seen = |hits: Vec<Hit>, person| Suspicions { screened: true, hits, person };
    for (effective, suspicions, said) in [
        (Some(true), seen(vec![], None), 'c'),
        (Some(false), seen(vec![], None), 'f'),
        (None, seen(vec![], None), 'n'),
        (Some(true), seen(vec![hit.clone()], None), 'p'),
        (None, seen(vec![hit.clone()], None), 'p'),
        (Some(false), seen(vec![hit.clone()], None), 'f'),
        (Some(true), seen(vec![hit.clone()], decided(true, "平台确认购买粉丝。")), 'f'),
        (Some(true), seen(vec![hit], decided(false, "活动带来的增长。")), 'c'),
    ] {
        let observed = Observed::Interaction(Interaction { effective, suspicions });
        assert_eq!(letter(&judged("account.veto.interaction", &observed)), said, "{observed:?}");
    }
}
