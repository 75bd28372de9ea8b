//! What was probably meant by an identifier that was typed wrongly, so that a page can offer it for one click.

use std::collections::BTreeMap;

use domain::identifier::{DomainName, IcpRecord, IdentifierError, PoliceRecord, SiteCode};

/// Corrected forms by field name; only fields whose intention is clear are named.
pub fn corrections<'a>(typed: impl Fn(&'static str) -> &'a str) -> BTreeMap<&'static str, String> {
    let meant = |error: IdentifierError| error.suggestion;
    [
        ("domain", DomainName::parse(typed("domain")).err().and_then(meant)),
        ("site_code", SiteCode::parse(typed("site_code")).err().and_then(meant)),
        ("icp_record", IcpRecord::parse(typed("icp_record")).err().and_then(meant)),
        ("police_record", PoliceRecord::parse(typed("police_record")).err().and_then(meant)),
    ]
    .into_iter()
    .filter_map(|(field, suggestion)| Some((field, suggestion?)))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::corrections;

    #[test]
    fn a_clear_slip_is_offered_in_its_official_form_and_nonsense_is_not() {
        let offered = corrections(|field| match field {
            "icp_record" => "蒙icp备12345678-1",
            "site_code" => "乱写",
            _ => "",
        });
        assert_eq!(offered.get("icp_record").map(String::as_str), Some("蒙ICP备12345678号-1"));
        assert!(!offered.contains_key("site_code"));
        assert!(!offered.contains_key("domain"));
    }
}
