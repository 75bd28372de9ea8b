//! What is lacking only matters where it could change the result.

use super::{borrowed, found, leaving, points, scored};
use crate::{
    indicator::{Points, Subject, Verdict},
    score::Outcome,
};

fn lacking() -> Verdict {
    Verdict::not_enough("访问次数不足。")
}

fn for_person() -> Verdict {
    Verdict::ForPerson { why: "有疑似问题。".to_owned(), hits: Vec::new() }
}

#[test]
fn an_open_veto_leaves_the_result_open_and_a_found_one_closes_it() {
    for open in [lacking(), for_person()] {
        let score = scored(Subject::Portal, true, &[("site.veto.unreachable", open.clone())]);
        let Outcome::Undecided { lacking } = &score.outcome else { panic!("{:?}", score.outcome) };
        assert!(lacking.len() == 1 && lacking[0].contains("站点无法访问（W-V2）"), "{lacking:?}");
        assert_eq!((score.deduction_part, score.total, score.range), (None, None, None));
        let both = [("site.veto.unreachable", open.clone()), ("site.veto.home_stale", found(None))];
        assert!(matches!(scored(Subject::Portal, true, &both).outcome, Outcome::Unqualified { .. }));
        // The sheet fails whatever the open veto turns out to be; there may be no score, so none is told.
        let mut changes = leaving("59.99", true);
        changes.push(("site.veto.unreachable".to_owned(), open));
        let failed = scored(Subject::Portal, true, &borrowed(&changes));
        assert!(matches!(failed.outcome, Outcome::Unqualified { .. }) && failed.total.is_none());
    }
}

#[test]
fn an_open_deduction_is_decided_by_the_best_and_the_worst_possible_score() {
    // W-D29 (2 points) is the last indicator, so that `leaving` touches it only for very low scores.
    for (left, best_decides) in
        [("100", Some(true)), ("62", Some(true)), ("61.9999", None), ("60", None), ("59.9999", Some(false))]
    {
        let mut changes = leaving(left, true);
        changes.push(("site.deduct.ipv6".to_owned(), lacking()));
        let score = scored(Subject::Portal, true, &borrowed(&changes));
        let decided = match &score.outcome {
            Outcome::Qualified => Some(true),
            Outcome::Unqualified { .. } => Some(false),
            Outcome::Undecided { lacking } => {
                assert!(lacking.len() == 1 && lacking[0].contains("W-D29"), "{lacking:?}");
                None
            }
        };
        assert_eq!(decided, best_decides, "{left}");
        assert_eq!((score.deduction_part, score.total), (None, None));
        assert_eq!(score.range, Some((points(left) - Points::whole(2), points(left))), "{left}");
    }
}

#[test]
fn bonuses_that_wait_for_a_person_leave_the_total_open_but_not_the_result() {
    let waiting = ("site.bonus.media", for_person());
    let score = scored(Subject::Portal, true, std::slice::from_ref(&waiting));
    assert_eq!((&score.outcome, score.deduction_part), (&Outcome::Qualified, Some(Points::whole(100))));
    assert_eq!((score.total, score.range), (None, Some((Points::whole(100), Points::whole(105)))));
    assert_eq!(score.headline(), "合格，得分在100分至105分之间（暂定）");
    // Not above the line: bonuses do not count, whether decided or not.
    let mut changes = leaving("80", true);
    changes.push((waiting.0.to_owned(), waiting.1));
    assert_eq!(scored(Subject::Portal, true, &borrowed(&changes)).total, Some(Points::whole(80)));
}

#[test]
fn what_was_never_looked_at_is_lacking_and_a_bonus_never_claimed_is_none() {
    let mut assessment = super::assessment(Subject::Portal, true, &[]);
    assessment.verdicts.retain(|rule, _| !rule.as_str().starts_with("site.bonus"));
    let rules = crate::rule::RulesInForce::plain(crate::rule::builtin::book(), super::AT);
    assert_eq!(crate::score::score(&rules, &assessment).total, Some(Points::whole(100)));
    assessment.verdicts.clear();
    let score = crate::score::score(&rules, &assessment);
    assert!(matches!(&score.outcome, Outcome::Undecided { lacking } if lacking.len() == 6 + 29));
    assert!(score.explain().iter().any(|line| line.contains("监测不充分，尚不能判定")));
}
