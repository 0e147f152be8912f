#!/usr/bin/env bash
# scimmy 1.3.5 compares the text of a filter as it stands in the URL: `\"` and `\\` keep their backslashes.
#
# Guess:   the value of a comparison is a JSON string (RFC 7644 §3.4.2.2), so that `displayName eq "Anna \"Ann\" Li"` finds the user
#          whose displayName is «Anna "Ann" Li».
# Happens: a quote followed by a blank ends the text, and the filter is refused as invalid. A backslash is worse: `"DOMAIN\\staff"`
#          asks for a name with two backslashes, finds nobody, and there is no error. Texts that JSON does not escape are found.
# Meets:   clients that look for a group or a user before they create it, and write the filter with a JSON library: names such as
#          `DOMAIN\staff` or one with a nickname in quotes are never found, and each run creates them again.
# Source:  RFC 7644 §3.4.2.2, RFC 8259 §7; found by random filters beside an evaluator; observed with scimmy 1.3.5 on Node 20.20.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund scimmy@1.3.5 >/dev/null
cat > filter.mjs <<'CODE'
import SCIMMY from 'scimmy';

const groups = [{ displayName: 'DOMAIN\\staff' }, { displayName: 'Anna "Ann" Li' }, { displayName: 'Staff' }];
for (const name of groups.map(({ displayName }) => displayName)) {
  const text = `displayName eq ${JSON.stringify(name)}`;
  try {
    console.log(`${text}: ${new SCIMMY.Types.Filter(text).match(groups).length} found`);
  } catch ({ status, scimType }) {
    console.log(`${text}: ${status} ${scimType}`);
  }
}
CODE
seen=$(node filter.mjs)
echo "$seen"
[ "$seen" = "$(printf '%s\n' \
  'displayName eq "DOMAIN\\staff": 0 found' \
  'displayName eq "Anna \"Ann\" Li": 400 invalidFilter' \
  'displayName eq "Staff": 1 found')" ]
