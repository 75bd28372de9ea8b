//! Attachments: every kind and every hiding place, limits, masked copies.

#![expect(clippy::unwrap_used, reason = "a sample that cannot be built is a failed test")]

mod archives;
mod limits;
mod masking;
mod ofd;
mod office_new;
mod office_old;
mod open_document;
mod pdf;
mod robustness;
mod samples;
mod texts;
