//! Whatever stands in a form's file or in an equation, it is read or refused; what is read prints and reads again.
#![no_main]

use domain::{
    disclosure_report::DisclosureReport,
    form::{Equation, Form},
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(equation) = Equation::parse(text) {
        assert_eq!(Equation::parse(&equation.to_string()), Ok(equation));
    }
    let _ = Form::parse("form.toml", text);
    let _ = DisclosureReport::parse("report.toml", text);
});
