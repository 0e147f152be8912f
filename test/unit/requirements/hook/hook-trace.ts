/** Traces of a webhook that is registered, and of what is delivered to it. */
import { createHmac } from 'node:crypto';
import { header } from '../../../../schemas/names.js';
import type { Exchange } from '../../../../schemas/types.js';
import type { Scenario } from '../../../../suites/definitions/scenario.js';
import { webhookSteps } from '../../../../suites/scenarios/integration/webhook-blocks.js';
import { HandMadeTrace, type Answer } from '../../hand-made-trace.js';

export const secret = 'a-secret-of-the-suite';

export const location = 'https://provider.example/scim/v2/integration/webhook/hook-1';

export const hmacOf = (text: string): string => createHmac('sha256', secret).update(text).digest('hex');

export const registered: Answer = {
  status: 201,
  headers: { Location: location },
  body: { id: 'hook-1', eventType: 'user.created', endpoint: 'https://suite.example/hook' },
};

interface Delivered {
  /** Milliseconds from the start of the run. */
  readonly at?: number;
  readonly id?: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly method?: string;
  /** Undefined: no answer. */
  readonly status?: number | undefined;
  /** Undefined: none. */
  readonly signature?: string | undefined;
}

/** A number for a name, so that an id does not hold the name. */
export const numberOf = (name: string): number => [...name].reduce((sum, each) => sum + each.charCodeAt(0), 0);

export const idOf = (name: string): string => `7c9e6679-${numberOf(name)}`;

export class HookTrace extends HandMadeTrace {
  constructor(scenario: Scenario) {
    super(scenario, 'request-mode', { features: ['webhooks'], deliveries: ['webhook'] });
  }

  registers(answer: Answer = registered, endpoint = 'https://suite.example/hook'): this {
    this.exchange('webhook', 'POST /integration/webhook', {
      variant: webhookSteps.register,
      sent: { eventType: 'user.created', endpoint, attributes: ['id', 'userName', 'active'], secret },
      ...answer,
    });
    return this;
  }

  /** A user of this name is created, whose names are `Wordother`. */
  creates(name: string, at?: number): Exchange {
    return this.exchange('create', 'POST /Users', {
      status: 201,
      subject: name,
      body: { id: idOf(name), userName: name },
      sent: { userName: name, name: { familyName: 'Wordother' } },
      ...(at === undefined ? {} : { at }),
    });
  }

  /** A delivery about the user of this name. */
  delivers(name: string, delivered: Delivered = {}): this {
    const { id = `delivery-${numberOf(name)}`, attributes, fields = {}, method = 'POST', at, status } = delivered;
    const body = {
      id,
      occurredAt: new Date(at ?? 0).toISOString(),
      attributes: attributes ?? { id: idOf(name), userName: name, active: true },
    };
    const signature = 'signature' in delivered ? delivered.signature : `sha256=${hmacOf(JSON.stringify(body))}`;
    const answer = 'status' in delivered && status === undefined ? {} : { status: status ?? 200 };
    this.exchange('webhook-delivery', `${method} https://suite.example/hook`, {
      credential: 'none',
      took: 0,
      requestHeaders: { ...(signature === undefined ? {} : { [header.signature]: signature }), ...fields },
      sent: body,
      ...(at === undefined ? {} : { at }),
      ...answer,
    });
    return this;
  }

  removes(at: number, status = 204, variant: string = webhookSteps.remove): this {
    this.exchange('webhook', 'DELETE /integration/webhook/hook-1', { status, variant, at });
    return this;
  }
}
