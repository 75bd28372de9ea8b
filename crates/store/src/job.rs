//! The rows of the job queue. The mechanics (workers, retries, schedules) are in crate `jobs`.
//!
//! A job is *ready* when `ready_at` has come. Claiming it moves `ready_at` to the end of the lease, so a job whose
//! worker died becomes ready again by itself. Finished jobs are deleted; dead ones wait for a person.

mod claim;
mod console;
mod enqueue;
mod release;

pub use claim::{Claimed, any_ready, claim, finish, give_back, kill, renew, retry};
pub use console::{DeadJob, QueueCounts, by_id, counts, dead, discard, requeue};
pub use enqueue::{Enqueued, NewJob, enqueue};
pub use release::{leaseholders, release};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "job")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub kind: String,
        pub queue: String,
        pub payload: String,
        pub priority: i64,
        pub dedupe_key: Option<String>,
        pub unit_id: Option<Uuid>,
        pub enqueued_at: DateTimeUtc,
        pub ready_at: DateTimeUtc,
        pub attempts: i64,
        pub max_attempts: i64,
        pub leased_by: Option<String>,
        pub last_error: Option<String>,
        pub dead_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
