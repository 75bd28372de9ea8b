//! The divisions that every instance starts with: those of the register that ships with the rules.

use domain::division::{Division, register};

use crate::AppResult;

/// Region, leagues and banners, each after the one above it.
pub(crate) fn embedded() -> AppResult<Vec<Division>> {
    Ok(register::all().iter().map(|registered| registered.division.clone()).collect())
}
