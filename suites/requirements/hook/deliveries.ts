/** What a trace shows of webhooks: the registration, the users that were created, and the deliveries about each. */
import type { Exchange } from '../../../schemas/types.js';
import type { TraceView } from '../../judging/trace-view.js';
import { webhookSteps } from '../../scenarios/integration/webhook-blocks.js';
import { isObject, requestJson, responseObject } from '../../trace/message.js';
import { readJson } from '../../trace/json.js';
import { isAnswered, type Answered } from '../../trace/trace.js';

/** The registration that was sent; undefined if none was answered with success. */
export const registrationIn = (
  trace: TraceView,
): { readonly exchange: Answered; readonly secret: string } | undefined => {
  const exchange = trace.variant(webhookSteps.register, 'webhook').find(({ response }) => response.status < 300);
  const sent = exchange === undefined ? undefined : requestJson(exchange);
  return exchange !== undefined && isObject(sent) && typeof sent.secret === 'string'
    ? { exchange, secret: sent.secret }
    : undefined;
};

/** Every string in a JSON value. */
export const stringsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
};

/** The body of a delivery as it came, and every string in it if it is JSON, where characters may be escaped. */
export const textsOf = ({ request: { body = '' } }: Exchange): string[] => [body, ...stringsIn(readJson(body))];

/** Whether a delivery holds this text, in any letter case. */
export const holds = (delivery: Exchange, text: string): boolean =>
  textsOf(delivery).some((each) => each.toLowerCase().includes(text.toLowerCase()));

export interface Created {
  readonly userName: string;
  /** Undefined if no answer has shown it. */
  readonly id: string | undefined;
  /** The exchange that asked for it. */
  readonly exchange: Answered;
  /** In order. */
  readonly deliveries: readonly Exchange[];
}

const lastOf = (location: string | undefined): string | undefined => location?.split('/').at(-1);

/** The users that were created while the webhook was registered, by whichever way. */
export const createdIn = (trace: TraceView): Created[] => {
  const all = trace.webhookDeliveries();
  const created = (userName: string, id: string | undefined, exchange: Answered): Created => ({
    userName,
    id,
    exchange,
    deliveries: all.filter((each) => holds(each, userName) || (id !== undefined && holds(each, id))),
  });
  const atOnce = trace
    .answered('create')
    .filter(({ request, response }) => response.status === 201 && /\/Users$/i.test(request.url))
    .flatMap((exchange) => {
      const id = responseObject(exchange)?.id;
      return exchange.subject === undefined
        ? []
        : [created(exchange.subject, typeof id === 'string' ? id : undefined, exchange)];
    });
  const later = trace.submissions().flatMap((submission) => {
    const results = trace.completion(submission)?.results ?? [];
    return submission.operations.flatMap(({ userName }, index) => {
      const result = results[index];
      return userName === undefined || result?.status !== '201'
        ? []
        : [created(userName, lastOf(result.location), trace.exchangeOf(submission))];
    });
  });
  return [...atOnce, ...later];
};

/** When the exchange was over, in milliseconds from the start of the run. */
export const endOf = ({ at, took }: Exchange): number => at + took;

/** Whether the suite accepted a delivery. */
export const isAccepted = (delivery: Exchange): boolean => isAnswered(delivery) && delivery.response.status < 300;
