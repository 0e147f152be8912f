import { mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import t from 'tap';
import { isStandardOutput, placeOf } from '../../../../bin/files/place.js';

const folder = mkdtempSync(path.join(tmpdir(), 'scim-place-'));
const linkTo = (target: string, name: string): string => {
  const link = path.join(folder, name);
  symlinkSync(target, link);
  return link;
};

void t.test('every name of standard output is known, also a link to one', (t) => {
  const link = linkTo('/dev/stdout', 'link');
  const names = ['-', '/dev/stdout', '//dev/stdout', '/dev/../dev/fd/1', '/proc/thread-self/fd/1', link];
  for (const name of [...names, `/proc/${process.pid}/fd/1`, linkTo('link', 'link-to-a-link')]) {
    t.ok(isStandardOutput(name), name);
    t.strictSame(placeOf(name, '--json'), { how: 'standard-output' }, name);
  }
  t.end();
});

void t.test('a link to a file is followed, and a device is no file', (t) => {
  const file = path.join(folder, 'report.json');
  writeFileSync(file, '{}');
  t.match(placeOf(linkTo('report.json', 'same.json'), '--json'), { how: 'replaced', file: /report\.json$/ });
  const toNull = linkTo('/dev/null', 'nothing');
  t.strictSame(placeOf(toNull, '--json'), { how: 'in-place', file: toNull, adds: true });
  t.notOk(isStandardOutput(file));
  t.end();
});
