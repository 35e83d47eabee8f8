//! Values that people tell each other in sentences.

use super::{check, values};

#[test]
fn values_are_found_where_people_tell_them() {
    check(&[
        ("a.md", "The password is Wintxr2031.", &["Wintxr2031"]),
        ("a.md", "The password is: Wintxr2031", &["Wintxr2031"]),
        ("a.md", "The password is base64 encoded.", &[]),
        ("a.md", "The password is SHA256.", &[]),
        ("a.md", "Password for root is `hunter2`", &["hunter2"]),
        ("a.md", "password for joe1@corp.io: ask me", &[]),
        ("a.md", "password for user admin1:", &[]),
        ("a.json", r#"{"text": "pw for the box: Hunter22"}"#, &["Hunter22"]),
        ("a.sql", "-- pwd for etl: Hunter22", &["Hunter22"]),
        ("a.md", "as **joe**, password **hunter2**", &["hunter2"]),
        ("a.md", "Password: **hunter2** (change it)", &["hunter2"]),
        ("a.md", "use the API key q8ZtR2mW5vKxLp93yQwD for it", &["q8ZtR2mW5vKxLp93yQwD"]),
        ("a.md", "my API key is q8ZtR2mW5vKxLp93yQwD please use it", &["q8ZtR2mW5vKxLp93yQwD"]),
        ("a.md", "the old_key q8ZtR2mW5vKxLp93yQwD of it", &[]),
        ("a.txt", "Contrase\u{f1}a: wintxr2031", &["wintxr2031"]),
        ("a.json", "{\"contrase\u{f1}a\": \"hunter2\"}", &["hunter2"]),
        ("a.txt", "dein Kennwort lautet: Wintxr2031!", &["Wintxr2031!"]),
        ("a.log", "use this password to log in: QCITNfOAyeEhBIWd", &["QCITNfOAyeEhBIWd"]),
        ("a.feature", "I log in as \"joe\" with password \"wintxr2031\"", &["wintxr2031"]),
        ("a.feature", "I see the password \"field\"", &[]),
        ("a.md", "Credentials: `joe:wintxr2031`", &["wintxr2031"]),
        ("a.md", "Credentials: `name:value`", &[]),
        ("a.log", "username    joe\npassword    Wintxr2031\n", &["Wintxr2031"]),
        ("a.log", "| adminPass | Wintxr2031 |", &["Wintxr2031"]),
        ("a.log", "password    required1 by all\n", &[]),
        ("a.rst", ":password: ``hunter2``", &["hunter2"]),
        ("a.adoc", "Password:: `hunter2`", &["hunter2"]),
        ("a.hs", "password :: Text", &[]),
        ("a.txt", "Password: \u{201c}hunter2\u{201d}", &["hunter2"]),
        ("a.txt", "Mot de passe : \u{ab}\u{a0}hunter2\u{a0}\u{bb}", &["hunter2"]),
        ("a.txt", "Api Key : q8ZtR2mW5vKxLp93yQwD", &["q8ZtR2mW5vKxLp93yQwD"]),
    ]);
}

#[test]
fn a_sentence_says_what_a_name_is_to_be() {
    check(&[
        ("a.md", "Set `API_KEY` to `q8ZtR2mW5vKxLp93yQwD`.", &["q8ZtR2mW5vKxLp93yQwD"]),
        ("a.md", "Set API_KEY to \"q8ZtR2mW5vKxLp93yQwD\".", &["q8ZtR2mW5vKxLp93yQwD"]),
        ("a.md", "Export `DB_PASSWORD` as `Wintxr2031`.", &["Wintxr2031"]),
        ("a.md", "The `DB_PASSWORD` is `Wintxr2031`.", &["Wintxr2031"]),
        ("a.md", "Set `API_KEY` to `your-key`, and `token` to `None`.", &[]),
        ("a.md", "Renames `password` to `userPass2`.", &[]),
        ("a.md", "Pass `api_key` as `X-API-Key`.", &[]),
        ("a.py", "f(\"password\" to 'Wintxr2031')", &[]),
    ]);
}

#[test]
fn a_value_alone_below_its_name_is_found_in_prose() {
    let key = "q8ZtR2mW5vKxLp93";
    for (head, tail) in [
        ("API key:\n\n    ", "\n"),
        ("API key:\r\n", ""),
        ("The token is:\n```\n", "\n```\n"),
        ("Password:\n\n```text\n", "\n```\n"),
    ] {
        assert_eq!(values("a.md", &format!("{head}{key}{tail}")), [key], "{head:?}");
    }
    for text in [
        "API key:\n\n\nq8ZtR2mW5vKxLp93\n",
        "API key:\n\nq8ZtR2mW5vKxLp93 is one\n",
        "Token:\n\nWhat it is for\n",
        "Password:\n```\nlogin\n```\n",
    ] {
        assert_eq!(values("a.md", text), [""; 0], "{text:?}");
    }
    assert_eq!(values("a.py", "# API key:\n\nq8ZtR2mW5vKxLp93\n"), [""; 0]);
}
