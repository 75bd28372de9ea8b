//! A bad policy stops the start and says where it stands; sorting the policies changes no answer.

use cedar_policy::{Context, Decision, Entities, Request};
use domain::{
    actor::{Actor, HeldDuty, Origin},
    duty::Duty,
    ids::{PersonId, UnitId},
    unit::unit_path,
};
use uuid::Uuid;

use crate::{
    action::Action,
    error::PolicyError,
    load::{BUILT_IN, Files, load_from, read_policies, read_schema},
    target::{Kind, Target},
};

fn load_with(extra: &str) -> Option<PolicyError> {
    let mut policies = BUILT_IN.policies.to_vec();
    policies.push(("extra.cedar", extra));
    load_from(&Files { schema: BUILT_IN.schema, policies: &policies }).err()
}

/// Asserts that `extra` is refused at `line` of its file for a reason that contains `word`.
fn refused(extra: &str, line: usize, word: &str) {
    let error = load_with(extra).unwrap_or_else(|| panic!("accepted: {extra}"));
    assert_eq!((error.file.as_str(), error.line), ("extra.cedar", line), "{error}");
    assert!(error.reason.contains(word), "{error}");
}

#[test]
fn the_built_in_policies_are_valid() {
    assert_eq!(load_from(&BUILT_IN).err(), None);
    assert_eq!(load_with("// nothing more\n"), None);
}

#[test]
fn a_misspelt_attribute_stops_the_start_at_its_line() {
    let text = "// one\n@id(\"extra\")\npermit (principal, action == Action::\"site.read\", resource)\nwhen { resource in principal.editors_at };\n";
    refused(text, 4, "editors_at");
}

#[test]
fn a_misspelt_action_stops_the_start_at_its_line() {
    refused("@id(\"extra\")\npermit (principal, action == Action::\"site.raed\", resource);\n", 2, "site.raed");
}

#[test]
fn a_syntax_mistake_stops_the_start_at_its_line() {
    refused("@id(\"extra\")\npermit (principal, action, resource)\nwhen resource.open };\n", 3, "unexpected");
}

#[test]
fn a_policy_that_can_never_apply_stops_the_start() {
    refused(
        "\n\n@id(\"extra\")\npermit (principal, action == Action::\"site.read\", resource is Person);\n",
        3,
        "extra",
    );
}

#[test]
fn every_policy_needs_a_name_of_its_own() {
    let rule = "permit (principal, action == Action::\"site.read\", resource);\n";
    refused(&format!("\n{rule}"), 2, "@id");
    refused(&format!("@id(\"self.desk\")\n{rule}"), 1, "twice");
}

#[test]
fn a_broken_schema_stops_the_start_at_its_line() {
    let (name, text) = BUILT_IN.schema;
    let broken = text.replace("entity Site in [Unit]", "entity Site in [Untt]");
    let error = load_from(&Files { schema: (name, &broken), ..BUILT_IN }).err().expect("an unknown type");
    assert_eq!(error.file, name);
    assert!(error.reason.contains("Untt"), "{error}");

    let broken = text.replace("action \"publishing\";", "action \"publishing\" unless;");
    let error = load_from(&Files { schema: (name, &broken), ..BUILT_IN }).err().expect("a syntax mistake");
    let line = text.lines().position(|line| line.starts_with("action \"publishing\";")).map(|index| index + 1);
    assert_eq!(Some(error.line), line, "{error}");
}

#[test]
fn schema_and_program_know_the_same_actions() {
    let (name, text) = BUILT_IN.schema;
    let more = format!("{text}\naction \"site.paint\" appliesTo {{ principal: [Actor], resource: [Site] }};\n");
    let error = load_from(&Files { schema: (name, &more), ..BUILT_IN }).err().expect("an action nobody can ask about");
    assert!(error.reason.contains("site.paint"), "{error}");
    assert_eq!(error.line, text.lines().count() + 2, "{error}");

    let fewer = text.replace("action \"unit.read\" appliesTo", "action \"unit.raed\" appliesTo");
    assert!(load_from(&Files { schema: (name, &fewer), ..BUILT_IN }).is_err());
}

/// Paths of a root unit, one below it and one below that.
fn paths() -> [String; 3] {
    let root = unit_path("", UnitId(Uuid::from_u128(1)));
    let league = unit_path(&root, UnitId(Uuid::from_u128(2)));
    let banner = unit_path(&league, UnitId(Uuid::from_u128(3)));
    [root, league, banner]
}

/// People with one duty at the root and another one below it.
fn people() -> Vec<Actor> {
    let [root, league, _] = paths();
    let person = |duties: Vec<(Duty, &String, u128)>| Actor {
        person: PersonId(Uuid::from_u128(9)),
        login: "sample".into(),
        name: "示例人员".into(),
        home_unit: UnitId(Uuid::from_u128(2)),
        home_unit_path: league.clone(),
        duties: duties
            .into_iter()
            .map(|(duty, path, unit)| HeldDuty {
                unit: UnitId(Uuid::from_u128(unit)),
                unit_path: path.clone(),
                duty,
                on_behalf_of: None,
            })
            .collect(),
        session: None,
        origin: Origin::command(),
    };
    let mut people = vec![person(vec![])];
    for one in Duty::ALL {
        for other in [Duty::Editor, Duty::Reviewer2, Duty::Observer, Duty::SystemAdmin] {
            people.push(person(vec![(one, &root, 1), (other, &league, 2)]));
        }
    }
    people
}

fn targets(paths: &[String; 3]) -> Vec<Target<'_>> {
    let mut all = vec![Target::Platform];
    for path in paths {
        all.push(Target::Unit { path });
        all.push(Target::Person { home_unit_path: path, is_self: true });
        all.push(Target::Person { home_unit_path: path, is_self: false });
        all.push(Target::Resource { unit_path: path, admitted: false, open: true });
        all.push(Target::Resource { unit_path: path, admitted: true, open: true });
        all.push(Target::ReviewStep { unit_path: path, duty: Duty::Reviewer2 });
        all.push(Target::Site { sponsor_path: path });
    }
    assert!(Kind::ALL.iter().all(|kind| all.iter().any(|target| target.kind() == *kind)));
    all
}

#[test]
fn sorting_the_policies_changes_no_answer_and_all_facts_fit_the_schema() {
    let loaded = load_from(&BUILT_IN).expect("valid");
    let schema = read_schema(BUILT_IN.schema).expect("valid");
    let (whole_set, _) = read_policies(BUILT_IN.policies).expect("valid");
    let paths = paths();
    for actor in people() {
        for target in targets(&paths) {
            let facts = [loaded.entities.actor(&actor), loaded.entities.target(&target, &actor)].map(Option::unwrap);
            let entities = Entities::from_entities(facts, Some(&schema)).expect("the facts fit the schema");
            for action in Action::ALL {
                let rules = &loaded.actions[action as usize];
                let (who, what) = (loaded.entities.actor_uid().clone(), loaded.entities.uid_of(&target));
                let request = Request::new(who, rules.uid.clone(), what, Context::empty(), Some(&schema));
                let decision = loaded.decide(&actor, action, &target);
                let Ok(request) = request else {
                    assert_eq!(decision.because, ["request.invalid"], "{action:?} {target:?}");
                    continue;
                };
                let response = loaded.authorizer.is_authorized(&request, &whole_set, &entities);
                let mut because: Vec<String> = response.diagnostics().reason().map(ToString::to_string).collect();
                because.sort();
                assert_eq!(decision.allowed, response.decision() == Decision::Allow, "{action:?} {target:?} {actor:?}");
                assert_eq!(decision.because, because, "{action:?} {target:?} {actor:?}");
            }
        }
    }
}
