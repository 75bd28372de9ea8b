//! The built-in checks, one file each.

mod bank_card;
mod book_title_marks;
mod document_number;
mod impossible_date;
pub mod lexicon;
mod missing_elements;
mod mobile;
mod personal_id;
mod policy_title;
mod publication_time;
mod reprint_source;

use crate::check::Check;

/// All built-in checks, in the order in which the console lists them.
pub fn standard() -> Vec<Box<dyn Check>> {
    vec![
        Box::new(missing_elements::MissingElements),
        Box::new(personal_id::PersonalIdCheck),
        Box::new(bank_card::BankCardCheck),
        Box::new(mobile::MobileCheck),
        Box::new(document_number::DocumentNumberCheck),
        Box::new(policy_title::PolicyTitle),
        Box::new(publication_time::PublicationTime),
        Box::new(impossible_date::ImpossibleDate),
        Box::new(reprint_source::ReprintSource),
        Box::new(book_title_marks::BookTitleMarks),
    ]
}
