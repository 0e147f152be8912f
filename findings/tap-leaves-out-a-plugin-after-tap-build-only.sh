#!/usr/bin/env bash
# tap 21 ignores a change of its plugins in package.json until «tap build» was run once.
#
# Guess:   `"tap": {"plugin": ["!@tapjs/typescript"]}` in package.json is a setting like all others: the next `tap` runs
#          without the plugin.
# Happens: a fresh `npm ci` brings tap's prebuilt test class, with all default plugins. `tap FILE` loads the TypeScript
#          loader all the same, says nothing, and ends with 0. Other settings of the same object, such as `node-arg`,
#          count at once, so that two loaders (this one and `--import=tsx`) work one after the other. Only `tap build`
#          makes a test class without the plugin.
# Meets:   whoever replaces tap's TypeScript loader by a faster one: on the machine where `tap plugin` was used it is
#          gone, and on every fresh checkout, as in CI, it is back, and tests take several times as long.
# Source:  https://node-tap.org/plugins/ ; observed with tap 21.8.0 on Node 20.20.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > package.json <<'JSON'
{ "type": "module", "private": true, "tap": { "plugin": ["!@tapjs/typescript"], "node-arg": ["--no-deprecation"] } }
JSON
cat > loaders.test.mjs <<'TEST'
import { writeFileSync } from 'node:fs';
import t from 'tap';
const has = (text) => process.execArgv.some((arg) => arg.includes(text));
writeFileSync('seen.txt', `typescript loader: ${has('@tapjs/typescript')}, node-arg: ${has('--no-deprecation')}\n`);
t.pass('ran');
TEST
npm install --silent --no-audit --no-fund --save-dev tap@21.8.0 >/dev/null
run() { npx tap --disable-coverage --allow-incomplete-coverage loaders.test.mjs >/dev/null; cat seen.txt; }
before=$(run)
npx tap build >/dev/null
after=$(run)
printf 'before «tap build»: %s\nafter «tap build»:  %s\n' "$before" "$after"
[ "$before" = 'typescript loader: true, node-arg: true' ]
[ "$after" = 'typescript loader: false, node-arg: true' ]
