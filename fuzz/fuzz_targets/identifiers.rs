//! Whatever is typed, an identifier is refused with a reason or brought into a form that is its own form; what is
//! suggested is accepted; and no parser, search or history panics.
#![no_main]

use domain::{
    identifier::{
        BankCard, CheckContext, ConacCertificate, ConacMark, DivisionCode, DivisionRegister, DocumentNumber,
        DomainName, ErrorReportEntry, IcpRecord, IdentifierKind, IndexNumber, MapApproval, Mobile, OfficialDate,
        OrganCode, PersonalId, PoliceRecord, SiteCode, SiteRole, UnifiedSocialCreditCode, check_in, chinese_number,
        judge_domain, judge_domain_set,
    },
    time::parse_beijing,
};
use libfuzzer_sys::fuzz_target;

macro_rules! settles {
    ($text:expr, $($kind:ty),+ $(,)?) => {$(
        match <$kind>::parse($text) {
            Ok(parsed) => {
                let official = parsed.to_string();
                let again = <$kind>::parse(&official).expect("the official form is accepted");
                assert_eq!(again.to_string(), official, "from {:?}", $text);
            }
            Err(error) => assert!(!error.message.is_empty()),
        }
    )+};
}

fuzz_target!(|text: &str| {
    settles!(text, SiteCode, IcpRecord, PoliceRecord, ConacMark, ConacCertificate, DomainName, ErrorReportEntry);
    settles!(text, UnifiedSocialCreditCode, OrganCode, IndexNumber, DocumentNumber, MapApproval, OfficialDate);
    settles!(text, DivisionCode, PersonalId, Mobile, BankCard);
    let _ = (PersonalId::find_in(text).len(), Mobile::find_in(text).len(), parse_beijing(text).is_some());
    let _ = (chinese_number::counted(text), chinese_number::digit_by_digit(text));
    let register = DivisionRegister::embedded();
    for record in register.of_name(text).chain(register.of_code(text)) {
        let _ = (register.became(record), register.full_name(record), register.story(record));
    }
    if let Ok(number) = DocumentNumber::parse(text) {
        let _ = (number.form(), number.organ_mark(), number.year(), number.serial());
    }
    let host = DomainName::parse(text).ok();
    if let Some(host) = &host {
        for role in [SiteRole::Portal, SiteRole::Department, SiteRole::VerticalBranch, SiteRole::PublicInstitution] {
            let _ = (judge_domain(host, role, None), judge_domain(host, role, Some(host)));
        }
        let _ = (judge_domain_set(std::slice::from_ref(host)), host.to_ascii());
    }
    let contexts = [
        CheckContext::default(),
        CheckContext { division: DivisionCode::parse("150100").ok(), role: Some(SiteRole::Department), portal: host },
    ];
    for kind in IdentifierKind::ALL {
        for context in &contexts {
            let found = check_in(kind, text, context);
            assert_eq!(found.valid, found.normalised.is_some());
            assert_eq!(found.valid, found.problems.is_empty());
            if let Some(text) = found.normalised.as_ref().or(found.suggestion.as_ref()) {
                assert!(check_in(kind, text, context).valid, "{kind}: {text:?}");
            }
        }
    }
});
