//! The baseline's papers say what the program does: specification, schema, example.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;
use stanch::baseline::{Baseline, Digest, Entry, Salt};
use stanch::model::{Secret, Strength, Verdict};

fn paper(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

#[test]
fn the_example_is_canonical_and_shows_every_kind_of_entry() {
    let text = paper(".secrets.baseline.example");
    let baseline = Baseline::parse(text.as_bytes(), "example").unwrap();
    assert_eq!(String::from_utf8(baseline.to_bytes()).unwrap(), text);
    let shown: BTreeSet<Verdict> = baseline.entries().iter().map(Entry::verdict).collect();
    assert_eq!(shown, BTreeSet::from(Verdict::ALL));
    for field in ["\"glob\"", "\"path_hex\"", "\"via\"", "\"until\"", "\"digest\": \"5eed:b13a\""] {
        assert!(text.contains(field), "{field}");
    }
}

#[test]
fn the_specification_holds() {
    let text = paper("docs/BASELINE.md");
    let example = text.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    let baseline = Baseline::parse(example.as_bytes(), "docs").unwrap();
    assert_eq!(String::from_utf8(baseline.to_bytes()).unwrap(), example);
    let hex = 0x5eed_c0ff_ee01_2345_6789_abcd_ef01_2345_u128;
    let salt = Salt::from_bytes(hex.to_be_bytes());
    for strength in [Strength::Strong, Strength::Weak] {
        let digest = Digest::of(&salt, &Secret::new(b"an example value", strength));
        assert!(text.contains(&format!("`{digest}`")), "{digest}");
    }
    assert!(text.contains(&format!("`{salt}`")));
}

#[test]
fn the_schema_takes_what_the_program_takes_and_refuses_what_it_refuses() {
    let schema: Value = serde_json::from_str(&paper("docs/baseline.schema.json")).unwrap();
    let good = paper(".secrets.baseline.example");
    let takes = |text: &str| {
        let value = serde_json::from_str(text).unwrap();
        let by_schema = fits(&schema, &schema, &value);
        assert_eq!(by_schema, Baseline::parse(text.as_bytes(), "b").is_ok(), "{text}");
        by_schema
    };
    assert!(takes(&good));
    for (from, to) in [
        ("stanch-baseline", "other"),
        ("\"version\": 1", "\"version\": 2"),
        ("\"version\": 1", "\"version\": \"1\""),
        ("\"salts\"", "\"salt\""),
        ("\"5eedc0ff", "\"5eedc0fg"),
        ("\"path\": \"src/settings.py\", ", ""),
        ("\"path\": \"src/settings.py\"", "\"path\": \"a\", \"glob\": \"b\""),
        ("\"path_hex\": \"74", "\"path_hex\": \"7"),
        ("\"rule\": \"jwt\"", "\"rule\": \"\""),
        ("\"rule\": \"jwt\", ", ""),
        ("\"5eed:b13a\"", "\"5eed:b13\""),
        ("\"verdict\": \"revoked\"", "\"verdict\": \"Revoked\""),
        ("\"until\": \"2027-02-28\", ", ""),
        ("\"2027-02-28\"", "\"28.02.2027\""),
        ("\"owner\": \"platform team\"", "\"owner\": \" \""),
        ("\"via\": \"script\"", "\"via\": \"robot\""),
        ("\"via\": \"script\"", "\"via\": null"),
        ("\"via\": \"script\"", "\"line\": 7"),
    ] {
        assert!(good.contains(from), "{from}");
        assert!(!takes(&good.replacen(from, to, 1)), "{from} -> {to}");
    }
}

/// The part of JSON Schema 2020-12 that the schema uses; anything else panics.
fn fits(root: &Value, schema: &Value, value: &Value) -> bool {
    let has = |names: &Value| {
        names.as_array().unwrap().iter().all(|n| value.get(n.as_str().unwrap()).is_some())
    };
    schema.as_object().unwrap().iter().all(|(keyword, rule)| match keyword.as_str() {
        "$schema" | "title" | "$defs" | "then" => true,
        "$ref" => {
            let pointer = rule.as_str().unwrap().trim_start_matches('#');
            fits(root, root.pointer(pointer).unwrap(), value)
        }
        "type" => match rule.as_str().unwrap() {
            "object" => value.is_object(),
            "array" => value.is_array(),
            "string" => value.is_string(),
            other => panic!("type {other}"),
        },
        "const" => value == rule,
        "enum" => rule.as_array().unwrap().contains(value),
        "minLength" => {
            value.as_str().is_none_or(|text| text.len() as u64 >= rule.as_u64().unwrap())
        }
        "pattern" => {
            let pattern = regex::bytes::Regex::new(&format!("(?-u){}", rule.as_str().unwrap()));
            let pattern = pattern.unwrap();
            value.as_str().is_none_or(|text| pattern.is_match(text.as_bytes()))
        }
        "required" => has(rule),
        "properties" => rule
            .as_object()
            .unwrap()
            .iter()
            .all(|(name, rule)| value.get(name).is_none_or(|value| fits(root, rule, value))),
        "additionalProperties" => value.as_object().is_none_or(|object| {
            object.keys().all(|name| schema["properties"].get(name).is_some())
        }),
        "items" => value.as_array().is_none_or(|list| list.iter().all(|v| fits(root, rule, v))),
        "uniqueItems" => value.as_array().is_none_or(|list| {
            list.iter().enumerate().all(|(at, item)| !list[..at].contains(item))
        }),
        "oneOf" => {
            rule.as_array().unwrap().iter().filter(|rule| fits(root, rule, value)).count() == 1
        }
        "if" => !fits(root, rule, value) || fits(root, &schema["then"], value),
        other => panic!("keyword {other}"),
    })
}
