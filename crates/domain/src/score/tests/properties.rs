use proptest::prelude::*;

use super::{AT, assessment, found, id};
use crate::{
    indicator::{IndicatorKind, Points, Subject, Verdict},
    rule::{Quantity, RulesInForce, builtin::book},
    score::{Assessment, Outcome, Score, score},
};

fn rank(score: &Score) -> u8 {
    match score.outcome {
        Outcome::Unqualified { .. } => 0,
        Outcome::Undecided { .. } => 1,
        Outcome::Qualified => 2,
    }
}

fn verdict() -> impl Strategy<Value = Verdict> {
    let worth = prop_oneof![-20_000..200_000i64, any::<i64>()];
    prop_oneof![
        6 => Just(Verdict::clear("没有问题。")),
        3 => prop::option::of(worth).prop_map(|worth| found(worth.map(|w| Quantity::ten_thousandths(w).into()))),
        1 => Just(Verdict::not_enough("不足。")),
        1 => Just(Verdict::ForPerson { why: "待核实。".to_owned(), hits: Vec::new() }),
    ]
}

fn judged(assessment: &Assessment) -> Score {
    score(&RulesInForce::plain(book(), AT), assessment)
}

/// Vetoes are mostly clear, so that scores are seen at all.
fn assessments() -> impl Strategy<Value = Assessment> {
    let subject = prop_oneof![3 => Just(Subject::Portal), 1 => Just(Subject::Oversight), 1 => Just(Subject::Account)];
    (subject, any::<bool>(), prop::collection::vec(verdict(), 60), prop::bool::weighted(0.2)).prop_map(
        |(subject, has_public_services, verdicts, vetoes_too)| {
            let mut all = assessment(subject, has_public_services, &[]);
            for ((rule, place), verdict) in all.verdicts.iter_mut().zip(verdicts) {
                if vetoes_too || !rule.as_str().contains(".veto.") {
                    *place = verdict;
                }
            }
            all
        },
    )
}

proptest! {
    #[test]
    fn one_more_finding_never_helps(before in assessments(), which in any::<prop::sample::Index>(), worth in 0..99_999i64) {
        let mut after = before.clone();
        let rule = which.get(&before.verdicts.keys().collect::<Vec<_>>()).to_owned().clone();
        let rules = RulesInForce::plain(book(), AT);
        let kind = rules.rule(rule.as_str()).unwrap().rule.indicator.as_ref().unwrap().kind;
        let more = found(Some(Quantity::ten_thousandths(worth).into()));
        let place = after.verdicts.get_mut(&rule).unwrap();
        match (kind, &mut *place) {
            (IndicatorKind::Bonus, _) => return Ok(()),
            (_, Verdict::Found { findings }) => {
                if let Verdict::Found { findings: more } = more {
                    // Points below nothing count as nothing.
                    findings.extend(more);
                }
            }
            (_, other) => *other = found(None),
        }
        let (before, after) = (judged(&before), judged(&after));
        // What was open may become decided; what was decided never becomes better.
        let decided_better = rank(&after) > rank(&before);
        prop_assert!(!decided_better, "{:?} became {:?}", before.outcome, after.outcome);
        if let (Some(before), Some(after)) = (before.total, after.total) {
            prop_assert!(after <= before);
        }
        if let (Some((_, highest)), Some(after)) = (before.range, after.total) {
            prop_assert!(after <= highest);
        }
    }

    #[test]
    fn totals_stay_within_their_parts_and_survive_json(assessment in assessments()) {
        let score = judged(&assessment);
        if let Some(total) = score.total {
            prop_assert!(total >= Points::ZERO && total <= Points::whole(130));
            prop_assert_eq!(total, score.deduction_part.unwrap() + score.bonus_part.unwrap_or(Points::ZERO));
            prop_assert!(score.bonus_part.is_none() || score.deduction_part.unwrap() > Points::whole(80));
        }
        let vetoed = score.lines.iter().any(|line| line.kind == IndicatorKind::Veto && line.verdict.is_found());
        prop_assert!(!vetoed || (score.total.is_none() && rank(&score) == 0));
        prop_assert!(score.lines.iter().all(|line| line.points <= line.possible && line.possible <= line.most));
        let told = score.explain().join("\n");
        prop_assert!(told.contains("暂定") == score.is_provisional());
        let text = serde_json::to_string(&score).unwrap();
        prop_assert_eq!(serde_json::from_str::<Score>(&text).unwrap(), score);
    }
}

#[test]
fn observations_are_judged_and_scored_in_one_step() {
    use crate::indicator::{Observed, Updates, home_stale::HomePage};
    use crate::{identifier::DivisionCode, ids::AmendmentId, rule::Amendment};
    let home =
        Updates { name: "首页".to_owned(), dates: Some(vec![jiff::civil::date(2026, 6, 1)]), ..Updates::default() };
    let page = HomePage { home, navigation_only: Some(false), second_level: Vec::new() };
    let observed = [
        (id("site.veto.home_stale"), Observed::HomePage(page.clone())),
        (id("account.veto.stale"), Observed::HomePage(page)),
    ];
    let rules = RulesInForce::plain(book(), AT);
    let assessment = Assessment::of(&rules, Subject::DepartmentSite, true, &observed.into_iter().collect());
    assert_eq!(assessment.verdicts.len(), 1);
    assert_eq!(rank(&score(&rules, &assessment)), 0);

    // A league's change is on the sheet.
    let tighter = [Amendment {
        rule: id("site.veto.home_stale"),
        key: "home.stale_days".to_owned(),
        ..crate::indicator::tests::accounts::amended("150400", 10)
    }];
    let place = DivisionCode::parse("150402").unwrap();
    let sheet = score(&book().in_force(&tighter, Some(&place), AT), &assessment);
    assert_eq!((sheet.place, sheet.amendments), (Some(place), vec![AmendmentId(uuid::Uuid::from_u128(1))]));
}
