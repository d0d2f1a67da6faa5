//! A key and a language in, the words a person reads out. The sentences are in `assets/words/*.ftl`; numbers are
//! formatted here, as each language writes them.

pub use crate::data::Language;

/// The text of `key` with its arguments (already formatted).
pub fn text(_language: Language, _key: &str, _arguments: &[(&str, &str)]) -> String {
    unimplemented!()
}

/// A whole number with the language's thousands sign: 2.362 in Danish, 2,362 in English.
pub fn count(_language: Language, _number: f64) -> String {
    unimplemented!()
}

/// A share as whole per cent without the sign, half up: 0.125 is "13".
pub fn percent(_share: f64) -> String {
    unimplemented!()
}

/// A number with so many decimals and the language's decimal sign.
pub fn decimal(_language: Language, _number: f64, _decimals: usize) -> String {
    unimplemented!()
}
