/** Which judge decides which requirement, and from which scenarios' traces. What is not here is not implemented. */
import { acc01, acc02, acc03, acc04, acc05, acc06, acc07 } from './acc.js';
import { bulk02, bulk05 } from './bulk-references.js';
import { bulk01, bulk03, bulk04, bulk06, oddBulks } from './bulk.js';
import { core03 } from './core-agreement.js';
import { core01, core02, core04, core05, core06 } from './core.js';
import { disc01, disc02, disc03, disc04 } from './disc.js';
import { evt01, evt02, evt06, evt09 } from './evt.js';
import { evt03, evt04, evt05 } from './evt-completion.js';
import { evt07, evt08 } from './evt-delivery.js';
import { err01, err02, err03, err04, err05, err06, err07, err08, err09, err10 } from './err.js';
import { cncl01, idem01, idem02, idem03, tok01, tok02, tok03 } from './features.js';
import { together, type Judge, type JudgeEntry } from './judge.js';
import { alike } from './life-alike.js';
import { appliedAtAll, besideEachOther } from './life-applied.js';
import { bulk07, foreignWords, life04, life05, life06, life08 } from './life-effects.js';
import { life01, life02, life03, life07, life09, life10 } from './life.js';
import { mode01, mode02, mode03, mode04, mode05, mode06, mode07 } from './mode.js';
import { pref01, pref02, pref03, pref04, pref05, pref06, pref07, pref08, pref09 } from './pref.js';
import { rate01, rate02, rate03, rate04, rate05, rate06, rate07, rate08, rate09 } from './rate.js';
import { sec03, sec05, sec07 } from './sec-access.js';
import { sec01, sec02, sec04, sec06, sec08, sec09 } from './sec.js';
import { stat01, stat02, stat03, stat04, stat05, stat06, stat14, stat15 } from './status-body.js';
import { stat07, stat08, stat09, stat10, stat11, stat12, stat13 } from './status-http.js';

/** Scenarios that follow an accepted request from its 202 to its end. */
const followed = ['async-create', 'async-bulk'];

/** Scenarios of random or many requests in flight together. */
const crowded = ['interleaving', 'many-at-once', 'bulks-together'];

/** Scenarios of bulk requests that are done to their end. */
const bulks = [
  'async-bulk',
  'bulk-mixed',
  'bulk-graph',
  'bulk-ids-shared',
  'bulk-circle',
  'bulk-order',
  'bulks-together',
  'fail-on-errors',
];

/**
 * Scenarios that follow accepted requests to their end, whatever they are about: what holds for every status resource
 * is judged in all of them, because a provider may keep it for plain requests and not for odd ones. The burst is
 * RATE's own, and what an odd bulk request comes to is left open.
 */
const settling = [
  ...new Set([
    ...followed,
    ...crowded,
    ...bulks,
    'acceptance-before-work',
    'async-write',
    'bulk-limits',
    'cancel',
    'each-effect',
    'failed-effects',
    'same-as-synchronous',
    'read-while-processing',
    'submissions-together',
    'synchronous-meanwhile',
  ]),
];

/** Scenarios that write with `Prefer: respond-async`, whatever it is about. */
const preferring = ['prefer-write', 'prefer-bulk', 'prefer-spelling', 'prefer-accept', 'prefer-wait'];

/** Those, and the ones of both bindings that follow what they ask to its end. */
const answered = [
  ...preferring,
  'event-poll',
  'event-push',
  ...settling.filter(
    (name) => ![...followed, 'async-write', 'submissions-together', 'acceptance-before-work', 'cancel'].includes(name),
  ),
];

const effects = ['each-effect', 'failed-effects', 'interleaving', 'many-at-once', 'bulk-order'];

/** Bulk requests that create, and look for what they created. */
const created = ['bulk-mixed', 'bulk-graph', 'bulks-together'];

/** A judge that has another rule for one scenario. */
const except =
  (scenario: string, special: Judge, usual: Judge): Judge =>
  (trace) =>
    trace.trace.scenario === scenario ? special(trace) : usual(trace);

export const judges: ReadonlyMap<string, JudgeEntry> = new Map<string, JudgeEntry>([
  ['CORE-01', { from: ['discovery'], judge: core01 }],
  ['CORE-02', { from: ['resource-lifecycle'], judge: core02 }],
  ['CORE-03', { from: ['resource-lifecycle', 'async-write'], judge: core03 }],
  ['CORE-04', { from: 'every', judge: core04, looksAt: 'any' }],
  ['CORE-05', { from: ['synchronous-bulk'], judge: core05 }],
  ['CORE-06', { from: ['filter-by-user-name'], judge: core06 }],
  ['DISC-01', { from: ['discovery'], judge: disc01 }],
  ['DISC-02', { from: followed, judge: disc02 }],
  ['DISC-03', { from: ['discovery'], judge: disc03 }],
  ['DISC-04', { from: ['prefer-as-advertised'], judge: disc04 }],
  ['MODE-01', { from: [...followed, 'submissions-together'], judge: mode01 }],
  [
    'MODE-02',
    {
      from: ['resource-lifecycle', 'synchronous-bulk', 'mode-values', 'mode-on-read', 'request-id-reused'],
      judge: mode02,
      looksAt: 'any',
    },
  ],
  ['MODE-03', { from: ['mode-spelling'], judge: mode03 }],
  ['MODE-04', { from: ['mode-values'], judge: mode04 }],
  ['MODE-05', { from: [...followed, 'async-write'], judge: mode05 }],
  ['MODE-06', { from: ['mode-on-read'], judge: mode06 }],
  ['MODE-07', { from: ['async-write'], judge: mode07 }],
  ['ACC-01', { from: settling, judge: acc01 }],
  ['ACC-02', { from: [...followed, 'async-write'], judge: acc02 }],
  ['ACC-03', { from: [...followed, 'async-write'], judge: acc03 }],
  ['ACC-04', { from: ['submissions-together'], judge: acc04 }],
  ['ACC-05', { from: ['async-create', 'request-id'], judge: acc05 }],
  ['ACC-06', { from: [...followed, 'async-write'], judge: acc06 }],
  ['ACC-07', { from: ['acceptance-before-work'], judge: acc07 }],
  ['STAT-01', { from: settling, judge: stat01 }],
  ['STAT-02', { from: settling, judge: stat02 }],
  ['STAT-03', { from: settling, judge: stat03 }],
  ['STAT-04', { from: settling, judge: stat04 }],
  ['STAT-05', { from: settling, judge: stat05 }],
  ['STAT-06', { from: settling, judge: stat06 }],
  ['STAT-07', { from: [...followed, 'status-representations'], judge: stat07, looksAt: 'any' }],
  ['STAT-08', { from: ['async-create'], judge: stat08 }],
  ['STAT-09', { from: ['status-of-unknown'], judge: stat09 }],
  ['STAT-10', { from: ['status-methods'], judge: stat10 }],
  ['STAT-11', { from: settling, judge: stat11 }],
  ['STAT-12', { from: ['passwords'], judge: stat12, looksAt: 'any' }],
  ['STAT-13', { from: [...settling, 'status-representations'], judge: stat13 }],
  ['STAT-14', { from: settling, judge: stat14 }],
  ['STAT-15', { from: settling, judge: stat15 }],
  ['LIFE-01', { from: 'every', judge: life01 }],
  ['LIFE-02', { from: settling, judge: life02 }],
  ['LIFE-03', { from: settling, judge: life03 }],
  [
    'LIFE-04',
    { from: [...effects, ...created, 'same-as-synchronous'], judge: except('same-as-synchronous', alike, life04) },
  ],
  ['LIFE-05', { from: [...effects, 'bulk-mixed'], judge: life05 }],
  [
    'LIFE-06',
    {
      from: [...effects, ...created, 'patches-beside-each-other', 'same-as-synchronous', 'request-id-shared'],
      judge: except(
        'patches-beside-each-other',
        besideEachOther,
        except(
          'same-as-synchronous',
          appliedAtAll,
          except('each-effect', (trace) => together(life06(trace), appliedAtAll(trace)), life06),
        ),
      ),
    },
  ],
  ['LIFE-07', { from: crowded, judge: (trace) => together(life07(trace), foreignWords(trace)) }],
  ['LIFE-08', { from: ['read-while-processing', 'interleaving'], judge: life08 }],
  ['LIFE-09', { from: ['synchronous-meanwhile'], judge: life09 }],
  ['LIFE-10', { from: settling, judge: life10 }],
  ['BULK-01', { from: ['async-bulk', 'bulk-mixed', 'bulk-odd'], judge: except('bulk-odd', oddBulks, bulk01) }],
  ['BULK-02', { from: ['bulk-graph', 'bulk-ids-shared'], judge: bulk02 }],
  ['BULK-03', { from: ['fail-on-errors'], judge: bulk03 }],
  ['BULK-04', { from: ['bulk-limits'], judge: bulk04 }],
  ['BULK-05', { from: ['bulk-graph', 'bulk-circle'], judge: bulk05 }],
  ['BULK-06', { from: [...bulks, 'cancel'], judge: bulk06 }],
  ['BULK-07', { from: ['bulk-order', 'read-while-processing', 'interleaving'], judge: bulk07 }],
  ['ERR-01', { from: 'every', judge: err01 }],
  ['ERR-02', { from: ['malformed-json'], judge: err02 }],
  ['ERR-03', { from: ['invalid-user'], judge: err03 }],
  ['ERR-04', { from: ['wrong-content-type'], judge: err04, looksAt: 'any' }],
  ['ERR-05', { from: 'every', judge: err05 }],
  ['ERR-06', { from: ['duplicate-user'], judge: err06 }],
  ['ERR-07', { from: ['unknown-resource'], judge: err07 }],
  ['ERR-08', { from: 'every', judge: err08, looksAt: 'any' }],
  ['ERR-09', { from: 'every', judge: err09, first: 'wrong-bodies', looksAt: 'any' }],
  ['ERR-10', { from: ['refused-at-once'], judge: err10 }],
  ['RATE-01', { from: 'every', judge: rate01, first: 'burst' }],
  ['RATE-02', { from: 'every', judge: rate02, first: 'burst' }],
  ['RATE-03', { from: 'every', judge: rate03, first: 'burst', looksAt: 'any' }],
  ['RATE-04', { from: ['burst'], judge: rate04 }],
  ['RATE-05', { from: ['burst'], judge: rate05 }],
  ['RATE-06', { from: ['burst'], judge: rate06 }],
  ['RATE-07', { from: ['burst'], judge: rate07 }],
  ['RATE-08', { from: 'every', judge: rate08, first: 'burst' }],
  ['RATE-09', { from: ['burst'], judge: rate09 }],
  ['SEC-01', { from: ['without-credential'], judge: sec01, looksAt: 'any' }],
  ['SEC-02', { from: ['bad-credential'], judge: sec02, looksAt: 'any' }],
  ['SEC-03', { from: ['foreign-status'], judge: sec03, looksAt: 'any' }],
  ['SEC-04', { from: ['original-request-id'], judge: sec04, looksAt: 'any' }],
  ['SEC-05', { from: ['many-at-once'], judge: sec05 }],
  ['SEC-06', { from: ['hostile-ids'], judge: sec06, looksAt: 'any' }],
  ['SEC-07', { from: ['discovery', 'resource-lifecycle', 'async-create'], judge: sec07 }],
  ['SEC-08', { from: 'every', judge: sec08, looksAt: 'any' }],
  ['SEC-09', { from: [...followed, 'async-write', 'prefer-write'], judge: sec09, looksAt: 'any' }],
  ['IDEM-01', { from: ['safe-retry'], judge: idem01 }],
  ['IDEM-02', { from: ['request-id-reused'], judge: idem02 }],
  ['IDEM-03', { from: ['request-id-shared'], judge: idem03 }],
  ['TOK-01', { from: ['status-token'], judge: tok01 }],
  ['TOK-02', { from: ['status-token'], judge: tok02 }],
  ['TOK-03', { from: ['status-token'], judge: tok03 }],
  ['PREF-01', { from: preferring.filter((name) => name !== 'prefer-accept'), judge: pref01 }],
  ['PREF-02', { from: [...preferring, 'many-at-once'], judge: pref02 }],
  ['PREF-03', { from: [...preferring, 'many-at-once'], judge: pref03 }],
  ['PREF-04', { from: [...preferring, 'many-at-once'], judge: pref04 }],
  ['PREF-05', { from: ['prefer-write', 'prefer-bulk', 'many-at-once'], judge: pref05 }],
  ['PREF-06', { from: ['prefer-accept'], judge: pref06 }],
  ['PREF-07', { from: ['prefer-wait'], judge: pref07 }],
  ['PREF-08', { from: ['result-access'], judge: pref08, looksAt: 'any' }],
  [
    'PREF-09',
    { from: ['resource-lifecycle', 'synchronous-bulk', 'event-poll', 'event-push'], judge: pref09, looksAt: 'any' },
  ],
  ['EVT-01', { from: answered, judge: evt01 }],
  ['EVT-02', { from: answered, judge: evt02 }],
  ['EVT-03', { from: answered, judge: evt03 }],
  ['EVT-04', { from: answered, judge: evt04 }],
  ['EVT-05', { from: answered, judge: evt05 }],
  ['EVT-06', { from: ['event-poll', 'event-push', 'prefer-write'], judge: evt06 }],
  ['EVT-07', { from: ['event-poll'], judge: evt07 }],
  ['EVT-08', { from: ['event-push'], judge: evt08 }],
  ['EVT-09', { from: answered, judge: evt09 }],
  ['CNCL-01', { from: ['cancel'], judge: cncl01 }],
]);
