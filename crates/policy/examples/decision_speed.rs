//! Prints how long loading and one decision take: `cargo run --release -p policy --example decision_speed`.

use std::time::Instant;

use domain::{
    actor::{Actor, HeldDuty, Origin},
    duty::Duty,
    ids::{PersonId, UnitId},
    unit::unit_path,
};
use policy::{Action, Policy, PolicyError, Target, readable_paths};
use uuid::Uuid;

const ROUNDS: u32 = 20_000;

fn main() -> Result<(), PolicyError> {
    let started = Instant::now();
    let policy = Policy::load()?;
    println!("load                                {:>10.1} ms", started.elapsed().as_secs_f64() * 1000.0);

    let mut paths = vec![String::new()];
    for number in 1..=4_u128 {
        let above = paths[paths.len() - 1].clone();
        paths.push(unit_path(&above, UnitId(Uuid::from_u128(number))));
    }
    let held = |duty, level: usize| HeldDuty {
        unit: UnitId(Uuid::from_u128(level as u128)),
        unit_path: paths[level].clone(),
        duty,
        on_behalf_of: None,
    };
    let actor = Actor {
        person: PersonId(Uuid::from_u128(9)),
        login: "sample".into(),
        name: "示例人员".into(),
        home_unit: UnitId(Uuid::from_u128(4)),
        home_unit_path: paths[4].clone(),
        duties: vec![held(Duty::Editor, 4), held(Duty::Reviewer1, 4), held(Duty::SiteManager, 3)],
        session: None,
        origin: Origin::command(),
    };
    let resource = Target::Resource { unit_path: &paths[4], admitted: true, open: true };
    let site = Target::Site { sponsor_path: &paths[4] };
    for (action, target) in [
        (Action::EditionEdit, &resource),
        (Action::ResourceRead, &resource),
        (Action::PlacementPlace, &site),
        (Action::PlatformSettingChange, &Target::Platform),
    ] {
        let started = Instant::now();
        let allowed = (0..ROUNDS).filter(|_| policy.decide(&actor, action, target).allowed).count();
        let each = started.elapsed().as_secs_f64() * 1e6 / f64::from(ROUNDS);
        println!("{:<24}{:<12}{each:>10.1} us", action.as_str(), if allowed > 0 { "allowed" } else { "refused" });
    }
    let acting = policy.acting(&actor);
    let started = Instant::now();
    let allowed = (0..ROUNDS).filter(|_| acting.decide(Action::ResourceRead, &resource).allowed).count();
    let each = started.elapsed().as_secs_f64() * 1e6 / f64::from(ROUNDS);
    println!("  the same, facts built once{:>10}{each:>10.1} us", if allowed > 0 { "allowed" } else { "refused" });
    let started = Instant::now();
    let parts: usize = (0..ROUNDS).map(|_| readable_paths(&actor).paths.len()).sum();
    println!(
        "scope of {} paths{:>26.1} us",
        parts / ROUNDS as usize,
        started.elapsed().as_secs_f64() * 1e6 / f64::from(ROUNDS)
    );
    Ok(())
}
