#!/usr/bin/env bash
# scimmy 1.3.5 reads `not (a or b)` as `not a or not b`, which finds nearly everybody.
#
# Guess:   `not (userName eq "ann" or userName eq "bob")` finds everybody but these two (RFC 7644 §3.4.2.2).
# Happens: the `not` goes to each part, and `or` stays `or`: all three users are found. In the same way `not (a and b)` is read as
#          `not a and not b`, which finds too few. With one part in the group, `not` is right.
# Meets:   clients that look for «all but these», for instance to deactivate the others.
# Source:  RFC 7644 §3.4.2.2; found by random filters beside an evaluator; observed with scimmy 1.3.5 on Node 20.20.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund scimmy@1.3.5 >/dev/null
cat > filter.mjs <<'CODE'
import SCIMMY from 'scimmy';

const users = [
  { userName: 'ann', title: 'boss' },
  { userName: 'bob', title: 'clerk' },
  { userName: 'cyd', title: 'boss' },
];
for (const text of [
  'not (userName eq "ann")',
  'not (userName eq "ann" or userName eq "bob")',
  'not (userName eq "ann" and title eq "boss")',
]) {
  const found = new SCIMMY.Types.Filter(text).match(users).map(({ userName }) => userName);
  console.log(`${text}: ${found.join(' ')}`);
}
CODE
seen=$(node filter.mjs)
echo "$seen"
[ "$seen" = "$(printf '%s\n' \
  'not (userName eq "ann"): bob cyd' \
  'not (userName eq "ann" or userName eq "bob"): ann bob cyd' \
  'not (userName eq "ann" and title eq "boss"): bob')" ]
