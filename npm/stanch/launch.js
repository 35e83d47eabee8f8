#!/usr/bin/env node
// Runs the native binary of this platform. Installed hooks do not come through
// here: they hold the path of the binary itself, so a commit starts no node.
"use strict";

const { spawnSync } = require("node:child_process");

const extension = process.platform === "win32" ? ".exe" : "";
const name = `@stanch/${process.platform}-${process.arch}`;

function binary() {
  try {
    return require.resolve(`${name}/bin/stanch${extension}`);
  } catch {
    process.stderr.write(
      `stanch: the package ${name} is not installed: either this platform has no build, or npm left out ` +
        "optional dependencies; run `npm install --include=optional`, or, in its source, `cargo install --locked --path .`\n",
    );
    process.exit(2);
  }
}

const run = spawnSync(binary(), process.argv.slice(2), { stdio: "inherit" });
if (run.error) {
  process.stderr.write(`stanch: cannot start the program: ${run.error.message}\n`);
  process.exit(2);
}
process.exit(run.status ?? 2);
