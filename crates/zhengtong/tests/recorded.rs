//! Questions of the field where an instance lies: what two people confirmed and what a league tightened is answered from.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "helpers of tests fail the test that calls them")]

mod support;

use std::sync::Arc;

use domain::{
    calendar::read_arrangement,
    identifier::DivisionCode,
    ids::{IdSource, PersonId},
    rule::{Amendment, AmendmentState, Quantity, RuleId, Value},
};
use jiff::civil::date;
use store::{
    Store, StoreOptions, Tx,
    holiday_arrangement::{Entered, EnteredArrangement, EnteredState},
};
use support::Instance;
use testkit::{TestClock, TestEntropy};

/// Writes into the instance's database as the verbs of the platform do.
fn record(instance: &Instance) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let clock = Arc::new(TestClock::default());
        let ids = IdSource::new(clock.clone(), Arc::new(TestEntropy::default()));
        let store = Store::connect(&instance.database, StoreOptions::new(clock, ids)).await.unwrap();
        let person = store::person::by_login(&store.read(), "nmg.supervisor").await.unwrap().unwrap().id;
        store
            .write(|tx| async move {
                store::holiday_arrangement::insert(&tx, &next_year(&tx, person)).await?;
                store::rule_amendment::insert(&tx, &tighter(&tx, person)).await
            })
            .await
            .unwrap();
        store.close().await;
    });
}

fn next_year(tx: &Tx, person: PersonId) -> EnteredArrangement {
    let original = "2027-01-01,放假,元旦\n2027-01-02,放假,元旦\n2027-01-03,放假,元旦\n";
    let entered = Entered::Year(read_arrangement(original, Some(2027)).arrangement.unwrap());
    EnteredArrangement {
        id: tx.ids().fresh(),
        entered,
        source: "示例通知".to_owned(),
        original: original.to_owned(),
        state: EnteredState::InForce,
        proposed_by: person,
        proposed_at: tx.now(),
        decided_by: None,
        decided_at: None,
        remark: None,
    }
}

/// Hohhot answers corrections within 5 working days in place of 7.
fn tighter(tx: &Tx, person: PersonId) -> Amendment {
    Amendment {
        id: tx.ids().fresh(),
        rule: RuleId::parse("disclosure.correction_notice").unwrap(),
        key: "days".to_owned(),
        division: DivisionCode::parse("150100").unwrap(),
        value: Value::Number(Quantity::whole(5)),
        from: date(2026, 1, 1),
        until: None,
        looser: false,
        reason: "示例".to_owned(),
        document: None,
        state: AmendmentState::InForce,
        proposed_by: person,
        proposed_at: tx.now(),
        decided_by: None,
        decided_at: None,
        remark: None,
    }
}

#[test]
fn what_people_recorded_is_answered_from_unless_only_the_shipped_data_are_asked_for() {
    let instance = Instance::demo();
    let unknown = instance.run(&["workday", "is", "2027-01-01"]);
    assert!(unknown.code == 2 && unknown.err.contains("2027年"), "{unknown:?}");
    record(&instance);
    let known = instance.run(&["workday", "is", "2027-01-01"]);
    assert!(known.code == 1 && known.out.contains("元旦放假"), "{known:?}");
    assert_eq!(instance.run(&["workday", "is", "2027-01-01", "--builtin"]).code, 2);

    let deadline = ["deadline", "disclosure.correction_notice", "--from", "2026-03-02"];
    for (more, due) in [
        (&["--division", "150121"][..], "2026-03-09\n"),
        (&["--division", "150402"], "2026-03-11\n"),
        (&["--division", "150121", "--builtin"], "2026-03-11\n"),
    ] {
        let done = instance.run(&[&deadline[..], more].concat());
        assert_eq!((done.code, done.out.as_str()), (0, due), "{more:?}: {done:?}");
    }
    let listed = instance.run(&["rules", "list", "--division", "150100", "--pack", "deadlines"]);
    assert!(listed.out.contains("days = 5个工作日  期限，150100 加严（原为 7）"), "{listed:?}");
}

#[test]
fn a_database_that_cannot_be_read_is_never_passed_over_in_silence() {
    let instance = Instance::new();
    std::fs::create_dir_all(&instance.files).unwrap();
    std::fs::write(instance.sqlite_file(), "no database").unwrap();
    let done = instance.run(&["workday", "is", "2021-10-01"]);
    assert!(done.code == 2 && done.err.contains("--builtin"), "{done:?}");
    assert_eq!(instance.run(&["workday", "is", "2021-10-01", "--builtin"]).code, 1);
}
