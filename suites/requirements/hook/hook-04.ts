/** HOOK-04. It is judged only if something was delivered before the DELETE: otherwise nothing could stop. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, judgeEach, together } from '../../judging/judge.js';
import { webhookSteps } from '../../scenarios/integration/webhook-blocks.js';
import { webhookRemoval } from '../../scenarios/integration/webhook-removal.js';
import { isNotFound } from '../../trace/answers.js';
import type { Answered } from '../../trace/trace.js';
import { createdIn, endOf, type Created } from './deliveries.js';

const codes = {
  'removal-refused': 'DELETE of a registration is refused',
  'delivered-after-removal': 'an event that happened after the DELETE is delivered',
  'tried-again-after-removal': 'a delivery is tried again after the DELETE',
};

type Code = keyof typeof codes;

/** Milliseconds in which a try that had begun before the DELETE may still arrive. */
const underWayMs = 500;

const judgeUser = (removal: Answered, { exchange, deliveries }: Created): Finding<Code> | undefined => {
  const isLater = exchange.n > removal.n;
  const end = endOf(removal) + (isLater ? 0 : underWayMs);
  const late = deliveries.find(({ n, at }) => n > removal.n && at > end);
  if (late === undefined) return undefined;
  return {
    code: isLater ? 'delivered-after-removal' : 'tried-again-after-removal',
    expected: 'no delivery after the DELETE of the registration',
    actual: isLater ? 'a user who was created after it is delivered' : 'an earlier delivery is tried again',
    exchanges: isLater ? [removal, exchange, late] : [exchange, removal, late],
  };
};

export const hook04 = defineRequirement({
  id: 'HOOK-04',
  since: '1.0',
  level: 'MUST',
  title: 'DELETE of the registration stops deliveries',
  source: cite('P-Use D'),
  needs: { binding: 'request-mode', feature: 'webhooks', delivery: 'webhook' },
  guide: {
    why: ['Deliveries after the end go to a receiver that should not get personal data any more.'],
    tested: [
      'While a delivery is being repeated because the suite answers 503, DELETE is sent to the `Location` of the registration, and another user is created.',
      'The DELETE has to succeed. Afterwards nothing may be delivered: neither the new event nor another try of the old one. A try that arrives within half a second may have been under way.',
      'Judged only if `features` lists `webhooks`, and if something was delivered before.',
    ],
    fix: [
      'Check before each try, also before a retry, that the registration still exists, or delete the waiting deliveries with it.',
    ],
  },
  codes,
  from: [webhookRemoval],
  judge: (trace) => {
    const removals = trace.variant(webhookSteps.remove, 'webhook');
    const told = removals.filter((removal) => trace.webhookDeliveries().some(({ n }) => n < removal.n));
    return together<Code>(
      judgeEach(told, (removal) =>
        removal.response.status < 300 || isNotFound(removal)
          ? undefined
          : {
              code: 'removal-refused',
              expected: 'success of a DELETE of the registration',
              actual: `the answer is ${removal.response.status}`,
              exchanges: [removal],
            },
      ),
      ...told
        .filter(({ response }) => response.status < 300)
        .map((removal) => judgeEach(createdIn(trace), (created) => judgeUser(removal, created))),
    );
  },
});
