//! The `.env` family: files of the environment that must not be committed,
//! told by their base name; templates and encrypted files of that name pass,
//! which only their content can tell.

use super::dotenv;
use super::judge::{is_worded, placeholder, vocabulary};
use super::text::ascii;

/// Words that make a name a template's: `.env.example`, `sample.env`.
const TEMPLATE_WORDS: [&[u8]; 14] = [
    b"example",
    b"examples",
    b"sample",
    b"samples",
    b"template",
    b"templates",
    b"tmpl",
    b"tpl",
    b"dist",
    b"default",
    b"defaults",
    b"schema",
    b"j2",
    b"erb",
];

/// Parts of names whose values are secrets. What a name promises elsewhere (`promise`) is
/// narrower: here the value must look drawn as well, or be one of the reader's own.
const SECRET_NAMES: [&[u8]; 12] = [
    b"pass",
    b"pwd",
    b"secret",
    b"token",
    b"key",
    b"credential",
    b"auth",
    b"private",
    b"dsn",
    b"salt",
    b"sid",
    b"webhook",
];
/// Parts of names whose values are public all the same.
const PUBLIC_NAMES: [&[u8]; 6] =
    [b"public", b"publishable", b"site_key", b"sitekey", b"key_id", b"client_id"];

/// Whether the base name of a path is of the family: `.env`, `.env.local`,
/// `prod.env`, in any case. `.envrc` and declarations of types are not.
pub fn is_env_name(base_name: &[u8]) -> bool {
    let ends_with = |end: &[u8]| ascii::ends_with(base_name, end);
    let is_types = || [&b".d.ts"[..], b".d.mts", b".d.cts"].into_iter().any(ends_with);
    let goes_on = || base_name.get(4).is_some_and(|byte| b".-_~".contains(byte));
    (ends_with(b".env") || ascii::starts_with(base_name, b".env") && goes_on()) && !is_types()
}

/// Whether the name says that it holds no values but placeholders.
pub fn is_template_name(base_name: &[u8]) -> bool {
    base_name
        .to_ascii_lowercase()
        .split(|byte| b".-_".contains(byte))
        .any(|word| TEMPLATE_WORDS.contains(&word))
}

/// Whether a file of this name and content must not be committed.
pub(super) fn is_forbidden(base_name: &[u8], bytes: &[u8]) -> bool {
    is_env_name(base_name)
        && !is_encrypted(base_name, bytes)
        && !(is_template_name(base_name) && holds_placeholders_only(bytes))
}

/// Whether only somebody with a key can read it: dotenv-vault and dotenvx,
/// sops, or a whole file that a tool encrypted.
fn is_encrypted(base_name: &[u8], bytes: &[u8]) -> bool {
    let name = base_name.to_ascii_lowercase();
    is_ciphertext_file(bytes)
        || (name.starts_with(b".env.vault") && all_values(bytes, |_, value| is_ciphertext(value)))
        || is_openpgp(&name, bytes)
        || is_sops(bytes)
        || is_dotenvx(bytes)
}

/// A file that was encrypted as a whole: by git-crypt, Ansible Vault, age, OpenPGP,
/// `openssl enc`.
pub(super) fn is_ciphertext_file(bytes: &[u8]) -> bool {
    const HEADERS: [&[u8]; 8] = [
        b"\0GITCRYPT\0",
        b"$ANSIBLE_VAULT;",
        b"age-encryption.org/",
        b"-----BEGIN AGE ENCRYPTED FILE-----",
        b"-----BEGIN PGP MESSAGE-----",
        b"Salted__",
        b"U2FsdGVkX1",
        b"\x85\x02",
    ];
    HEADERS.iter().any(|header| bytes.starts_with(header))
}

/// Binary OpenPGP under a name that says so: its first octet has the high bit
/// set (RFC 9580, 4.2), which no text in ASCII has.
fn is_openpgp(name: &[u8], bytes: &[u8]) -> bool {
    let says_so =
        [&b".gpg"[..], b".pgp", b".secret", b".enc"].iter().any(|end| name.ends_with(end));
    says_so && bytes.first().is_some_and(|byte| byte & 0x80 != 0)
}

/// Every value is sops' ciphertext or its own bookkeeping; an empty value
/// stays empty.
fn is_sops(bytes: &[u8]) -> bool {
    memchr::memmem::find(bytes, b"sops_mac=").is_some()
        && all_values(bytes, |name, value| {
            name.starts_with(b"sops_") || value.starts_with(b"ENC[") || value.is_empty()
        })
}

/// Every value that looks like a secret is dotenvx' ciphertext.
fn is_dotenvx(bytes: &[u8]) -> bool {
    memchr::memmem::find(bytes, b"DOTENV_PUBLIC_KEY").is_some()
        && all_values(bytes, |name, value| {
            name.starts_with(b"DOTENV_PUBLIC_KEY")
                || value.starts_with(b"encrypted:")
                || !(is_secret_name(name) || looks_random(value))
        })
}

fn is_ciphertext(value: &[u8]) -> bool {
    let is_base64 = |b: &u8| b.is_ascii_alphanumeric() || b"+/=".contains(b);
    value.iter().all(is_base64) || value.starts_with(b"vlt_") || value.starts_with(b"dotenv://")
}

pub(super) fn holds_placeholders_only(bytes: &[u8]) -> bool {
    all_values(bytes, |name, value| {
        !(is_secret_name(name) && looks_random(value)) || placeholder::is_published_example(value)
    })
}

fn all_values(bytes: &[u8], holds: impl Fn(&[u8], &[u8]) -> bool) -> bool {
    dotenv::pairs(bytes).iter().all(|pair| holds(&pair.name, &pair.value))
}

/// Whether a variable of this name is given secrets.
pub(super) fn is_secret_name(name: &[u8]) -> bool {
    let mut name = name.to_ascii_lowercase();
    // Who wrote it authorizes nobody.
    if let Some(at) = memchr::memmem::find(&name, b"author")
        && !name[at..].starts_with(b"authori")
    {
        name.truncate(at);
    }
    let holds = |word: &&[u8]| memchr::memmem::find(&name, word).is_some();
    SECRET_NAMES.iter().any(holds) && !PUBLIC_NAMES.iter().any(holds)
}

/// Whether a machine drew the value, or a word of 16 bytes and more in it.
pub(super) fn looks_random(value: &[u8]) -> bool {
    holds_drawn(value, 16)
}

/// Whether a machine drew a word of at least so many bytes in the value.
pub(super) fn holds_drawn(value: &[u8], least: usize) -> bool {
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/_".contains(byte);
    value.split(|byte| !is_word(byte)).filter(|word| word.len() >= least).any(|word| {
        vocabulary::is_random(word) && !is_worded(word) && !placeholder::is_filler(word, b"")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::template::expand;

    #[test]
    fn the_family_is_told_by_base_name_in_any_case() {
        for name in [
            ".env",
            ".ENV",
            ".Env.Local",
            ".env.production",
            "prod.env",
            "A.ENV",
            ".env.bak",
            ".env~",
            ".env-local",
            ".env.keys",
            ".env.example",
            "example.env",
        ] {
            assert!(is_env_name(name.as_bytes()), "{name}");
        }
        for name in [
            ".envrc",
            ".env.d.ts",
            "env",
            "environment",
            ".environment",
            "env.example",
            "env.rs",
            "dotenv",
            "vite-env.d.ts",
            ".envoy.yaml",
            "",
        ] {
            assert!(!is_env_name(name.as_bytes()), "{name}");
        }
    }

    #[test]
    fn templates_are_told_in_either_order() {
        for name in [
            ".env.example",
            "example.env",
            ".env.local.example",
            ".env-sample",
            ".env.dist",
            "X.TEMPLATE.env",
        ] {
            assert!(is_template_name(name.as_bytes()), "{name}");
        }
        for name in [".env", ".env.local", "examples2.env", ".env.production"] {
            assert!(!is_template_name(name.as_bytes()), "{name}");
        }
    }

    #[test]
    fn a_template_passes_with_placeholders_and_not_with_a_value() {
        let placeholders = "# copy me\nPORT=3000\nDEBUG=\nAPI_KEY=your-api-key-here\nDB_PASSWORD=postgres\n\
            SECRET_KEY=change-me-to-a-long-random-string-1\nDATABASE_URL=postgres://user:password@localhost:5432/app\n\
            JWT_SECRET=super_secret_jwt_key_2024\nSALT=mysupersecretpasswordthatnobodyknows\nTOKEN=<token>\nSTRIPE_KEY=sk_test_xxxxxxxxxxxxxxxxxxxxxxxx\n";
        assert!(!is_forbidden(b".env.example", placeholders.as_bytes()));
        assert!(is_forbidden(b".env", placeholders.as_bytes()));
        for class in ["base62:32", "hex:32", "base62:24", "base36:40", "base64:40", "lower:32"] {
            // A few draws look like words; the rules for values see those too.
            let found = (0..100).filter(|&seed| {
                let text = expand(&format!("PORT=1\nAPI_KEY={{{class}}}"), seed).unwrap();
                is_forbidden(b".env.example", text.as_bytes())
            });
            assert!(found.count() >= 95, "{class}");
        }
        // The key of Azurite, in two parts.
        let key = [
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6",
            "IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==",
        ];
        let text = format!("SECRET_ACCESS_KEY={}", key.concat());
        assert!(!is_forbidden(b".env.example", text.as_bytes()));
        let id = expand("PUBLIC_KEY={base62:40}\nBUILD={hex:40}", 0).unwrap();
        assert!(!is_forbidden(b".env.example", id.as_bytes()));
    }

    #[test]
    fn encrypted_files_pass() {
        let sops = "A=ENC[AES256_GCM,data:x,iv:y,tag:z,type:str]\nB=\nsops_mac=ENC[AES256_GCM,data:x]\nsops_version=3.9.0";
        let dotenvx = "DOTENV_PUBLIC_KEY=\"03a1\"\nPORT=80\nAPI_KEY=\"encrypted:BDqDBibm4w\"\n";
        for (name, bytes) in [
            (".env", b"\0GITCRYPT\0\x01\x02".as_slice()),
            (".env", sops.as_bytes()),
            (".env", dotenvx.as_bytes()),
            (".env.vault", b"# dotenv-vault\nDOTENV_VAULT_PRODUCTION=\"c2VjcmV0\"\n"),
            (".env.enc", b"Salted__\x01\x02"),
            (".env.secret", b"\x84\x8c\x03"),
            ("prod.env", b"$ANSIBLE_VAULT;1.1;AES256\n3136"),
        ] {
            assert!(!is_forbidden(name.as_bytes(), bytes), "{name} {bytes:?}");
        }
        let mixed = format!("{sops}\nC=plain");
        assert!(is_forbidden(b".env", mixed.as_bytes()));
        assert!(is_forbidden(b".env", b"DOTENV_PUBLIC_KEY=03a1\nAPI_KEY=plain"));
        assert!(is_forbidden(b".env", b""));
    }
}
