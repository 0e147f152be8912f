/** Which judge decides which requirement, and from which scenarios' traces. What is not here is not implemented. */
import { acc01, acc02, acc03, acc04, acc05, acc06, acc07 } from './acc.js';
import { core01, core02, core03, core04, core05, core06 } from './core.js';
import { disc01, disc02, disc03, disc04 } from './disc.js';
import { err01, err02, err03, err04, err05, err06, err07, err08, err09, err10 } from './err.js';
import type { JudgeEntry } from './judge.js';
import { mode01, mode02, mode03, mode04, mode05, mode06, mode07 } from './mode.js';
import { sec01, sec02, sec04, sec06, sec08, sec09 } from './sec.js';
import { stat01, stat02, stat03, stat04, stat05, stat06, stat14, stat15 } from './status-body.js';
import { stat07, stat08, stat09, stat10, stat11, stat12, stat13 } from './status-http.js';

/** Scenarios that follow an accepted request from its 202 to its end. */
const followed = ['async-create', 'async-bulk'];

export const judges: ReadonlyMap<string, JudgeEntry> = new Map<string, JudgeEntry>([
  ['CORE-01', { from: ['discovery'], judge: core01 }],
  ['CORE-02', { from: ['resource-lifecycle'], judge: core02 }],
  ['CORE-03', { from: ['resource-lifecycle', 'async-write'], judge: core03 }],
  ['CORE-04', { from: 'every', judge: core04 }],
  ['CORE-05', { from: ['synchronous-bulk'], judge: core05 }],
  ['CORE-06', { from: ['filter-by-user-name'], judge: core06 }],
  ['DISC-01', { from: ['discovery'], judge: disc01 }],
  ['DISC-02', { from: followed, judge: disc02 }],
  ['DISC-03', { from: ['discovery'], judge: disc03 }],
  ['DISC-04', { from: ['prefer-where-none'], judge: disc04 }],
  ['MODE-01', { from: [...followed, 'submissions-together'], judge: mode01 }],
  ['MODE-02', { from: ['resource-lifecycle', 'synchronous-bulk', 'mode-values', 'mode-on-read'], judge: mode02 }],
  ['MODE-03', { from: ['mode-spelling'], judge: mode03 }],
  ['MODE-04', { from: ['mode-values'], judge: mode04 }],
  ['MODE-05', { from: [...followed, 'async-write'], judge: mode05 }],
  ['MODE-06', { from: ['mode-on-read'], judge: mode06 }],
  ['MODE-07', { from: ['async-write'], judge: mode07 }],
  ['ACC-01', { from: [...followed, 'submissions-together', 'async-write'], judge: acc01 }],
  ['ACC-02', { from: [...followed, 'async-write'], judge: acc02 }],
  ['ACC-03', { from: [...followed, 'async-write'], judge: acc03 }],
  ['ACC-04', { from: ['submissions-together'], judge: acc04 }],
  ['ACC-05', { from: ['async-create', 'request-id'], judge: acc05 }],
  ['ACC-06', { from: [...followed, 'async-write'], judge: acc06 }],
  ['ACC-07', { from: ['acceptance-before-work'], judge: acc07 }],
  ['STAT-01', { from: [...followed, 'async-write'], judge: stat01 }],
  ['STAT-02', { from: [...followed, 'async-write'], judge: stat02 }],
  ['STAT-03', { from: [...followed, 'async-write'], judge: stat03 }],
  ['STAT-04', { from: [...followed, 'async-write'], judge: stat04 }],
  ['STAT-05', { from: [...followed, 'async-write'], judge: stat05 }],
  ['STAT-06', { from: [...followed, 'async-write'], judge: stat06 }],
  ['STAT-07', { from: [...followed, 'status-representations'], judge: stat07 }],
  ['STAT-08', { from: ['async-create'], judge: stat08 }],
  ['STAT-09', { from: ['status-of-unknown'], judge: stat09 }],
  ['STAT-10', { from: ['status-methods'], judge: stat10 }],
  ['STAT-11', { from: [...followed, 'acceptance-before-work'], judge: stat11 }],
  ['STAT-12', { from: ['passwords'], judge: stat12 }],
  ['STAT-13', { from: [...followed, 'status-representations'], judge: stat13 }],
  ['STAT-14', { from: [...followed, 'async-write'], judge: stat14 }],
  ['STAT-15', { from: [...followed, 'async-write'], judge: stat15 }],
  ['ERR-01', { from: 'every', judge: err01 }],
  ['ERR-02', { from: ['malformed-json'], judge: err02 }],
  ['ERR-03', { from: ['invalid-user'], judge: err03 }],
  ['ERR-04', { from: ['wrong-content-type'], judge: err04 }],
  ['ERR-05', { from: 'every', judge: err05 }],
  ['ERR-06', { from: ['duplicate-user'], judge: err06 }],
  ['ERR-07', { from: ['unknown-resource'], judge: err07 }],
  ['ERR-08', { from: 'every', judge: err08 }],
  ['ERR-09', { from: ['fuzz', 'hostile-ids', 'malformed-json'], judge: err09 }],
  ['ERR-10', { from: ['refused-at-once'], judge: err10 }],
  ['SEC-01', { from: ['without-credential'], judge: sec01 }],
  ['SEC-02', { from: ['bad-credential'], judge: sec02 }],
  ['SEC-04', { from: ['original-request-id'], judge: sec04 }],
  ['SEC-06', { from: ['hostile-ids'], judge: sec06 }],
  ['SEC-08', { from: 'every', judge: sec08 }],
  ['SEC-09', { from: [...followed, 'async-write'], judge: sec09 }],
]);
