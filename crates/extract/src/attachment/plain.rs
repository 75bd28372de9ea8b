//! Text and CSV files: the characters as they are, fields of CSV parted by tabs.

use super::job::Job;

pub(super) fn read(text: &str, job: &mut Job<'_>) {
    job.out.push(&text.replace("\r\n", "\n").replace('\r', "\n"));
}
