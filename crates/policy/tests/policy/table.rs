//! The role × action table, checked in and made from real decisions.

use std::{env, fmt::Write, fs, path::Path};

use domain::duty::Duty;
use policy::{Action, Target};

use crate::cast::{Place, held, person, policy, tree};

const LEGEND: &str = "\
# Who may do what: every action on every kind of target, for a person holding one duty at one unit.
# Made from real decisions. When a rule changes on purpose: UPDATE_TABLE=1 cargo test -p policy --test policy
#
# Letters say where the target may lie, seen from the unit of the duty:
#   o  the same unit      b  a unit below      a  a unit above      x  a unit elsewhere      .  not allowed there
# For the platform, o means a duty held at the root unit and x one held at any other unit.
# \"resource, shared\" = admitted to the library and open to others; \"step …\" = the duty that the step needs.
# A row for a special case (admitted, shared, oneself) is left out where it equals the row of the plain thing.

";

type Make = fn(&Place) -> Target<'_>;

fn step(path: &str, duty: Duty) -> Target<'_> {
    Target::ReviewStep { unit_path: path, duty }
}

/// The kinds of targets: their name and how to make one lying in a unit.
const TARGETS: [(&str, Make); 12] = [
    ("unit", |at| Target::Unit { path: &at.path }),
    ("person", |at| Target::Person { home_unit_path: &at.path, is_self: false }),
    ("oneself", |at| Target::Person { home_unit_path: &at.path, is_self: true }),
    ("resource", |at| Target::Resource { unit_path: &at.path, admitted: false, open: false }),
    ("resource, admitted", |at| Target::Resource { unit_path: &at.path, admitted: true, open: false }),
    ("resource, shared", |at| Target::Resource { unit_path: &at.path, admitted: true, open: true }),
    ("step reviewer1", |at| step(&at.path, Duty::Reviewer1)),
    ("step reviewer2", |at| step(&at.path, Duty::Reviewer2)),
    ("step reviewer3", |at| step(&at.path, Duty::Reviewer3)),
    ("step reviewer4", |at| step(&at.path, Duty::Reviewer4)),
    ("site", |at| Target::Site { sponsor_path: &at.path }),
    ("platform", |_| Target::Platform),
];

/// Special cases of the plain target named before them.
const SPECIAL: [&str; 3] = ["oneself", "resource, admitted", "resource, shared"];

/// The four letters for one duty; `None` when the action does not exist for this kind of target.
fn cell(action: Action, duty: Duty, make: Make) -> Option<String> {
    let tree = tree();
    let ask = |held_at: &Place, target_at: &Place| {
        let decision = policy().decide(&person(vec![held(duty, held_at)]), action, &make(target_at));
        (decision.because != ["request.invalid"]).then_some(decision.allowed)
    };
    let answers = if make(&tree.region) == Target::Platform {
        [('o', ask(&tree.region, &tree.region)?), ('b', false), ('a', false), ('x', ask(&tree.league, &tree.region)?)]
    } else {
        [
            ('o', ask(&tree.league, &tree.league)?),
            ('b', ask(&tree.league, &tree.banner)?),
            ('a', ask(&tree.league, &tree.region)?),
            ('x', ask(&tree.league, &tree.other_league)?),
        ]
    };
    Some(answers.map(|(letter, allowed)| if allowed { letter } else { '.' }).iter().collect())
}

fn table() -> String {
    let mut text = LEGEND.to_owned();
    let _ = write!(text, "{:<24}{:<20}", "action", "target");
    for duty in Duty::ALL {
        let _ = write!(text, "{:<15}", duty.as_str());
    }
    text = text.trim_end().to_owned() + "\n";
    for action in Action::ALL {
        let mut plain = String::new();
        for (name, make) in TARGETS {
            let cells: Option<Vec<String>> = Duty::ALL.into_iter().map(|duty| cell(action, duty, make)).collect();
            let Some(cells) = cells else { continue };
            let cells: String = cells.iter().map(|cell| format!("{cell:<15}")).collect();
            if SPECIAL.contains(&name) && cells == plain {
                continue;
            }
            let _ = writeln!(text, "{:<24}{name:<20}{}", action.as_str(), cells.trim_end());
            if !SPECIAL.contains(&name) {
                plain = cells;
            }
        }
    }
    text
}

#[test]
fn the_table_of_roles_and_actions_is_as_checked_in() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("role_action_table.txt");
    let now = table();
    if env::var_os("UPDATE_TABLE").is_some() {
        fs::write(&file, &now).expect("the table can be written");
    }
    let before = fs::read_to_string(&file).unwrap_or_default();
    if before != now {
        let diff = similar::TextDiff::from_lines(&before, &now);
        panic!(
            "Permissions changed. If that is wanted, run with UPDATE_TABLE=1 and commit the table.\n{}",
            diff.unified_diff().context_radius(0).header("checked in", "decided now")
        );
    }
}

#[test]
fn every_action_is_possible_for_somebody() {
    let table = table();
    for action in Action::ALL {
        let mut rows = table.lines().filter(|line| line.split_whitespace().next() == Some(action.as_str()));
        let letters = |row: &str| row.get(44..).unwrap_or_default().contains(['o', 'b', 'a', 'x']);
        assert!(rows.any(letters), "nobody may {}", action.as_str());
    }
}
