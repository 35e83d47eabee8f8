//! What a test or an agent types into the field of a page: `fill('#password', "…")`,
//! `getByLabel('Password').fill('…')`, `By.id("password")).sendKeys("…")`.

use super::value::{self, Value};
use crate::detect::judge::shape;
use crate::detect::text::line;
use crate::model::Span;

/// What stands between a field that is looked up and the text.
const METHODS: [&[u8]; 11] = [
    b".fill(",
    b".FillAsync(",
    b".type(",
    b".clear().type(",
    b".pressSequentially(",
    b".sendKeys(",
    b".send_keys(",
    b".setValue(",
    b".set(",
    b".val(",
    b", with: ",
];
/// Calls that take the field and the text.
const CALLS: [&[u8]; 5] = [b".fill", b".FillAsync", b".type", b".typeText", b".setValue"];

/// Where the text begins that is typed into the field of this name.
pub(super) fn read(text: &[u8], name: Span) -> Option<usize> {
    let rest = &text[name.end..];
    let closing = rest.iter().take(8).take_while(|b| b"\"'`]\\)} ".contains(b)).count();
    let behind = &rest[closing..];
    let first = behind.first().filter(|_| closing > 0)?;
    let len = match first {
        b'.' => METHODS.iter().find(|method| behind.starts_with(method))?.len(),
        b',' if behind.starts_with(b", with: ") => METHODS[10].len(),
        b',' if is_field_of_call(line::before(text, name.start)) => 2,
        _ => return None,
    };
    let at = name.end + closing + len;
    value::quoted(text, at).filter(|value| shape::is_mixed(value.span.of(text)))?;
    Some(at)
}

/// What is typed without the key that is pressed last, as Cypress writes it: `…{enter}`.
pub(super) fn without_keys(text: &[u8], value: Value) -> Value {
    let is_pressed = value.span.of(text).ends_with(b"{enter}");
    if is_pressed { value.without(text, b"{enter}") } else { value }
}

/// Whether a line ends with a call that types, and the selector of the field.
fn is_field_of_call(before: &[u8]) -> bool {
    let open = memchr::memrchr(b'(', before);
    let is_selector = |b: &u8| b"#[.=".contains(b);
    open.is_some_and(|open| {
        CALLS.iter().any(|call| before[..open].ends_with(call))
            && before[open..].iter().any(is_selector)
    })
}

/// `Password` of `txtPassword.Text`, `password` of `#password-field`: the field whose text is set
/// or asked.
pub(super) fn field_of_form(name: &[u8]) -> Option<&[u8]> {
    let members: [&[u8]; 10] = [
        b".Text",
        b".text",
        b".value",
        b".Value",
        b".get",
        b".getText",
        b".val",
        b"-field",
        b"-input",
        b"_entry",
    ];
    let field = members.iter().find_map(|member| name.strip_suffix(*member))?;
    Some(field.strip_prefix(b"txt").or(field.strip_prefix(b"edt")).unwrap_or(field))
}
