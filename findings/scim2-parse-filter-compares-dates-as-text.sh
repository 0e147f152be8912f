#!/usr/bin/env bash
# scim2-parse-filter 0.2.10 compares date-times as texts, so that «since» misses what happened within the same second.
#
# Guess:   `meta.lastModified ge "2026-01-01T00:00:00Z"` finds a resource of 2026-01-01T00:00:00.000Z and of half a second later:
#          RFC 7644 §3.4.2.2 says that date-times are compared in time order, and XSD says that the two spellings of the first
#          moment are equal.
# Happens: the texts are compared. A full stop comes before the letter Z, so that neither is found, although both are not
#          earlier. A time with another zone is compared without it: 01:00 in London counts as later than midnight in California.
# Meets:   whoever serves filters with this parser and stores what Date.prototype.toISOString writes (always with milliseconds),
#          and has clients that ask for changes since their last visit in whole seconds: changes of that second are never seen.
# Source:  RFC 7644 §3.4.2.2, RFC 7643 §2.3.5; observed with scim2-parse-filter 0.2.10 on Node 20.20.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund scim2-parse-filter@0.2.10 >/dev/null
cat > dates.mjs <<'CODE'
import assert from 'node:assert/strict';
import { filter, parse } from 'scim2-parse-filter';

/** Whether the filter finds a resource that was modified at this time. */
const finds = (text, lastModified) => {
  const found = filter(parse(text))({ meta: { lastModified } });
  console.log(`${text} of ${lastModified}: ${found ? 'found' : 'not found'}`);
  return found;
};

const since = 'meta.lastModified ge "2026-01-01T00:00:00Z"';
assert.equal(finds(since, '2026-01-01T00:00:00Z'), true);
assert.equal(finds(since, '2026-01-01T00:00:01.000Z'), true);
// Not earlier, and not found.
assert.equal(finds(since, '2026-01-01T00:00:00.000Z'), false);
assert.equal(finds(since, '2026-01-01T00:00:00.500Z'), false);
// Seven hours earlier, and found.
assert.equal(finds('meta.lastModified ge "2026-01-01T00:00:00-08:00"', '2026-01-01T01:00:00Z'), true);
CODE
node dates.mjs
echo 'scim2-parse-filter compares date-times as texts.'
