//! Appointments (任职): duties given and ended by the security administrator, never to or by oneself.

mod end;
mod grant;

pub use end::end;
pub use grant::{NewAppointment, grant};
