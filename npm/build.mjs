// Makes the npm packages: one for each platform with its binary, and the
// launcher that depends on all of them as optional.
// usage: node npm/build.mjs VERSION FOLDER-OF-BINARIES OUT
import { chmodSync, copyFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const PLATFORMS = {
  "linux-x64": "x86_64-unknown-linux-musl",
  "linux-arm64": "aarch64-unknown-linux-musl",
  "darwin-arm64": "aarch64-apple-darwin",
  "darwin-x64": "x86_64-apple-darwin",
  "win32-x64": "x86_64-pc-windows-msvc",
};

const [version, binaries, out] = process.argv.slice(2);
if (!version || !binaries || !out) {
  console.error("usage: node npm/build.mjs VERSION FOLDER-OF-BINARIES OUT");
  process.exit(2);
}
const here = dirname(fileURLToPath(import.meta.url));
const common = {
  version,
  license: "MIT OR Apache-2.0",
  description: "Stops secrets from flowing into git",
};
// Provenance names the repository, which the runner knows.
const { GITHUB_SERVER_URL, GITHUB_REPOSITORY } = process.env;
if (GITHUB_REPOSITORY) common.repository = `git+${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}.git`;

const write = (folder, manifest) =>
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);

const licenses = (folder) => {
  for (const name of ["LICENSE-MIT", "LICENSE-APACHE"]) {
    copyFileSync(join(here, "..", name), join(folder, name));
  }
};

const made = {};
for (const [platform, target] of Object.entries(PLATFORMS)) {
  const [os, cpu] = platform.split("-");
  const file = os === "win32" ? "stanch.exe" : "stanch";
  const source = join(binaries, `binary-${target}`, file);
  if (!existsSync(source)) {
    console.error(`no binary for ${target}: its package is left out`);
    continue;
  }
  const folder = join(out, platform);
  mkdirSync(join(folder, "bin"), { recursive: true });
  copyFileSync(source, join(folder, "bin", file));
  chmodSync(join(folder, "bin", file), 0o755);
  licenses(folder);
  write(folder, { name: `@stanch/${platform}`, ...common, os: [os], cpu: [cpu], files: ["bin"] });
  made[`@stanch/${platform}`] = version;
}
if (Object.keys(made).length === 0) {
  console.error("no binary at all");
  process.exit(2);
}
const launcher = join(out, "stanch");
mkdirSync(launcher, { recursive: true });
copyFileSync(join(here, "stanch", "launch.js"), join(launcher, "launch.js"));
copyFileSync(join(here, "..", "README.md"), join(launcher, "README.md"));
licenses(launcher);
write(launcher, {
  name: "stanch",
  ...common,
  bin: { stanch: "launch.js" },
  files: ["launch.js"],
  optionalDependencies: made,
});
