#!/usr/bin/env bash
# scimmy 1.3.5 forgets one of the conditions before and after a group with `or`.
#
# Guess:   `a and (b or c) and d` finds what meets a, d, and one of b and c, wherever the group stands (RFC 7644 §3.4.2.2).
# Happens: with the group at the beginning or the end, the filter is right. With conditions on both sides, users are found who do not
#          meet the last one: it is read as (a and b) or (a and c) or (d and b) or (d and c).
# Meets:   clients and consoles that put conditions together, such as «of this tenant, with one of these titles, and active».
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
  { userName: 'ann', title: 'boss', active: false },
  { userName: 'bob', title: 'clerk', active: false },
  { userName: 'cyd', title: 'boss', active: true },
];
const group = '(title eq "clerk" or title eq "boss")';
for (const text of [
  `${group} and active eq true`,
  `active eq true and ${group}`,
  `userName pr and ${group} and active eq true`,
]) {
  const found = new SCIMMY.Types.Filter(text).match(users).map(({ userName }) => userName);
  console.log(`${text.replace(group, '(…)')}: ${found.join(' ')}`);
}
CODE
seen=$(node filter.mjs)
echo "$seen"
[ "$seen" = "$(printf '%s\n' \
  '(…) and active eq true: cyd' \
  'active eq true and (…): cyd' \
  'userName pr and (…) and active eq true: ann bob cyd')" ]
