//! No env file and no key gets into an image.

use bstr::ByteSlice as _;
use globset::GlobBuilder;

use super::ctx::{Ctx, below, place};
use super::{Check, Edit, Line};
use crate::model::RepoPath;

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
    Ok(if lines.is_empty() { Line::pass(format!("{} Dockerfiles", files.len())) } else { lines })
}

/// `COPY .` while nothing keeps env files out of the context.
fn whole_context(ctx: &Ctx<'_>, path: &RepoPath) -> Option<Line> {
    let text = ctx.text(path)?;
    let number = text.lines().position(takes_everything)? + 1;
    // The context is the folder of the Dockerfile or one above; only the
    // command that builds knows.
    let own = RepoPath::new([path.as_bytes(), b".dockerignore"].concat());
    let folders = [path.folder(), b""];
    let ignores = folders.map(|folder| below(folder, ".dockerignore"));
    let present: Vec<&RepoPath> =
        std::iter::once(&own).chain(&ignores).filter(|file| ctx.at(file).is_file()).collect();
    let inside = |env: &&RepoPath| env.as_bytes().starts_with(path.folder());
    let envs: Vec<&RepoPath> = ctx.env_files.iter().filter(inside).collect();
    let probe = RepoPath::new(".env");
    let covers = |ignore: &RepoPath| {
        let rules = ctx.text(ignore).unwrap_or_default();
        let folder = if *ignore == own { path.folder() } else { ignore.folder() };
        let mut all = envs.iter().map(|env| strip(env, folder));
        is_out(&rules, &probe) && all.all(|env| is_out(&rules, &env))
    };
    if present.iter().any(|ignore| covers(ignore)) {
        return None;
    }
    let seen = match present.first() {
        Some(ignore) => {
            format!("{path}:{number} copies the whole context, and {ignore} lets env files in")
        }
        None => format!("{path}:{number} copies the whole context, and there is no .dockerignore"),
    };
    let way_out = "add `**/.env` and `**/.env.*` to .dockerignore";
    let line = if envs.is_empty() { Line::warn(seen, way_out) } else { Line::fail(seen, way_out) };
    let lines =
        ["**/.env", "**/.env.*", "**/*.env", "!**/.env.example"].map(str::to_owned).to_vec();
    let target =
        present.first().map_or_else(|| below(b"", ".dockerignore"), |file| (*file).clone());
    Some(line.fixed_by(Edit::Append { path: target, lines }))
}

fn strip(env: &RepoPath, folder: &[u8]) -> RepoPath {
    let rest = env.as_bytes().strip_prefix(folder).unwrap_or(env.as_bytes());
    RepoPath::new(rest.strip_prefix(b"/").unwrap_or(rest))
}

/// `COPY . /app`, `ADD ./ .`, with flags; not from another stage.
fn takes_everything(line: &str) -> bool {
    let line = line.trim().replace(['[', ']', '"', ','], " ");
    let mut words = line.split_whitespace();
    let verb = words.next().unwrap_or_default().to_ascii_uppercase();
    let words: Vec<&str> = words.collect();
    matches!(verb.as_str(), "COPY" | "ADD")
        && !words.iter().any(|word| word.starts_with("--from="))
        && words.split_last().is_some_and(|(_, sources)| {
            sources.iter().any(|word| matches!(*word, "." | "./" | "*" | "./*"))
        })
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
