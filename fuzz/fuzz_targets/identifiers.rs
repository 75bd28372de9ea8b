//! Whatever is typed, an identifier is refused or brought into a form that is its own form.
#![no_main]

use domain::{
    identifier::{
        DivisionCode, DocumentNumber, DomainName, IcpRecord, IndexNumber, MapApproval, Mobile, PersonalId, PoliceRecord,
        SiteCode, UnifiedSocialCreditCode,
    },
    time::parse_beijing,
};
use libfuzzer_sys::fuzz_target;

macro_rules! settles {
    ($text:expr, $($kind:ty),+ $(,)?) => {$(
        if let Ok(parsed) = <$kind>::parse($text) {
            let official = parsed.to_string();
            let again = <$kind>::parse(&official).expect("the official form is accepted");
            assert_eq!(again.to_string(), official, "from {:?}", $text);
        }
    )+};
}

fuzz_target!(|text: &str| {
    settles!(text, DivisionCode, DocumentNumber, DomainName, IcpRecord, MapApproval, PoliceRecord, SiteCode);
    settles!(text, UnifiedSocialCreditCode);
    // Printed masked, so only the parsing itself is tried.
    let _ = (IndexNumber::parse(text).is_ok(), Mobile::parse(text).is_ok(), PersonalId::parse(text).is_ok());
    let _ = parse_beijing(text);
});
