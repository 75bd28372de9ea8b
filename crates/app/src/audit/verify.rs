//! The proof that the audit trail is whole: every event follows the one before, and the last one is the head.

use domain::audit::{AuditEvent, ChainBreak, FIRST_HASH, check_link};

use crate::{App, AppResult};

/// Events read at a time.
const PAGE: u64 = 2000;

/// What a walk over the whole chain found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Number of events.
    pub events: i64,
    /// Hash of the last event; to be kept elsewhere, because only a copy shows that a whole chain was rewritten.
    pub head: String,
    /// Every break, in order; none is the only good answer.
    pub breaks: Vec<ChainBreak>,
}

/// Walks the chain from its first event to its head. Runs in one snapshot, so work that goes on meanwhile does not
/// disturb it.
pub async fn verify(app: &App) -> AppResult<Proof> {
    let read = app.store.snapshot().await?;
    let (head_number, head_hash) = store::audit::head(&read).await?;
    let mut proof = Proof { events: 0, head: head_hash.clone(), breaks: Vec::new() };
    let mut previous: Option<AuditEvent> = None;
    loop {
        let after = previous.as_ref().map_or(i64::MIN, |event| event.number);
        let page = store::audit::page_after(&read, after, PAGE).await?;
        let last = page.is_empty();
        for event in page {
            proof.events += 1;
            let who = format!("{}（{}，{}）", event.entry.action, event.entry.subject_name, event.login);
            let broken = check_link(previous.as_ref(), &event).into_iter();
            proof.breaks.extend(broken.map(|one| ChainBreak { problem: format!("{} {who}", one.problem), ..one }));
            previous = Some(event);
        }
        if last {
            break;
        }
    }
    let (number, hash) = previous.map_or((0, FIRST_HASH.to_owned()), |event| (event.number, event.hash));
    if (number, &hash) != (head_number, &head_hash) {
        let problem =
            format!("链头登记的是第 {head_number} 条，实际末条是第 {number} 条或内容不同：末尾的事件被删除或改动。");
        proof.breaks.push(ChainBreak { number: head_number, problem });
    }
    Ok(proof)
}
