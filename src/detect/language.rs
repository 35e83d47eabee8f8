//! What a path says of the text behind it: where a value must stand in quotes
//! and where it need not.

mod translation;

use self::translation::is_translation;
use crate::model::RepoPath;

/// How names and values are written in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    /// A programming language: a value stands in quotes, a bare word is code.
    Code,
    /// JSON: as in code.
    Json,
    /// Shell, batch, make, Dockerfiles: bare words are values, `$` refers.
    Shell,
    /// Dotenv, INI, properties, configuration files: the rest of the line is the value.
    Settings,
    /// YAML: the rest of the line is the value.
    Yaml,
    /// XML, HTML: values in attributes and between tags.
    Markup,
    /// Prose, transcripts and whatever is not known: anything may follow.
    Prose,
    /// A lock file or another list of digests, translations of an interface:
    /// names say nothing there.
    Lock,
}

impl Language {
    /// The language of `text`, by the name of its file, else by its first line.
    pub(super) fn of(path: &RepoPath, text: &[u8]) -> Self {
        let name = path.base_name().to_ascii_lowercase();
        let name = name.as_slice();
        let is_lock = is_one_of(name, LOCKS) || extension(name) == Some(b"lock");
        if is_lock || is_translation(path.as_bytes(), extension(name)) {
            return Self::Lock;
        }
        let name = without_template_suffix(name);
        if name.starts_with(b".env") || name.ends_with(b".env") {
            return Self::Settings;
        }
        by_name(name)
            .or_else(|| by_extension(extension(name)?))
            .or_else(|| is_environment(name).then_some(Self::Settings))
            // `web.config` of .NET.
            .map(|language| if is_document(text) { Self::Markup } else { language })
            .or_else(|| by_first_line(text))
            .unwrap_or(Self::Prose)
    }
}

/// Whether a word that names an issuer says nothing of what follows: a file lists names and
/// their digests, and nothing else, projects and their ids, as the solutions of Visual Studio
/// do, or what an interface says.
pub(super) fn only_lists(path: &RepoPath) -> bool {
    let name = path.base_name().to_ascii_lowercase();
    is_one_of(&name, DIGESTS)
        || name.ends_with(b".sln")
        || is_translation(path.as_bytes(), extension(&name))
}

const DIGESTS: &[&str] = &["go.sum", "go.work.sum", "podfile.lock"];

/// Lock files that no extension tells.
const LOCKS: &[&str] =
    &["go.sum", "npm-shrinkwrap.json", "package-lock.json", "packages.lock.json", "pnpm-lock.yaml"];

/// Endings that say "copy me": what stands before them tells the language.
const TEMPLATES: &[&[u8]] = &[
    b".example",
    b".sample",
    b".template",
    b".dist",
    b".default",
    b".tmpl",
    b".tpl",
    b".in",
    b".j2",
    b".erb",
    b".orig",
    b".bak",
    b".old",
    b".backup",
];

fn without_template_suffix(name: &[u8]) -> &[u8] {
    let stem = TEMPLATES.iter().find_map(|suffix| name.strip_suffix(*suffix));
    stem.filter(|stem| !stem.is_empty()).unwrap_or(name)
}

/// What stands behind the last dot of a name.
pub(super) fn extension(name: &[u8]) -> Option<&[u8]> {
    let at = memchr::memrchr(b'.', name)?;
    Some(&name[at + 1..])
}

fn is_one_of(name: &[u8], sorted: &[&str]) -> bool {
    sorted.binary_search_by(|entry| entry.as_bytes().cmp(name)).is_ok()
}

fn by_name(name: &[u8]) -> Option<Language> {
    let starts = |head: &str| name.starts_with(head.as_bytes());
    if starts("dockerfile")
        || starts("containerfile")
        || starts("makefile")
        || starts("gnumakefile")
    {
        return Some(Language::Shell);
    }
    // `.bash_history`
    if name.ends_with(b"_history") {
        return Some(Language::Shell);
    }
    Some(match name {
        b"cmakelists.txt" | b"jenkinsfile" | b"rakefile" | b"gemfile" | b"vagrantfile"
        | b"podfile" | b"fastfile"
        // Terms of Erlang.
        | b"sys.config" | b"hex.config" | b"rabbitmq.config" | b"advanced.config" => Language::Code,
        b".bashrc" | b".zshrc" | b".profile" | b".bash_profile" | b".envrc" | b"justfile"
        | b"procfile" => Language::Shell,
        b".curlrc" | b".mbsyncrc" | b".isyncrc" | b".npmrc" | b".pypirc" | b".netrc"
        | b"_netrc" | b".fetchmailrc" | b".msmtprc" | b"msmtprc" | b".esmtprc" | b".muttrc"
        | b".pgpass" | b".my.cnf" | b".s3cfg" | b"credentials" | b".gitconfig"
        | b".git-credentials" => Language::Settings,
        b".prettierrc" | b".eslintrc" | b".babelrc" => Language::Json,
        _ => return None,
    })
}

fn by_extension(extension: &[u8]) -> Option<Language> {
    let has = |list| is_one_of(extension, list);
    Some(if has(CODE) {
        Language::Code
    } else if has(SHELL) {
        Language::Shell
    } else if has(SETTINGS) {
        Language::Settings
    } else if has(MARKUP) {
        Language::Markup
    } else if has(JSON) {
        Language::Json
    } else if has(&["sls", "yaml", "yml"]) {
        Language::Yaml
    } else {
        return None;
    })
}

/// `env`, `env.local`, `env.txt`, `dotenv`: what people call the file of an environment that
/// they set aside.
fn is_environment(name: &[u8]) -> bool {
    name == b"env" || name == b"dotenv" || name.starts_with(b"env.") || name == b".flaskenv"
}

/// Whether a file is XML, whatever its name promises.
fn is_document(text: &[u8]) -> bool {
    text.starts_with(b"<?xml ") || text.starts_with(b"<configuration>")
}

/// By the interpreter that a script names, or the head of what cloud-init reads.
fn by_first_line(text: &[u8]) -> Option<Language> {
    if text.starts_with(b"#cloud-config") {
        return Some(Language::Yaml);
    }
    let line = text.strip_prefix(b"#!")?;
    let line = &line[..memchr::memchr(b'\n', line).unwrap_or(line.len()).min(80)];
    let code: [&[u8]; 7] = [b"python", b"ruby", b"node", b"perl", b"php", b"groovy", b"deno"];
    let is_code = code.iter().any(|name| memchr::memmem::find(line, name).is_some());
    Some(if is_code { Language::Code } else { Language::Shell })
}

const CODE: &[&str] = &[
    "abap",
    "adb",
    "ads",
    "apex",
    "as",
    "ascx",
    "asm",
    "asn",
    "asn1",
    "asp",
    "aspx",
    "bas",
    "bicep",
    "bicepparam",
    "bzl",
    "c",
    "cbl",
    "cc",
    "cjs",
    "cl",
    "clj",
    "cljc",
    "cljs",
    "cls",
    "cmake",
    "cob",
    "coffee",
    "cpp",
    "cpy",
    "cr",
    "cs",
    "cshtml",
    "cts",
    "cu",
    "cue",
    "cuh",
    "cxx",
    "d",
    "dart",
    "dhall",
    "edn",
    "ejs",
    "el",
    "elm",
    "erl",
    "ex",
    "exp",
    "exs",
    "f90",
    "frm",
    "fs",
    "fsx",
    "gd",
    "glsl",
    "go",
    "gql",
    "gradle",
    "graphql",
    "graphqls",
    "groovy",
    "gs",
    "gsp",
    "h",
    "haml",
    "hbs",
    "hcl",
    "hh",
    "hpp",
    "hrl",
    "hs",
    "hx",
    "hxx",
    "inc",
    "inl",
    "ino",
    "jade",
    "java",
    "jl",
    "js",
    "jsonnet",
    "jsp",
    "jsx",
    "kt",
    "kts",
    "lhs",
    "libsonnet",
    "lisp",
    "lua",
    "m",
    "metal",
    "mjs",
    "ml",
    "mli",
    "mlx",
    "mm",
    "mts",
    "nim",
    "nims",
    "nix",
    "nomad",
    "pas",
    "pgsql",
    "php",
    "phtml",
    "pkb",
    "pks",
    "pl",
    "plb",
    "pls",
    "plsql",
    "pm",
    "pp",
    "prisma",
    "proto",
    "ps",
    "ps1",
    "psd1",
    "psm1",
    "pug",
    "purs",
    "py",
    "pyi",
    "pyw",
    "pyx",
    "r",
    "rake",
    "raku",
    "razor",
    "rb",
    "rbs",
    "rkt",
    "rs",
    "sbt",
    "scala",
    "scm",
    "slim",
    "smali",
    "sol",
    "sql",
    "star",
    "svelte",
    "swift",
    "t",
    "tcl",
    "tf",
    "tfvars",
    "thrift",
    "tofu",
    "toml",
    "ts",
    "tsx",
    "vala",
    "vb",
    "vbhtml",
    "vbs",
    "vhd",
    "vm",
    "vue",
    "xs",
    "y",
    "yrl",
    "yy",
    "zig",
];
const SHELL: &[&str] =
    &["bash", "bat", "bats", "cmd", "csh", "dockerfile", "fish", "ksh", "mk", "rsc", "sh", "zsh"];
const SETTINGS: &[&str] = &[
    "cfg",
    "cnf",
    "conf",
    "config",
    "credentials",
    "env",
    "inf",
    "ini",
    "ks",
    "ldif",
    "nmconnection",
    "options",
    "prefs",
    "properties",
    "psk",
    "reg",
    "service",
    "settings",
    "vars",
];
const MARKUP: &[&str] = &[
    "csproj", "htm", "html", "jmx", "plist", "pom", "props", "pubxml", "resx", "svg", "targets",
    "wsdl", "xaml", "xhtml", "xml", "xsd", "xsl",
];
const JSON: &[&str] =
    &["har", "ipynb", "json", "json5", "jsonc", "jsonl", "ndjson", "tfstate", "webmanifest"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_tells_the_language() {
        for (path, language) in [
            ("src/main.rs", Language::Code),
            ("a/.env.production.example", Language::Settings),
            ("app.env", Language::Settings),
            ("Dockerfile.dev", Language::Shell),
            ("deploy/values.yaml.j2", Language::Yaml),
            ("package-lock.json", Language::Lock),
            ("i18n.lock", Language::Lock),
            ("package.json", Language::Json),
            ("README.md", Language::Prose),
            ("LICENSE", Language::Prose),
            ("pom.xml", Language::Markup),
            (".env", Language::Settings),
            ("env", Language::Settings),
            ("deploy/env.local.bak", Language::Settings),
            ("env.py", Language::Code),
            ("environment", Language::Prose),
            ("config/settings.json", Language::Json),
        ] {
            assert_eq!(Language::of(&RepoPath::new(path.as_bytes()), b""), language, "{path}");
        }
        let user_data = Language::of(&RepoPath::new(&b"user-data"[..]), b"#cloud-config\na: b\n");
        assert_eq!(user_data, Language::Yaml);
        let web = Language::of(&RepoPath::new(&b"web.config"[..]), b"<configuration>\n");
        assert_eq!(web, Language::Markup);
    }

    #[test]
    fn tables_are_sorted_for_the_search() {
        for table in [LOCKS, CODE, SHELL, SETTINGS, MARKUP, JSON] {
            assert!(table.is_sorted(), "{table:?}");
        }
    }
}
