/** HOOK-01. The secret is one of the suite's own, so that a trace shows it, and the judge searches all answers for it. */
import { header } from '../../../schemas/names.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { describeBody } from '../../judging/describe.js';
import { type Finding, judgeEach, type Judgement, together } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { mayRefuse, webhookSteps } from '../../scenarios/integration/webhook-blocks.js';
import { webhookDeliveries } from '../../scenarios/integration/webhook-deliveries.js';
import { webhookRegistration } from '../../scenarios/integration/webhook-registration.js';
import { webhookRemoval } from '../../scenarios/integration/webhook-removal.js';
import { webhookRetries } from '../../scenarios/integration/webhook-retries.js';
import { isCut } from '../../trace/answers.js';
import { isObject, requestJson, responseHeader, responseObject } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';

const codes = {
  'registration-refused': 'a registration of a webhook is answered otherwise than with 201',
  'location-missing': 'the answer to a registration has no Location',
  'id-missing': 'the answer to a registration has no id',
  'secret-returned': 'an answer or a delivery holds the secret of a webhook',
};

type Code = keyof typeof codes;

const judgeRegistration = (exchange: Answered): readonly Finding<Code>[] => {
  const exchanges = [exchange];
  const { status } = exchange.response;
  if (status !== 201)
    return [
      {
        code: 'registration-refused',
        expected: '201 to the registration of a webhook',
        actual: `the answer is ${status}`,
        exchanges,
      },
    ];
  const id = responseObject(exchange)?.id;
  return [
    ...(responseHeader(exchange, header.location) === undefined
      ? [
          {
            code: 'location-missing' as const,
            expected: 'Location in the answer to a registration',
            actual: 'there is none',
            exchanges,
          },
        ]
      : []),
    ...(isCut(exchange) || (typeof id === 'string' && id !== '')
      ? []
      : [
          {
            code: 'id-missing' as const,
            expected: 'a string as the id in the answer to a registration',
            actual: id === undefined ? `it comes ${describeBody(exchange)}` : `it is ${JSON.stringify(id)}`,
            exchanges,
          },
        ]),
  ];
};

const secretsIn = (trace: TraceView): Set<string> =>
  new Set(
    trace.variant(webhookSteps.register, 'webhook').flatMap((exchange) => {
      const sent = requestJson(exchange);
      return isObject(sent) && typeof sent.secret === 'string' ? [sent.secret] : [];
    }),
  );

const judgeSecret = (trace: TraceView): Judgement<Code> => {
  const secrets = [...secretsIn(trace)];
  const isShown = (...texts: string[]): boolean =>
    secrets.some((secret) => texts.some((text) => text.includes(secret)));
  const answers = judgeEach(trace.answered('webhook'), (exchange): Finding<Code> | undefined =>
    isShown(exchange.response.body, ...exchange.response.headers.flat())
      ? {
          code: 'secret-returned',
          expected: 'no answer to hold the secret of a webhook',
          actual: `the answer ${exchange.response.status} to ${exchange.request.method} holds it`,
          exchanges: [exchange],
        }
      : undefined,
  );
  const deliveries = judgeEach(trace.webhookDeliveries(), (exchange): Finding<Code> | undefined =>
    isShown(exchange.request.body ?? '', ...exchange.request.headers.flat())
      ? {
          code: 'secret-returned',
          expected: 'no delivery to hold the secret of its webhook',
          actual: 'this one holds it',
          exchanges: [exchange],
        }
      : undefined,
  );
  return together(answers, deliveries);
};

export const hook01 = defineRequirement({
  id: 'HOOK-01',
  since: '1.0',
  level: 'MUST',
  title:
    '`POST /integration/webhook` {eventType, endpoint, attributes, secret} answers 201 with `Location` and `id`; the secret is never returned',
  source: cite('P-Use D'),
  needs: { binding: 'request-mode', feature: 'webhooks', delivery: 'webhook' },
  guide: {
    why: [
      'Everybody who can read the secret can forge deliveries.',
      'A client that does not learn where its registration is cannot end it.',
    ],
    tested: [
      'The suite listens (`--webhook-port`, and `--webhook-url` if the provider reaches it under another URL) and registers a webhook for `user.created`: the answer has to be 201, with `Location` and a string as `id`.',
      'It reads the registration and the list of registrations, where the provider serves them, and sends invalid registrations: no answer, and no delivery, may hold the secret.',
      'A provider may deliver only to https URLs on the public Internet: a refusal (400, 403, 422) of another URL is not judged.',
      'Judged only if `features` lists `webhooks`.',
    ],
    fix: [
      'Answer `POST /integration/webhook` with 201, `Location` and `id`.',
      'Leave `secret` out of every answer, also out of GET, lists and error messages that repeat the request, and out of logs; store it encrypted.',
    ],
  },
  codes,
  from: [webhookRegistration, webhookDeliveries, webhookRetries, webhookRemoval],
  first: webhookRegistration,
  looksAt: 'any',
  judge: (trace) => {
    const registrations = trace.variant(webhookSteps.register, 'webhook').filter((exchange) => !mayRefuse(exchange));
    return together<Code>(judgeEach(registrations, judgeRegistration), judgeSecret(trace));
  },
});
