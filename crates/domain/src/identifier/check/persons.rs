//! Personal data: checked, shown masked, never repeated in a message.

use super::{Accepted, Refused};
use crate::identifier::{
    BankCard, DivisionRegister, Masked, Mobile, PersonalId, normalise::compact, personal_id::check_character, province,
};

pub(super) fn personal_id(text: &str) -> Result<Accepted, Refused> {
    let id = PersonalId::parse(text)?;
    let mut accepted = Accepted::new(id.as_str());
    accepted.details.put("masked", id.masked());
    let code = &id.as_str()[..6];
    accepted.details.put_some("province", province::short_name(&code[..2]));
    // Numbers keep the code of the day they were given out, so any code that ever was is right.
    let register = DivisionRegister::embedded();
    match register.of_code(code).find(|record| !record.zone) {
        Some(record) => accepted.details.put("division", register.full_name(record)),
        None => accepted.warn("开头6位不在历年的行政区划代码之中，请核对。"),
    }
    Ok(accepted)
}

pub(super) fn mobile(text: &str) -> Result<Accepted, Refused> {
    let mobile = Mobile::parse(text)?;
    let mut accepted = Accepted::new(mobile.as_str());
    accepted.details.put("masked", mobile.masked());
    Ok(accepted)
}

pub(super) fn bank_card(text: &str) -> Result<Accepted, Refused> {
    let card = BankCard::parse(text)?;
    let mut accepted = Accepted::new(card.as_str());
    accepted.details.put("masked", card.masked());
    accepted.details.put("length", card.as_str().len().to_string());
    if !card.has_known_issuer() {
        accepted.warn("校验位正确，但开头不是常见的发卡机构代码，请核对。");
    }
    if card.is_filler() {
        accepted.warn("校验位正确，但多半是占位数字，请核对。");
    }
    if card.is_personal_id() {
        accepted.warn("这串数字也是有效的身份证号，请核对是否填错了栏目。");
    }
    Ok(accepted)
}

/// An old number of 15 digits in its new form: the century inserted, the check character added.
pub(super) fn upgraded(text: &str) -> Option<String> {
    let old = compact(text);
    if old.len() != 15 || !old.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let head = format!("{}19{}", &old[..6], &old[6..]);
    Some(format!("{head}{}", check_character(&head)?))
}
