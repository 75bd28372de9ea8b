//! The built-in checks, one file each.

mod approved_source;
mod bank_card;
mod book_title_marks;
mod cited_document;
mod contradicting_date;
mod document_number;
mod duplicate;
mod email;
mod home_address;
mod impossible_date;
pub mod lexicon;
mod licence_plate;
mod link;
mod map;
mod missing_elements;
mod mobile;
mod number_style;
mod paired_marks;
mod personal_id;
mod policy_title;
mod publication_time;
mod reprint_source;
mod spelling;
mod structure_levels;
mod travel_document;
mod unread_attachment;

pub use duplicate::{ALIKE, CONTAINED, NEAR};
pub use link::links;
pub use map::pictures;

use crate::check::Check;

/// The checks for personal data.
pub fn privacy() -> Vec<Box<dyn Check>> {
    vec![
        Box::new(personal_id::PersonalIdCheck),
        Box::new(travel_document::TravelDocument),
        Box::new(bank_card::BankCardCheck),
        Box::new(mobile::MobileCheck),
        Box::new(email::Email),
        Box::new(licence_plate::LicencePlate),
        Box::new(home_address::HomeAddress),
    ]
}

/// All built-in checks, in the order in which the console lists them.
pub fn standard() -> Vec<Box<dyn Check>> {
    let mut checks: Vec<Box<dyn Check>> = vec![Box::new(missing_elements::MissingElements)];
    checks.extend(privacy());
    let others: Vec<Box<dyn Check>> = vec![
        Box::new(document_number::DocumentNumberCheck),
        Box::new(cited_document::CitedDocument),
        Box::new(policy_title::PolicyTitle),
        Box::new(publication_time::PublicationTime),
        Box::new(impossible_date::ImpossibleDate),
        Box::new(contradicting_date::ContradictingDate),
        Box::new(number_style::NumberStyle),
        Box::new(structure_levels::StructureLevels),
        Box::new(reprint_source::ReprintSource),
        Box::new(approved_source::ApprovedSources),
        Box::new(link::Link),
        Box::new(map::Map),
        Box::new(duplicate::Duplicate),
        Box::new(book_title_marks::BookTitleMarks),
        Box::new(paired_marks::PairedMarks),
        Box::new(spelling::SpellingCheck),
        Box::new(unread_attachment::UnreadAttachments),
    ];
    checks.extend(others);
    checks
}
