//! Deadline rules as data.
