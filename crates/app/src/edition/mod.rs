//! Editions (版本): written, saved, screened, submitted, taken back, given up.
//!
//! 先入库，后使用: a draft is nobody's but its unit's; only the review verbs admit it to the library.

mod abilities;
mod adopt;
mod autosave;
mod compare;
mod create;
mod discard;
mod dispose;
mod element_text;
mod finding;
mod load;
mod marked;
mod mask;
mod mask_attachments;
mod outcome;
mod presence;
mod revise;
mod save;
mod screen;
mod submit;
mod timeline;
mod withdraw;
mod words;

pub use abilities::{Abilities, abilities};
pub use adopt::{adopt, suggestions};
pub use autosave::autosave;
pub use compare::{Comparison, TextDifference, compare, compare_texts};
pub use create::{NewDraft, create, create_in};
pub use discard::discard;
pub use dispose::dispose;
pub use element_text::{FURTHER_ELEMENTS, element_text};
pub use finding::ScreenedFinding;
pub use load::{EditionView, Loaded, load, view};
pub use marked::{Marked, comment_mark, find_quote, ink_place, marked, marked_one};
pub use mask::{Masked, mask_personal_data};
pub use presence::{Companion, companions};
pub use revise::revise;
pub use save::{DraftChange, save};
pub(crate) use save::{one_line, tidy};
pub use screen::{Screening, screen, screening_of};
pub use submit::{Submission, SubmitMode, submit, submit_in};
pub use timeline::{TimelineEvent, timeline};
pub use withdraw::withdraw;

pub(crate) use finding::{Known, case_of, known_finding};
pub(crate) use load::{find, inside, lock_for, require_editable, target_of};
pub(crate) use outcome::month_of;
pub(crate) use screen::{hash_of, run_in};
pub(crate) use submit::due;
