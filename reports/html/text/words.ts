/** The names of outcomes, verdicts and groups in the report, and the format of numbers. */
import type { Outcome, Verdict } from '../../../schemas/types.js';

export interface OutcomeWords {
  readonly outcome: Outcome;
  readonly sign: string;
  readonly name: string;
  /** Heading above all requirements with this outcome. */
  readonly heading: string;
  readonly meaning: string;
}

/** The most urgent first. */
export const outcomes: readonly OutcomeWords[] = [
  {
    outcome: 'fail',
    sign: '✗',
    name: 'fail',
    heading: 'Failed',
    meaning:
      'A MUST is not met. The failure was confirmed on fresh resources and reduced to the smallest input that shows it.',
  },
  {
    outcome: 'harness-error',
    sign: '✗',
    name: 'tool error',
    heading: 'Errors of this tool',
    meaning: 'An error of scim-conformance. It says nothing about the target.',
  },
  {
    outcome: 'warning',
    sign: '!',
    name: 'warning',
    heading: 'Warnings',
    meaning: 'A SHOULD is not met.',
  },
  {
    outcome: 'inconclusive',
    sign: '?',
    name: 'inconclusive',
    heading: 'Inconclusive',
    meaning: 'It could not be tested, or a failure was seen that did not happen again (flaky).',
  },
  {
    outcome: 'ambiguous',
    sign: '≈',
    name: 'ambiguous',
    heading: 'Ambiguous',
    meaning: 'The text of the standard leaves this open. It is never a failure.',
  },
  {
    outcome: 'skip',
    sign: '–',
    name: 'skip',
    heading: 'Skipped',
    meaning: 'It does not apply, is not advertised, or needs something that was not given.',
  },
  {
    outcome: 'not-implemented',
    sign: '○',
    name: 'not implemented',
    heading: 'Not implemented',
    meaning: 'This version has no judge for it.',
  },
  {
    outcome: 'pass',
    sign: '✓',
    name: 'pass',
    heading: 'Passed',
    meaning: 'It was tested, and nothing wrong was found.',
  },
];

const byOutcome = new Map(outcomes.map((words) => [words.outcome, words]));

export const wordsOf = (outcome: Outcome): OutcomeWords => {
  const words = byOutcome.get(outcome);
  if (words === undefined) throw new Error(`there is no outcome ${outcome}`);
  return words;
};

export const verdictWords: Readonly<
  Record<Verdict, { readonly name: string; readonly tone: 'good' | 'bad' | 'open' }>
> = {
  conformant: { name: 'Conformant', tone: 'good' },
  'non-conformant': { name: 'Not conformant', tone: 'bad' },
  inconclusive: { name: 'Inconclusive', tone: 'open' },
  'not-testable': { name: 'Not testable', tone: 'open' },
  unreachable: { name: 'Unreachable', tone: 'open' },
  error: { name: 'Error of this tool', tone: 'bad' },
  interrupted: { name: 'Interrupted', tone: 'open' },
};

/** The subjects of the groups of docs/profile.md §4. A group that is missing here is shown by its short name alone. */
const groups: Readonly<Record<string, string>> = {
  CORE: 'synchronous SCIM',
  DISC: 'discovery',
  MODE: 'request mode',
  ACC: 'acceptance',
  STAT: 'status resource',
  LIFE: 'lifecycle',
  BULK: 'asynchronous bulk',
  ERR: 'errors',
  RATE: 'rate limits',
  SEC: 'security',
  IDEM: 'safe retries',
  PREF: 'respond-async',
  EVT: 'event tokens',
  TOK: 'status token',
  ROLL: 'rollback',
  PRIO: 'priority',
  CKPT: 'checkpoints',
  CNCL: 'cancelling',
  XFRM: 'transform rules',
  CONF: 'conflicts',
  AUD: 'audit trail',
  HOOK: 'webhooks',
  MSGQ: 'message queue',
};

export const groupSubject = (group: string): string | undefined => groups[group];

const whole = new Intl.NumberFormat('en');
const oneDigit = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

export const number = (value: number): string => (Number.isInteger(value) ? whole : oneDigit).format(value);

/** `1 request`, `2 requests`. */
export const countOf = (count: number, noun: string): string => `${number(count)} ${noun}${count === 1 ? '' : 's'}`;

export const duration = (milliseconds: number): string => {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 120_000) return `${oneDigit.format(milliseconds / 1000)} s`;
  return `${Math.floor(milliseconds / 60_000)} min ${Math.round((milliseconds % 60_000) / 1000)} s`;
};

const days = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'medium', timeZone: 'UTC' });

export const dateTime = (iso: string): string => {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : `${days.format(date)} UTC`;
};

/** Words that a new reader cannot know. */
export const glossary: readonly (readonly [word: string, meaning: string])[] = [
  [
    'the paper',
    '«Asynchronous SCIM Profile for Security Event Tokens» (Dixit, Jangid, 2024): X-SCIM-Request-Mode, 202, status resource.',
  ],
  [
    'profile',
    'The catalogue of requirements in docs/profile.md of scim-conformance, taken from the paper and the RFCs. A source such as «D3» is a decision of the profile, because the paper says nothing about it.',
  ],
  [
    'binding',
    'A way to ask for asynchronous processing: request-mode (the paper) or respond-async (RFC 9967, Prefer: respond-async).',
  ],
  ['exercise', 'One execution of a scenario: a few requests that belong together, on fresh resources.'],
  ['observation', 'One thing that a requirement was checked on, such as one response or one status resource.'],
  [
    'poll',
    'A GET of a status resource or a result, or a request for events, while an asynchronous request is in progress.',
  ],
  ['path', 'The name of one exercise with its input: --seed and --path run the same exercise again.'],
];
