//! What Lisp and its kin bind: `(def password "…")`, `(defparameter *password* "…")`,
//! `(let ((password "…")))`, `(password . "…")`.

use super::site::Site;
use super::value::{self, Value};
use crate::detect::judge::shape;

impl Site<'_> {
    /// The literal behind the name at `at`, if a form binds it.
    pub(super) fn bound_in_lisp(&self, at: usize) -> Option<Value> {
        let dot = if self.text[at..].starts_with(b". ") { 2 } else { 0 };
        let value = value::quoted(self.text, at + dot)?;
        let is_it = if dot > 0 { self.is_in_pair(&value) } else { self.is_defined_in_lisp() };
        (is_it || self.is_in_pair(&value)).then_some(value)
    }

    /// Behind `(def `, `(setq `.
    fn is_defined_in_lisp(&self) -> bool {
        const HEADS: [&[u8]; 9] = [
            b"(let [",
            b"^:private",
            b"(def",
            b"(defonce",
            b"(define",
            b"(setq",
            b"(defvar",
            b"(defconst",
            b"(defparameter",
        ];
        let line = self.before.strip_suffix(b"*").unwrap_or(self.before);
        let head = line.trim_ascii_end();
        (head.len() < line.len() || head.ends_with(b"["))
            && HEADS.iter().any(|words| head.ends_with(words))
    }

    /// `((password "…") …`: nothing else in the parentheses. A call looks alike, so the value
    /// mixes letters and digits.
    fn is_in_pair(&self, value: &Value) -> bool {
        let head = self.before.strip_suffix(b"(");
        let is_apart = |head: &[u8]| head.last().is_none_or(|b| b" \t('`".contains(b));
        head.is_some_and(is_apart)
            && self.text.get(value.end) == Some(&b')')
            && shape::is_mixed(value.span.of(self.text))
    }
}
