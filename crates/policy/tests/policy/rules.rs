//! Stories about single rules.

use domain::{
    actor::HeldDuty,
    duty::Duty::{self, *},
};
use policy::{Action, Decision, Target};

use crate::cast::{Place, delegated, held, person, policy, tree};

fn ask(duties: Vec<HeldDuty>, action: Action, target: Target) -> Decision {
    policy().decide(&person(duties), action, &target)
}

fn may(duties: Vec<HeldDuty>, action: Action, target: Target) -> bool {
    ask(duties, action, target).allowed
}

fn draft(at: &Place) -> Target<'_> {
    Target::Resource { unit_path: &at.path, admitted: false, open: true }
}

fn admitted(at: &Place, open: bool) -> Target<'_> {
    Target::Resource { unit_path: &at.path, admitted: true, open }
}

fn step(at: &Place, duty: Duty) -> Target<'_> {
    Target::ReviewStep { unit_path: &at.path, duty }
}

#[test]
fn an_editor_writes_for_the_own_office_only() {
    let tree = tree();
    for action in [Action::ResourceCreate, Action::EditionEdit, Action::EditionSubmit, Action::FindingDispose] {
        assert!(may(vec![held(Editor, &tree.league)], action, draft(&tree.league)), "{action:?}");
        for elsewhere in [&tree.region, &tree.banner, &tree.other_league] {
            assert!(!may(vec![held(Editor, &tree.league)], action, draft(elsewhere)), "{action:?} {elsewhere:?}");
        }
    }
}

#[test]
fn the_answer_names_the_policy_that_gave_it() {
    let tree = tree();
    let yes = ask(vec![held(Editor, &tree.league)], Action::EditionEdit, draft(&tree.league));
    assert_eq!(yes, Decision { allowed: true, because: vec!["write.editor".into()] });
    let no = ask(vec![held(Editor, &tree.banner)], Action::EditionEdit, draft(&tree.league));
    assert_eq!(no, Decision { allowed: false, because: vec![] });
}

#[test]
fn an_admitted_open_resource_is_read_from_another_league() {
    let tree = tree();
    let reader = || vec![held(Editor, &tree.other_league)];
    assert!(may(reader(), Action::ResourceRead, admitted(&tree.league, true)));
    assert!(!may(reader(), Action::ResourceRead, admitted(&tree.league, false)), "kept inside the office");
    assert!(!may(reader(), Action::ResourceRead, draft(&tree.league)), "not admitted yet");
    assert!(!may(reader(), Action::EditionEdit, admitted(&tree.league, true)), "reading is not writing");
    assert!(!may(vec![], Action::ResourceRead, admitted(&tree.league, true)), "no duty, no library");
}

#[test]
fn a_stand_in_reviews_but_gets_no_other_duty_of_the_absent_person() {
    let tree = tree();
    let stand_in = |duty| vec![delegated(duty, &tree.league)];
    assert!(may(stand_in(Reviewer2), Action::ReviewDecide, step(&tree.league, Reviewer2)));
    assert!(may(stand_in(Reviewer2), Action::ResourceRead, draft(&tree.league)));
    assert!(!may(stand_in(Editor), Action::EditionEdit, draft(&tree.league)));
    assert!(!may(stand_in(Editor), Action::ResourceRead, admitted(&tree.league, true)));
    assert!(!may(stand_in(Editor), Action::UnitRead, Target::Unit { path: &tree.league.path }));
    assert!(!may(stand_in(SiteManager), Action::SiteChange, Target::Site { sponsor_path: &tree.league.path }));
    assert!(!may(stand_in(SystemAdmin), Action::PersonCreate, Target::Unit { path: &tree.league.path }));
}

#[test]
fn a_step_is_decided_by_its_own_duty_at_its_own_unit() {
    let tree = tree();
    assert!(may(vec![held(Reviewer3, &tree.league)], Action::ReviewDecide, step(&tree.league, Reviewer3)));
    assert!(!may(vec![held(Reviewer3, &tree.league)], Action::ReviewDecide, step(&tree.league, Reviewer2)));
    assert!(!may(vec![held(Reviewer3, &tree.region)], Action::ReviewDecide, step(&tree.league, Reviewer3)));
    assert!(!may(vec![held(SiteManager, &tree.league)], Action::ReviewDecide, step(&tree.league, SiteManager)));
}

#[test]
fn a_wrongly_appointed_administrator_never_publishes() {
    let tree = tree();
    for administrator in [SystemAdmin, SecurityAdmin, AuditAdmin] {
        let both = |duty| vec![held(duty, &tree.league), held(administrator, &tree.banner)];
        let refused = ask(both(Editor), Action::ResourceCreate, draft(&tree.league));
        assert!(!refused.allowed);
        assert_eq!(refused.because, ["separation.no_administrator_publishes"]);
        assert!(!may(both(Reviewer1), Action::ReviewDecide, step(&tree.league, Reviewer1)));
        assert!(!may(both(Supervisor), Action::ResourceRead, draft(&tree.league)));
        let stand_in = vec![held(administrator, &tree.league), delegated(Reviewer1, &tree.league)];
        assert!(!may(stand_in, Action::ReviewDecide, step(&tree.league, Reviewer1)));
    }
}

#[test]
fn two_administrators_in_one_person_are_none() {
    let tree = tree();
    let league = Target::Person { home_unit_path: &tree.league.path, is_self: false };
    let unit = Target::Unit { path: &tree.league.path };
    let administrators = [SystemAdmin, SecurityAdmin, AuditAdmin];
    for one in administrators {
        for other in administrators.into_iter().filter(|other| *other != one) {
            for (action, target) in [
                (Action::PersonCreate, league),
                (Action::AppointmentGrant, league),
                (Action::PersonRead, league),
                (Action::UnitExport, unit),
                (Action::AuditRead, unit),
                (Action::AuditExport, Target::Platform),
            ] {
                let refused = ask(vec![held(one, &tree.region), held(other, &tree.banner)], action, target);
                assert!(!refused.allowed, "{one:?} {other:?} {action:?}");
                assert_eq!(
                    refused.because,
                    ["separation.no_two_administrators_in_one"],
                    "{one:?} {other:?} {action:?}"
                );
            }
        }
    }
    let both = || vec![held(SystemAdmin, &tree.region), held(SecurityAdmin, &tree.banner)];
    assert!(!may(both(), Action::JobRequeue, Target::Platform));
    let oneself = Target::Person { home_unit_path: &tree.league.path, is_self: true };
    assert!(may(both(), Action::SessionRevoke, oneself), "one may always end one's own sessions");
    assert!(!may(both(), Action::AppointmentGrant, oneself));
}

#[test]
fn the_platform_is_reached_from_the_root_only() {
    let tree = tree();
    for (duty, action) in [
        (SystemAdmin, Action::PlatformSettingChange),
        (SecurityAdmin, Action::SecuritySettingChange),
        (AuditAdmin, Action::AuditRead),
    ] {
        assert!(may(vec![held(duty, &tree.region)], action, Target::Platform), "{action:?}");
        assert!(!may(vec![held(duty, &tree.league)], action, Target::Platform), "{action:?}");
    }
    let audit = vec![held(AuditAdmin, &tree.league)];
    assert!(may(audit, Action::AuditRead, Target::Unit { path: &tree.banner.path }), "but over one's own part");
}

#[test]
fn no_administrator_does_the_work_of_another() {
    let tree = tree();
    let below = Target::Person { home_unit_path: &tree.banner.path, is_self: false };
    assert!(!may(vec![held(SystemAdmin, &tree.region)], Action::AppointmentGrant, below));
    assert!(!may(vec![held(SystemAdmin, &tree.region)], Action::AuditRead, Target::Platform));
    assert!(!may(vec![held(SecurityAdmin, &tree.region)], Action::PersonCreate, below));
    assert!(!may(vec![held(SecurityAdmin, &tree.region)], Action::AuditRead, Target::Platform));
    assert!(!may(vec![held(AuditAdmin, &tree.region)], Action::PersonRead, below));
}

#[test]
fn a_site_is_seen_along_the_line_of_its_sponsor() {
    let tree = tree();
    let site = Target::Site { sponsor_path: &tree.league.path };
    for near in [&tree.region, &tree.league, &tree.banner] {
        assert!(may(vec![held(Editor, near)], Action::SiteRead, site), "{near:?}");
    }
    assert!(!may(vec![held(Editor, &tree.other_league)], Action::SiteRead, site));
    assert!(!may(vec![held(SystemAdmin, &tree.region)], Action::SiteRead, site));
}

#[test]
fn an_action_asked_about_the_wrong_kind_of_thing_is_refused_and_says_so() {
    let tree = tree();
    let refused = ask(vec![held(SystemAdmin, &tree.region)], Action::JobView, draft(&tree.region));
    assert_eq!(refused, Decision { allowed: false, because: vec!["request.invalid".into()] });
}

#[test]
fn a_damaged_path_reaches_nothing() {
    let lost = Place { path: "/".into(), ..tree().league };
    let target = Target::Resource { unit_path: "", admitted: false, open: false };
    assert!(!may(vec![held(Editor, &lost)], Action::EditionEdit, target));
    assert!(!may(vec![held(SystemAdmin, &lost)], Action::JobView, Target::Platform));
}
