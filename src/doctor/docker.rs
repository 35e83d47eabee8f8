//! No env file and no key gets into an image.

use bstr::ByteSlice as _;
use globset::GlobBuilder;

use super::ctx::{Ctx, place};
use super::{Check, Edit, Line};
use crate::model::RepoPath;
use crate::report::count;

pub(super) use crate::detect::is_dockerfile;

pub(super) const CHECK: Check =
    Check { id: "docker", title: "images hold no env file and no key", run: look };

const SECRETS: &str = "mount it while building: RUN --mount=type=secret,id=… (docs.docker.com/build/building/secrets)";

fn look(ctx: &Ctx<'_>) -> anyhow::Result<Vec<Line>> {
    let files: Vec<&RepoPath> = ctx.paths.iter().filter(|path| is_dockerfile(path)).collect();
    if files.is_empty() {
        return Ok(Line::absent("no Dockerfile"));
    }
    let found = ctx.blocking(is_dockerfile);
    let mut lines: Vec<Line> =
        found.into_iter().map(|judged| Line::fail(place(judged), SECRETS)).collect();
    for path in &files {
        lines.extend(whole_context(ctx, path));
    }
    lines.dedup_by(|a, b| a.seen == b.seen);
    Ok(if lines.is_empty() { Line::pass(count(files.len(), "Dockerfile")) } else { lines })
}

/// `COPY .` while nothing keeps env files out of the context.
fn whole_context(ctx: &Ctx<'_>, path: &RepoPath) -> Option<Line> {
    let text = ctx.text(path)?;
    let number = text.lines().position(takes_everything)? + 1;
    let context = context(ctx, path, &text);
    // The Dockerfile's own file wins over that of the context.
    let own = RepoPath::new([path.as_bytes(), b".dockerignore"].concat());
    let ignore =
        if ctx.at(&own).is_file() { own } else { RepoPath::within(context, b".dockerignore") };
    let envs: Vec<RepoPath> = ctx.env_files.iter().filter_map(|env| inside(env, context)).collect();
    let rules = ctx.text(&ignore);
    let covers = |rules: &String| {
        is_out(rules, &RepoPath::new(".env")) && envs.iter().all(|env| is_out(rules, env))
    };
    if rules.as_ref().is_some_and(covers) {
        return None;
    }
    let seen = match rules {
        Some(_) => {
            format!("{path}:{number} copies the whole context, and {ignore} lets env files in")
        }
        None => format!("{path}:{number} copies the whole context, and there is no {ignore}"),
    };
    let way_out = format!("add `**/.env` and `**/.env.*` to {ignore}");
    let line = if envs.is_empty() { Line::warn(seen, way_out) } else { Line::fail(seen, way_out) };
    let lines =
        ["**/.env", "**/.env.*", "**/*.env", "!**/.env.example"].map(str::to_owned).to_vec();
    Some(line.fixed_by(Edit::Append { path: ignore, lines }))
}

/// The folder an image is built in. Only the command that builds knows it: the
/// nearest folder that holds all the files that are copied by name, or else
/// the Dockerfile's own.
fn context<'p>(ctx: &Ctx<'_>, path: &'p RepoPath, text: &str) -> &'p [u8] {
    let is_plain = |name: &str| !name.contains(['*', '?', '$', ':', '<']) && name != ".";
    let copied: Vec<&str> = text
        .lines()
        .flat_map(|line| sources(line).unwrap_or_default())
        .map(|name| name.trim_start_matches("./").trim_end_matches('/'))
        .filter(|name| !name.is_empty() && is_plain(name))
        .collect();
    let holds = |folder: &[u8]| {
        copied.iter().all(|name| ctx.at(&RepoPath::within(folder, name.as_bytes())).exists())
    };
    let own = path.folder();
    let above = own.rfind_iter(b"/").map(|end| &own[..end]);
    let root: &[u8] = b"";
    std::iter::once(own).chain(above).chain([root]).find(|folder| holds(folder)).unwrap_or(own)
}

/// The path from a folder that holds it.
fn inside(env: &RepoPath, folder: &[u8]) -> Option<RepoPath> {
    let rest = env.as_bytes().strip_prefix(folder)?;
    match folder {
        [] => Some(env.clone()),
        _ => rest.strip_prefix(b"/").map(RepoPath::new),
    }
}

/// What a line copies out of the context: not from another stage.
fn sources(line: &str) -> Option<Vec<&str>> {
    let is_gap = |c: char| c.is_whitespace() || matches!(c, '[' | ']' | '"' | ',');
    let mut words = line.split(is_gap).filter(|word| !word.is_empty());
    let verb = words.next()?;
    if !verb.eq_ignore_ascii_case("COPY") && !verb.eq_ignore_ascii_case("ADD") {
        return None;
    }
    let mut words: Vec<&str> = words.collect();
    if words.iter().any(|word| word.starts_with("--from=")) {
        return None;
    }
    words.retain(|word| !word.starts_with("--"));
    words.pop();
    Some(words)
}

/// `COPY . /app`, `ADD ./ .`.
fn takes_everything(line: &str) -> bool {
    let is_all = |word: &&str| matches!(*word, "." | "./" | "*" | "./*");
    sources(line).is_some_and(|words| words.iter().any(is_all))
}

/// Whether a `.dockerignore` keeps a path out: the last line that fits decides
/// (docs.docker.com/build/concepts/context).
fn is_out(rules: &str, path: &RepoPath) -> bool {
    let mut out = false;
    for line in
        rules.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let (pattern, ignores) = match line.strip_prefix('!') {
            Some(pattern) => (pattern, false),
            None => (line, true),
        };
        let pattern = pattern.trim_start_matches("./").trim_matches('/');
        let glob = GlobBuilder::new(pattern).literal_separator(true).build();
        let Ok(glob) = glob.map(|glob| glob.compile_matcher()) else { continue };
        let whole = path.as_bytes();
        let parents = whole.find_iter(b"/").map(|at| &whole[..at]);
        if parents.chain([whole]).any(|part| glob.is_match(part.to_path_lossy())) {
            out = ignores;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dockerignore_is_read_as_docker_reads_it() {
        for (rules, path, out) in [
            (".env", ".env", true),
            (".env", "api/.env", false),
            ("**/.env", "api/.env", true),
            ("**/.env", ".env", true),
            (".env*", ".env.local", true),
            ("*", ".env", true),
            ("*\n!src", ".env", true),
            ("**/.env.*\n!**/.env.example", ".env.example", false),
            ("api", "api/.env", true),
            ("# .env", ".env", false),
            ("/.env", ".env", true),
        ] {
            assert_eq!(is_out(rules, &RepoPath::new(path)), out, "{rules:?} {path}");
        }
    }

    #[test]
    fn a_copy_of_everything_is_told() {
        for line in ["COPY . /app", "copy --chown=a:b ./ .", "ADD [\".\", \"/app\"]"] {
            assert!(takes_everything(line), "{line}");
        }
        for line in ["COPY --from=build . /app", "COPY src .", "RUN cp . /app", "# COPY . ."] {
            assert!(!takes_everything(line), "{line}");
        }
    }
}
