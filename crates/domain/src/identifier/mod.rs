//! Identifiers that offices, sites, documents and people carry, each with its official form.
//!
//! Every type reads what a person typed, forgives what cannot be misunderstood (full-width digits, stray spaces,
//! letter case), refuses the rest with a sentence in Chinese and, where the intention is clear, the corrected text.
//! Once made, a value is always well formed: it prints, stores and serialises as one canonical string.
//!
//! The forms are those of 国办发〔2017〕47号 and its annexes, GB/T 9704-2012, GB 32100-2015, GB 11643-1999 and
//! 地图审核管理规定; each file names its own.

mod string_identifier;

pub mod bank_card;
pub mod check;
pub mod chinese_number;
pub mod conac_mark;
pub mod confusion;
pub mod credit_code;
pub mod digits;
pub mod division_code;
pub mod division_register;
pub mod document_number;
pub mod domain_name;
pub mod domain_rule;
pub mod error;
pub mod error_report_entry;
pub mod icp_record;
pub mod index_number;
pub mod kind;
pub mod map_approval;
pub mod masked;
pub mod mobile;
pub mod normalise;
pub mod official_date;
pub mod personal_id;
pub mod police_record;
pub mod province;
pub mod site_code;

pub use bank_card::BankCard;
pub use check::{Check, CheckContext, check, check_in};
pub use conac_mark::{ConacCertificate, ConacMark};
pub use credit_code::{OrganCode, UnifiedSocialCreditCode};
pub use digits::{DigitGroup, DigitGroups};
pub use division_code::DivisionCode;
pub use division_register::{DivisionChange, DivisionRecord, DivisionRegister, DivisionStatus};
pub use document_number::{DocumentNumber, DocumentNumberForm};
pub use domain_name::{DomainClass, DomainName};
pub use domain_rule::{DomainFault, DomainRule, SiteRole, judge_domain, judge_domain_set};
pub use error::IdentifierError;
pub use error_report_entry::ErrorReportEntry;
pub use icp_record::IcpRecord;
pub use index_number::IndexNumber;
pub use kind::IdentifierKind;
pub use map_approval::{MapApproval, MapApprovalLevel};
pub use masked::Masked;
pub use mobile::Mobile;
pub use official_date::OfficialDate;
pub use personal_id::PersonalId;
pub use police_record::PoliceRecord;
pub use site_code::SiteCode;
