/**
 * HOOK-02. The profile does not say how the body of a delivery is made up, so the judge looks for values in it: those of the
 * chosen attributes, and those of attributes that were not chosen.
 */
import { createHmac } from 'node:crypto';
import { header } from '../../../schemas/names.js';
import type { Exchange } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { clip } from '../../judging/describe.js';
import { type Finding, judgeEach, type Judgement, together } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { webhookDeliveries } from '../../scenarios/integration/webhook-deliveries.js';
import { atPath, headerValue, requestJson, responseObject } from '../../trace/message.js';
import { createdIn, holds, registrationIn, type Created } from './deliveries.js';

const codes = {
  'not-delivered': 'some events are delivered to a webhook, and others of the same type are not',
  'delivered-otherwise': 'a delivery is no POST',
  'chosen-attribute-missing': 'a delivery lacks an attribute that was chosen',
  'other-attribute-delivered': 'a delivery holds an attribute that was not chosen',
  'other-event-delivered': 'an event of another type than that of the webhook is delivered',
  'signature-missing': 'a delivery has no X-SCIM-Signature',
  'signature-wrong': 'X-SCIM-Signature of a delivery is not sha256= and the HMAC of its body in hexadecimal',
};

type Code = keyof typeof codes;

/** Bodies in which something was replaced, or that are no text, are not as they were sent. */
const isAsSent = ({ request: { body = '' } }: Exchange): boolean => !/\{\{|\ufffd/.test(body);

const findWrongSignature = (delivery: Exchange, secret: string): Finding<Code> | undefined => {
  const field = headerValue(delivery.request.headers, header.signature);
  const expected = 'X-SCIM-Signature: sha256= and the HMAC of the raw body with the secret, in hexadecimal';
  if (field === undefined)
    return { code: 'signature-missing', expected, actual: 'the field is absent', exchanges: [delivery] };
  const right = createHmac('sha256', secret)
    .update(delivery.request.body ?? '')
    .digest('hex');
  return !isAsSent(delivery) || field.toLowerCase() === `sha256=${right}`
    ? undefined
    : { code: 'signature-wrong', expected, actual: `it is ${clip(field)}`, exchanges: [delivery] };
};

/** The names of a user that the webhook does not ask for: a word that occurs nowhere else. */
const otherWord = (trace: TraceView): string | undefined => {
  const words = trace.answered('create').map((exchange) => atPath(requestJson(exchange), 'name.familyName'));
  return words.find((word): word is string => typeof word === 'string');
};

const findWrongContent = (delivery: Exchange, { userName, id }: Created, word: string | undefined): Finding<Code>[] => {
  const exchanges = [delivery];
  const missing = [
    ...(holds(delivery, userName) ? [] : ['userName']),
    ...(id === undefined || holds(delivery, id) ? [] : ['id']),
  ];
  return [
    ...missing.map((name) => ({
      code: 'chosen-attribute-missing' as const,
      expected: `the chosen attribute ${name} in the delivery`,
      actual: `its value is not in the body ${clip(delivery.request.body ?? '')}`,
      exchanges,
    })),
    ...(word !== undefined && holds(delivery, word)
      ? [
          {
            code: 'other-attribute-delivered' as const,
            expected: 'only the attributes id, userName and active, which were chosen',
            actual: 'the body holds the names of the user as well',
            exchanges,
          },
        ]
      : []),
  ];
};

const judgeDeliveries = (trace: TraceView, secret: string): Judgement<Code> => {
  const word = otherWord(trace);
  const all = trace.webhookDeliveries();
  const contents = createdIn(trace).flatMap((created) => created.deliveries.map((delivery) => ({ created, delivery })));
  return together<Code>(
    judgeEach(all, (delivery) => findWrongSignature(delivery, secret)),
    judgeEach(all, (delivery): Finding<Code> | undefined =>
      delivery.request.method === 'POST'
        ? undefined
        : {
            code: 'delivered-otherwise',
            expected: 'a delivery by POST',
            actual: `it is a ${delivery.request.method}`,
            exchanges: [delivery],
          },
    ),
    judgeEach(contents, ({ created, delivery }) => findWrongContent(delivery, created, word)),
  );
};

const judgeMissing = (trace: TraceView, registration: Exchange): Judgement<Code> => {
  const created = createdIn(trace);
  const isReached = trace.webhookDeliveries().length > 0;
  return judgeEach(isReached ? created : [], ({ userName, exchange, deliveries }) =>
    deliveries.length > 0
      ? undefined
      : {
          code: 'not-delivered',
          expected: `a delivery for the user ${userName}, as for others`,
          actual: 'none came within the deadline',
          exchanges: [registration, exchange],
        },
  );
};

const judgeOthers = (trace: TraceView): Judgement<Code> => {
  const groups = trace
    .answered('create')
    .filter(({ request, response }) => response.status === 201 && /\/Groups$/i.test(request.url));
  const all = trace.webhookDeliveries();
  return judgeEach(all.length === 0 ? [] : groups, (group) => {
    const names = [group.subject, responseObject(group)?.id].filter((name) => typeof name === 'string');
    const found = all.find((delivery) => names.some((name) => holds(delivery, name)));
    return found === undefined
      ? undefined
      : {
          code: 'other-event-delivered',
          expected: 'deliveries of user.created only',
          actual: 'the create of a group is delivered, too',
          exchanges: [group, found],
        };
  });
};

export const hook02 = defineRequirement({
  id: 'HOOK-02',
  since: '1.0',
  level: 'MUST',
  title:
    'a matching event is delivered by POST with only the chosen attributes, and `X-SCIM-Signature: sha256=<hex HMAC of the raw body>`',
  source: cite('P-Use D'),
  needs: { binding: 'request-mode', feature: 'webhooks', delivery: 'webhook' },
  guide: {
    why: [
      'A receiver trusts a delivery by its signature, and refuses all others.',
      'It expects no attributes that it did not ask for: personal data that it must not have would stay in its logs.',
    ],
    tested: [
      'A webhook for `user.created` is registered with the attributes `id`, `userName` and `active`. Users are created synchronously, asynchronously and, where bulk is advertised, in an asynchronous bulk request, and then a group.',
      'Every delivery has to be a POST, with `X-SCIM-Signature: sha256=` and the HMAC-SHA256 of the bytes of the body with the secret, in hexadecimal.',
      'The body may have any form: the values of `userName` and `id` have to be in it, and the other names of the user must not.',
      'If something is delivered, each user has to be, within the deadline (`--deadline`); the group must not. Inconclusive if nothing is delivered, because the network may be the reason.',
      'Deliveries about resources that the run did not create are neither recorded nor judged.',
      'Judged only if `features` lists `webhooks`.',
    ],
    fix: [
      'Compute the HMAC over the bytes that are sent, not over a body that is serialised again.',
      'Build the body from the chosen `attributes`, rather than from the whole resource.',
      'Deliver events of asynchronous and bulk operations, too: record the delivery in the transaction of the write.',
    ],
  },
  codes,
  from: [webhookDeliveries],
  judge: (trace) => {
    const registration = registrationIn(trace);
    return registration === undefined
      ? together<Code>()
      : together<Code>(
          judgeDeliveries(trace, registration.secret),
          judgeMissing(trace, registration.exchange),
          judgeOthers(trace),
        );
  },
});
