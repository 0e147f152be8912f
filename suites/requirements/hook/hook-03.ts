/**
 * HOOK-03. No field is named for the id of a delivery, so that any field or member counts that is the same at all tries of one
 * delivery and another at those of the next.
 */
import { header } from '../../../schemas/names.js';
import type { Exchange } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, judgeEach, type Judgement, together } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { webhookSteps } from '../../scenarios/integration/webhook-blocks.js';
import { webhookRetries } from '../../scenarios/integration/webhook-retries.js';
import { readDateTime } from '../../trace/date-time.js';
import { readJson } from '../../trace/json.js';
import { isObject } from '../../trace/message.js';
import { isStep } from '../../trace/step.js';
import { createdIn, isAccepted, type Created } from './deliveries.js';

const codes = {
  'not-tried-again': 'a delivery that failed is not tried again',
  'waits-not-growing': 'the waits between the tries of a delivery do not grow',
  'delivery-id-unstable':
    'no field and no member is the same at all tries of a delivery and differs between deliveries',
};

type Code = keyof typeof codes;

/** A later wait has to be longer than the first by so much, because clocks and networks are not exact. */
const growth = 1.1;

/** With fewer waits, chance may have made a later one shorter. */
const fewestWaits = 3;

const judgeAgain = (trace: TraceView, { exchange, deliveries }: Created): Judgement<Code> => {
  const [first, second] = deliveries;
  if (first === undefined || isAccepted(first)) return together();
  const hasWaited = trace
    .answered('webhook')
    .some((removal) => isStep(removal, webhookSteps.removeAfterWaiting) && removal.n > first.n);
  if (second === undefined && !hasWaited) return together();
  return judgeEach([first], () =>
    second === undefined
      ? {
          code: 'not-tried-again',
          expected: 'another try of a delivery that was answered with 503 or not at all, within the deadline',
          actual: 'there was none',
          exchanges: [exchange, first],
        }
      : undefined,
  );
};

const judgeWaits = ({ deliveries }: Created): Judgement<Code> => {
  const accepted = deliveries.findIndex(isAccepted);
  const tries = accepted < 0 ? deliveries : deliveries.slice(0, accepted + 1);
  const [first = 0, ...later] = tries.slice(1).map(({ at }, index) => at - (tries[index]?.at ?? 0));
  return judgeEach(later.length + 1 >= fewestWaits ? [tries] : [], () =>
    Math.max(...later) > first * growth
      ? undefined
      : {
          code: 'waits-not-growing',
          expected: 'growing waits between the tries of a delivery',
          actual: `they are ${[first, ...later].map((wait) => `${Math.round(wait)} ms`).join(', ')}`,
          exchanges: [...tries],
        },
  );
};

/** Fields that depend on the body, on the time or on the connection: none of them is an id. */
const isNoId = (field: string): boolean =>
  field === header.signature.toLowerCase() || /signature|digest|^date$|^content-|^host$|^authorization$/.test(field);

/** Values by place: fields, and members of the body outside of attributes that hold a value of the user. */
const placesIn = ({ request }: Exchange, { userName, id }: Created): Map<string, string> => {
  // The id of a delivery may hold that of the user as a part of it.
  const isOwn = (value: string): boolean =>
    readDateTime(value) === undefined &&
    !/^(?:https?:\/)?\//i.test(value) &&
    value.toLowerCase() !== userName.toLowerCase() &&
    value !== id;
  const places = new Map<string, string>();
  const add = (place: string, value: unknown): void => {
    if (Array.isArray(value) || isObject(value))
      for (const [name, member] of Object.entries(value)) add(`${place}/${name}`, member);
    else if ((typeof value === 'string' || typeof value === 'number') && isOwn(String(value)))
      places.set(place, String(value));
  };
  for (const [name, value] of request.headers)
    if (!isNoId(name.toLowerCase())) add(`field ${name.toLowerCase()}`, value);
  add('body', readJson(request.body ?? ''));
  return places;
};

const hasStableId = (first: Created, second: Created): boolean => {
  const [tries, others] = [first, second].map((created) => created.deliveries.map((each) => placesIn(each, created)));
  const [known] = tries ?? [];
  return [...(known ?? [])].some(
    ([place, value]) =>
      (tries ?? []).every((each) => each.get(place) === value) &&
      (others ?? []).every(
        (each) => each.has(place) && each.get(place) !== value && each.get(place) === others?.[0]?.get(place),
      ),
  );
};

const judgeId = ([first, second]: readonly Created[]): Judgement<Code> => {
  if (first === undefined || second === undefined) return together();
  const shown = [...first.deliveries.slice(0, 2), ...second.deliveries.slice(0, 1)];
  const areTried = first.deliveries.length > 1 && second.deliveries.length > 0;
  return judgeEach(areTried ? [first] : [], (): Finding<Code> | undefined =>
    hasStableId(first, second)
      ? undefined
      : {
          code: 'delivery-id-unstable',
          expected: 'an id of the delivery, in a field or in the body, that stays the same when it is tried again',
          actual: 'every field and member changes with the tries, or is the same for two deliveries',
          exchanges: shown,
        },
  );
};

export const hook03 = defineRequirement({
  id: 'HOOK-03',
  since: '1.0',
  level: 'MUST',
  title:
    'a delivery answered with 5xx or not at all is tried again with growing waits; each carries a stable delivery id',
  source: cite('P-Use D'),
  needs: { binding: 'request-mode', feature: 'webhooks', delivery: 'webhook' },
  guide: {
    why: [
      'A receiver that is down for a minute must not lose events.',
      'It must not count an event twice either, and only an id that stays the same tells a repeated delivery from a new one.',
    ],
    tested: [
      'Two users are created while a webhook is registered. The suite answers the first three tries of the first delivery, and the first try of the second, with 503, and in another exercise not at all.',
      'Another try has to come within the deadline (`--deadline`).',
      'After three waits or more, one of the later waits has to be longer than the first.',
      'Some header field or member of the body has to be the same at all tries of one delivery, and different for the other. Signatures, dates and values of the user do not count.',
      'Inconclusive if nothing is delivered. Judged only if `features` lists `webhooks`.',
    ],
    fix: [
      'After a 5xx, a timeout or a closed connection, deliver again, and double the wait each time.',
      'Make the id of a delivery when the event happens, store it with the delivery, and send it with every try.',
    ],
  },
  codes,
  from: [webhookRetries],
  judge: (trace) => {
    const created = createdIn(trace);
    return together<Code>(
      ...created.map((each) => judgeAgain(trace, each)),
      ...created.map(judgeWaits),
      judgeId(created),
    );
  },
});
