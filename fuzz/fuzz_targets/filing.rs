//! Whatever name is typed, a unit is refused with a reason or recognised, and every kind of filing gets an answer.
#![no_main]

use domain::{
    division::register,
    filing::{Applicant, Circumstances, FilingKind, route},
    rule::builtin,
};
use jiff::civil::date;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(kind) = FilingKind::parse(text) {
        assert_eq!(FilingKind::parse(kind.as_str()), Ok(kind));
    }
    let Ok(applicant) = Applicant::from_name(text, register::all()) else { return };
    let rules = builtin::book().in_force(&[], Some(&applicant.division), date(2026, 11, 2));
    for kind in FilingKind::ALL {
        match route(kind, &applicant, &Circumstances::default(), &rules) {
            Ok(route) => assert!(!route.steps.is_empty() && route.explanation.starts_with("依据")),
            Err(refusal) => assert!(!refusal.explanation.is_empty()),
        }
    }
});
