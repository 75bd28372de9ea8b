//! Tests of the web face, through the whole router: sessions, forms, refusals, pages. One file per noun.

mod frame;
mod support;
