//! Files that hold what an interface says in one language: told by their names and those
//! of their folders.

use super::is_one_of;

/// Whether a file holds what an interface says, in one language.
pub(super) fn is_translation(path: &[u8], extension: Option<&[u8]>) -> bool {
    let Some(extension) = extension else { return false };
    let speaks = |word: &[u8]| is_one_of(&word.to_ascii_lowercase(), SPOKEN);
    // `login.i18n.is.json` as well.
    let inside = || {
        let mut names = path.split(|&b| b == b'/');
        names.any(|name| speaks(name) || name.split(|&b| b == b'.').skip(1).any(speaks))
    };
    let stem = &path[..path.len() - extension.len() - 1];
    is_one_of(extension, TRANSLATIONS)
        || is_one_of(extension, MESSAGES) && (inside() || ends_with_locale(stem))
        || extension == b"properties" && is_bundle(stem)
        || extension == b"xml" && path.split(|&b| b == b'/').any(is_resource_of_language)
}

/// `messages`, `Messages_ja`, `LocaleNames_el`: what programs in Java call the texts that they
/// show.
fn is_bundle(stem: &[u8]) -> bool {
    let name = stem.rsplit(|&b| b == b'/').next().unwrap_or_default().to_ascii_lowercase();
    let rest = BUNDLES.iter().find_map(|bundle| name.strip_prefix(*bundle));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(b"_"))
}

/// `values-de`, `values-pt-rBR`: the folder of one language among the resources of an Android
/// program; `values` and those of sizes (`values-land`, `values-v31`) hold settings, too.
fn is_resource_of_language(folder: &[u8]) -> bool {
    let Some(qualifier) = folder.strip_prefix(b"values-") else { return false };
    let mut parts = qualifier.split(|&b| b == b'-');
    let language = parts.next().unwrap_or_default();
    // The television and the car are none.
    let is_language = matches!(language.len(), 2 | 3)
        && language.iter().all(u8::is_ascii_lowercase)
        && ![&b"tv"[..], b"car"].contains(&language);
    is_language || qualifier.starts_with(b"b+")
}

/// `nl-NL`, `messages_pt_BR`: a language and a region, as BCP 47 and Java write them.
fn ends_with_locale(stem: &[u8]) -> bool {
    let Some((before, [language @ .., b'-' | b'_', r1, r2])) = stem.split_last_chunk::<5>() else {
        return false;
    };
    language.iter().all(u8::is_ascii_lowercase)
        && [r1, r2].iter().all(|byte| byte.is_ascii_uppercase())
        && before.last().is_none_or(|byte| b"/._-".contains(byte))
}

/// Extensions of files that hold nothing else.
const TRANSLATIONS: &[&str] = &["arb", "ftl", "po", "pot", "strings", "xlf", "xliff"];
/// Extensions of files that do in a folder of these names.
const MESSAGES: &[&str] =
    &["inc", "ini", "js", "json", "php", "properties", "resx", "ts", "xml", "yaml", "yml"];
const SPOKEN: &[&str] = &[
    "i18n",
    "l10n",
    "lang",
    "language",
    "languages",
    "locale",
    "locales",
    "localisation",
    "localisations",
    "localization",
    "localizations",
    "nls",
    "translations",
];
/// What the names of bundles of texts begin with.
const BUNDLES: [&[u8]; 3] = [b"labels", b"localenames", b"messages"];

#[cfg(test)]
mod tests {
    use super::super::Language;
    use super::*;
    use crate::model::RepoPath;

    #[test]
    fn the_path_tells_a_translation() {
        for (path, language) in [
            ("app/locales/de/portal.json", Language::Lock),
            ("conf/locale/locale_cs-CZ.ini", Language::Lock),
            ("login/login.i18n.is.json", Language::Lock),
            ("public/messages/nl-NL.json", Language::Lock),
            ("src/messages_pt_BR.properties", Language::Lock),
            ("src/messages_ja.properties", Language::Lock),
            ("src/messages-broker.properties", Language::Settings),
            ("app/src/main/res/values-de/strings.xml", Language::Lock),
            ("res/values-pt-rBR/strings.xml", Language::Lock),
            ("res/values-b+sr+Latn/strings.xml", Language::Lock),
            ("res/values/strings.xml", Language::Markup),
            ("res/values-v31/config.xml", Language::Markup),
            ("charts/values-dev/config.yaml", Language::Yaml),
            ("src/debug_IT.json", Language::Json),
            ("src/language.ts", Language::Code),
            ("program/localization/br/labels.inc", Language::Lock),
            ("program/lib/labels.inc", Language::Code),
            ("ext/LocaleNames_el.properties", Language::Lock),
            ("ext/LocaleService.properties", Language::Settings),
            ("conf/database_de.properties", Language::Settings),
        ] {
            assert_eq!(Language::of(&RepoPath::new(path.as_bytes()), b""), language, "{path}");
        }
    }

    #[test]
    fn tables_are_sorted_for_the_search() {
        for table in [TRANSLATIONS, MESSAGES, SPOKEN] {
            assert!(table.is_sorted(), "{table:?}");
        }
    }
}
