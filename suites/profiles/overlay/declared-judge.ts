/** Makes a judge of what a profile file declares: the messages that it selects, and the rule that they have to keep. */
import type { BodyRule, DeclaredRequirement, ExchangeRule, FieldRule, HistoryRule } from '../../../schemas/types.js';
import { RuleError } from '../../errors/errors.js';
import { judgeEach, type Judge, type Judgement } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { requestJson, responseHeader, responseJson } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';
import { decide } from './ask-rule.js';
import { grammarNames, isOfGrammar } from './field-grammar.js';
import { messageOf } from './message.js';
import type { OnWire } from './on-wire.js';
import { historiesOf, messagesOf } from './select-messages.js';

/** The codes of each kind of rule, with what the provider does wrong. */
export const codesOf = {
  body: { 'body-invalid': 'The body is missing, is no JSON, or does not match the JSON Schema of the requirement.' },
  field: {
    'field-missing': 'The response lacks the header field.',
    'field-invalid': 'The header field has a value of another form.',
  },
  exchange: { 'rule-broken': 'The expression of the requirement is false for an exchange.' },
  history: { 'rule-broken': 'The expression of the requirement is false for an accepted request and its status.' },
} as const;

type Code = { [Kind in keyof typeof codesOf]: keyof (typeof codesOf)[Kind] }[keyof typeof codesOf];

interface Asked {
  readonly declared: DeclaredRequirement;
  readonly view: TraceView;
  readonly onWire: OnWire;
}

/** A selected exchange of the trace, and how a rule sees it. */
interface Selected {
  readonly exchange: Answered;
  readonly seen: Answered;
}

const selected = ({ view, declared, onWire }: Asked): readonly Selected[] =>
  messagesOf(view, declared.on, onWire).map((exchange) => ({
    exchange,
    seen: onWire.exchange(exchange, view.target.baseUrl),
  }));

/** What the suite sends is not the target's doing: then the schema or the suite is wrong. */
const judgeRequests = (asked: Asked, { schema }: BodyRule): Judgement<Code> => {
  const all = selected(asked);
  const rulings = decide(
    { by: 'schema', schema },
    all.map(({ seen }) => requestJson(seen)),
  );
  const broken = rulings.findIndex(({ holds }) => !holds);
  if (broken === -1) return { exercised: all.length, findings: [] };
  const { method = '', url = '' } = all[broken]?.seen.request ?? {};
  throw new RuleError(
    'request-invalid',
    `the suite sends a request that does not match the schema: ${method} ${url}: ${rulings[broken]?.why ?? ''}`,
  );
};

const judgeResponses = (asked: Asked, { schema }: BodyRule): Judgement<Code> => {
  const all = selected(asked);
  const parsed = all.filter(({ seen }) => responseJson(seen) !== undefined);
  const rulings = decide(
    { by: 'schema', schema },
    parsed.map(({ seen }) => responseJson(seen)),
  );
  const rulingOf = new Map(parsed.map((each, place) => [each, rulings[place]]));
  return judgeEach(all, (each) => {
    const ruling = rulingOf.get(each);
    if (ruling?.holds === true) return undefined;
    const unparsed = each.seen.response.body === '' ? 'there is no body' : 'it is no JSON';
    return {
      code: 'body-invalid',
      expected: `a body that matches the JSON Schema of ${asked.declared.id}`,
      actual: ruling === undefined ? unparsed : (ruling.why ?? 'it does not match'),
      exchanges: [each.exchange],
    };
  });
};

const judgeFields = (asked: Asked, { name, required = true, pattern, grammar }: FieldRule): Judgement<Code> => {
  const judged = selected(asked)
    .map(({ exchange, seen }) => ({ exchange, value: responseHeader(seen, name) }))
    .filter(({ value }) => required || value !== undefined);
  const values = judged.flatMap(({ value }) => value ?? []);
  const rulings = pattern === undefined ? [] : decide({ by: 'pattern', pattern }, values);
  const unmatched = new Set(values.filter((_, place) => rulings[place]?.holds === false));
  return judgeEach(judged, ({ exchange, value }) => {
    if (value === undefined)
      return { code: 'field-missing', expected: `a field ${name}`, actual: 'there is none', exchanges: [exchange] };
    const form =
      grammar !== undefined && !isOfGrammar[grammar](value)
        ? `with ${grammarNames[grammar]}`
        : unmatched.has(value)
          ? `that matches /${pattern ?? ''}/u`
          : undefined;
    return form === undefined
      ? undefined
      : {
          code: 'field-invalid',
          expected: `a field ${name} ${form}`,
          actual: `it is «${value}»`,
          exchanges: [exchange],
        };
  });
};

interface Item {
  readonly value: unknown;
  readonly exchanges: readonly Answered[];
}

const exchangeItems = (asked: Asked): Item[] =>
  selected(asked).map(({ exchange, seen }) => ({
    value: messageOf(seen, asked.view.target.baseUrl),
    exchanges: [exchange],
  }));

const historyItems = ({ view, declared, onWire }: Asked): Item[] => {
  const { baseUrl } = view.target;
  const seen = (exchange: Answered) => messageOf(onWire.exchange(exchange, baseUrl), baseUrl);
  return historiesOf(view, declared.on, onWire).map(({ binding, submission, reads }) => ({
    value: { submission: { binding, ...seen(submission) }, reads: reads.map(seen) },
    exchanges: [submission, ...reads],
  }));
};

const judgeExpression = (
  { declared: { title } }: Asked,
  { expression }: ExchangeRule | HistoryRule,
  items: readonly Item[],
): Judgement<Code> => {
  const rulings = decide(
    { by: 'expression', expression },
    items.map(({ value }) => value),
  );
  return judgeEach(items, ({ exchanges }, place) =>
    rulings[place]?.holds === true
      ? undefined
      : { code: 'rule-broken', expected: `that ${title}`, actual: `«${expression}» is false`, exchanges },
  );
};

/** The judge of a declared requirement. It throws RuleError if its rule decides nothing. */
export const declaredJudge =
  (declared: DeclaredRequirement, onWire: OnWire): Judge<Code> =>
  (view) => {
    const { rule } = declared;
    const asked = { declared, view, onWire };
    switch (rule.kind) {
      case 'body':
        return rule.of === 'request' ? judgeRequests(asked, rule) : judgeResponses(asked, rule);
      case 'field':
        return judgeFields(asked, rule);
      case 'exchange':
        return judgeExpression(asked, rule, exchangeItems(asked));
      case 'history':
        return judgeExpression(asked, rule, historyItems(asked));
    }
  };
