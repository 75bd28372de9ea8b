//! Tests of the web face, through the whole router: sessions, forms, refusals, pages. One file per noun.

mod authorisation;
mod frame;
mod portal;
mod support;
mod login;
mod person;
mod site;
mod alarm;
mod unit;
