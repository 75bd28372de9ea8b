//! Bank card numbers (GB/T 15694.1: issuer number, check digit by Luhn).

use std::sync::LazyLock;

use domain::identifier::{BankCard, masked::star_middle};
use regex::Regex;

use crate::{
    check::{Check, Rule},
    collector::{Collector, Note},
    finding::{Category, Severity},
    view::{TextField, View},
};

/// Numbers with the issuer number of a card and a true check digit.
pub struct BankCardCheck;

const RULE: Rule<'static> = Rule::builtin("privacy.bank_card", "个人信息保护法第二十八条（金融账户为敏感个人信息）");

/// How people group the digits.
const SHAPES: &[&[usize]] = &[
    &[16],
    &[17],
    &[18],
    &[19],
    &[4, 4, 4, 4],
    &[4, 4, 4, 4, 1],
    &[4, 4, 4, 4, 2],
    &[4, 4, 4, 4, 3],
    &[6, 10],
    &[6, 13],
];

/// Words before a number that is surely something else.
static OTHER_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:流水|订单|票据|条形?码|凭证|合同|项目|采购|招标|备案|登记|许可|编|代|序列)(?:编|代|证)?[号码][:：为是]?\\s*$")
        .expect("a constant expression")
});

impl Check for BankCardCheck {
    fn id(&self) -> &'static str {
        "bank_card"
    }
    fn name(&self) -> &'static str {
        "银行卡号"
    }
    fn category(&self) -> Category {
        Category::Privacy
    }

    fn run(&self, view: &View<'_>, out: &mut Collector<'_>) {
        for text in view.texts() {
            let groups = text.digit_groups();
            let mut covered = 0;
            for found in groups.matches(SHAPES) {
                let (before, after) = groups.surroundings(&found);
                let glued = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic() || "._=/#%&@".contains(c));
                let joined = groups.neighbours(&found);
                let alone = !glued(before) && !after.is_some_and(|c| c.is_ascii_alphabetic() || "_=/%@".contains(c));
                let chained =
                    found.groups.len() > 1 && (joined.0.is_some() || joined.1.is_some() && !ends_chain(groups, &found));
                if found.range.start < covered
                    || !alone
                    || chained
                    || !is_card(found.digits)
                    || other_number(text, found.range.start)
                {
                    continue;
                }
                covered = found.range.end;
                let masked = star_middle(found.digits, 4, 4);
                let note = Note {
                    rule: RULE,
                    severity: Severity::Block,
                    message: "出现疑似银行卡号，公开前必须删除或遮盖；属于单位收款账户的，请写明理由。".to_owned(),
                    suggestion: Some(masked.clone()),
                    masked: Some(masked),
                };
                out.at(text, found.range, note);
            }
        }
    }
}

/// A shorter shape may match the beginning of a longer card number; the longer one is tried after it.
fn ends_chain(groups: &domain::identifier::DigitGroups, found: &domain::identifier::digits::DigitMatch<'_>) -> bool {
    groups.groups().get(found.groups.end).is_some_and(|next| next.range.len() > 4)
}

fn other_number(text: &TextField<'_>, start: usize) -> bool {
    OTHER_NUMBER.is_match(text.before(start, 10))
}

/// A number of a card that circulates here, and never a valid ID number.
fn is_card(digits: &str) -> bool {
    BankCard::parse(digits).is_ok_and(|card| card.has_known_issuer() && !card.is_personal_id() && !card.is_filler())
}
