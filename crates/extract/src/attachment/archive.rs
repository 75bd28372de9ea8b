//! A ZIP archive of documents: each member is read like an attachment of its own.

use super::job::Job;
use super::package::Package;
use super::read::read_nested;

pub(super) fn read(package: &mut Package<'_>, job: &mut Job<'_>) {
    for index in 0..package.names().len() {
        if job.full() || !job.member() {
            return;
        }
        let name = package.names()[index].clone();
        if name.ends_with('/') || is_left_by_system(&name) {
            // Names of folders are text too: people put names of persons there.
            job.out.line_of(&name);
            continue;
        }
        match package.read(index, job) {
            Some(bytes) if bytes.is_empty() => job.out.line_of(&name),
            Some(bytes) => read_nested(&name, &bytes, job),
            None => job.out.line_of(&name),
        }
    }
    if let Some(comment) = package.comment() {
        job.out.hide();
        job.out.line_of(&comment);
        job.out.show();
    }
}

fn is_left_by_system(name: &str) -> bool {
    name.starts_with("__MACOSX/") || name.ends_with(".DS_Store") || name.ends_with("Thumbs.db")
}
