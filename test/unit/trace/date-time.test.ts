import t from 'tap';
import { readDateTime } from '../../../suites/trace/date-time.js';

void t.test('an xsd:dateTime is read with and without fraction and time zone (RFC 7643 §2.3.5)', (t) => {
  t.strictSame(readDateTime('2026-01-31T10:00:00Z'), { at: Date.UTC(2026, 0, 31, 10), hasZone: true });
  t.strictSame(readDateTime('2026-01-31T10:00:00.25'), { at: Date.UTC(2026, 0, 31, 10, 0, 0, 250), hasZone: false });
  t.strictSame(readDateTime('2026-01-31T10:00:00.123456-05:30')?.at, Date.UTC(2026, 0, 31, 15, 30, 0, 123));
  t.strictSame(readDateTime('2026-01-31T24:00:00Z')?.at, Date.UTC(2026, 1, 1));
  t.strictSame(readDateTime('2028-02-29T00:00:00+14:00')?.at, Date.UTC(2028, 1, 28, 10));
  t.end();
});

void t.test('every other form is none', (t) => {
  for (const other of [
    '2026-01-31 10:00:00Z',
    '2026-01-31t10:00:00z',
    '2026-01-31T10:00Z',
    '2026-01-31T10:00:00+01',
    '2026-01-31T10:00:00+0100',
    '2026-01-31T10:00:00+15:00',
    '2026-01-31T24:00:01Z',
    '2026-01-31T10:00:60Z',
    '2026-02-29T10:00:00Z',
    '2026-04-31T10:00:00Z',
    '2026-01-31',
    'Sat Nov 28 2026 20:55:49',
    'Sat, 28 Nov 2026 20:55:49 GMT',
    '1795899349',
    1_795_899_349,
    null,
  ])
    t.equal(readDateTime(other), undefined, String(other));
  t.end();
});
