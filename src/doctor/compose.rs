//! Compose files and Kubernetes manifests refer to secrets and hold none.

use super::ctx::{Ctx, place};
use super::{Check, Line};
use crate::detect::{is_env_name, is_template_name};
use crate::model::RepoPath;
use crate::report::count;

pub(super) const CHECK: Check =
    Check { id: "compose", title: "compose files and manifests hold no secret", run: look };

fn look(ctx: &Ctx<'_>) -> anyhow::Result<Vec<Line>> {
    let files: Vec<&RepoPath> = ctx.paths.iter().filter(|path| is_manifest(ctx, path)).collect();
    if files.is_empty() {
        return Ok(Line::absent("no compose file, no manifest"));
    }
    let way_out =
        "refer to it: ${NAME} from an ignored .env, `secrets:`, a Secret made outside git";
    let mut lines: Vec<Line> = ctx
        .blocking(|path| is_manifest(ctx, path))
        .into_iter()
        .map(|judged| Line::fail(place(judged), way_out))
        .collect();
    for path in &files {
        let text = ctx.text(path).unwrap_or_default();
        for env in env_files(&text).map(|name| RepoPath::within(path.folder(), name.as_bytes())) {
            let is_template = is_template_name(env.base_name());
            if is_env_name(env.base_name()) && !is_template && ctx.tracked.contains(&env) {
                let seen = format!("{path} reads {env}, which is tracked");
                let tracked = ctx.repo.pathspec(&env);
                let way_out = format!("git rm --cached {tracked}; rotate what it holds");
                lines.push(Line::fail(seen, way_out));
            }
        }
    }
    Ok(if lines.is_empty() { Line::pass(count(files.len(), "file")) } else { lines })
}

/// Whether a path is a compose file's or a manifest's: by its name, its folder,
/// or what it begins with.
pub(super) fn is_manifest(ctx: &Ctx<'_>, path: &RepoPath) -> bool {
    const FOLDERS: [&[u8]; 6] =
        [b"k8s", b"kubernetes", b"manifests", b"helm", b"charts", b"kustomize"];
    let name = path.base_name().to_ascii_lowercase();
    let is_yaml = name.ends_with(b".yml") || name.ends_with(b".yaml");
    let is_compose = name.starts_with(b"docker-compose") || name.starts_with(b"compose.");
    let mut parts = path.folder().split(|&b| b == b'/');
    let says_so = || {
        let text = ctx.text(path).unwrap_or_default();
        let has = |field: &str| text.lines().any(|line| line.starts_with(field));
        has("apiVersion:") && has("kind:")
    };
    is_yaml && (is_compose || parts.any(|part| FOLDERS.contains(&part)) || says_so())
}

/// The files that `env_file:` names, in each of its forms.
fn env_files(text: &str) -> impl Iterator<Item = &str> {
    let mut in_list = false;
    text.lines().flat_map(move |line| {
        let line = line.trim();
        let value = match line.strip_prefix("env_file:") {
            Some(rest) => {
                in_list = rest.trim().is_empty();
                Some(rest)
            }
            None if in_list && (line.starts_with('-') || line.starts_with("path:")) => {
                Some(line.trim_start_matches('-').trim_start().trim_start_matches("path:"))
            }
            None => {
                in_list = in_list && (line.is_empty() || line.starts_with("required:"));
                None
            }
        };
        let names = value.unwrap_or_default().split(['[', ']', ',']);
        names
            .map(|name| name.trim().trim_matches(['"', '\'']).trim_start_matches("./"))
            .filter(|name| !name.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn env_files_are_read_in_each_form() {
        let text = "a:\n  env_file: .env\nb:\n  env_file:\n    - ./api.env\n    - path: \"x/.env\"\n      required: false\n\
                    \x20 ports:\n\n    - 80:80\nc:\n  env_file: [a.env, 'b.env']\n";
        let found: Vec<&str> = env_files(text).collect();
        assert_eq!(found, [".env", "api.env", "x/.env", "a.env", "b.env"]);
    }
}
