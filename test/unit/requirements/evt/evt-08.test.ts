import { mediaType } from '../../../../schemas/names.js';
import { evt08 } from '../../../../suites/requirements/evt/evt-08.js';
import { eventPush } from '../../../../suites/scenarios/respond-async/event-push.js';
import { proveRequirement } from '../../prove-requirement.js';
import { completionSet, EventTrace, unsecured } from './event-trace.js';

class PushTrace extends EventTrace {
  constructor() {
    super({ deliveries: ['push'] }, eventPush);
  }

  /** The target pushes a token, and it is answered so. */
  push(status: number, jti = 'jti-1', contentType: string = mediaType.securityEventToken): this {
    const claims = completionSet({ jti });
    const by = this.exchange('event-push', 'POST https://receiver.example/', {
      status,
      sentText: unsecured(claims),
      requestHeaders: { 'Content-Type': contentType },
    });
    this.received(by, { via: 'push', jwt: unsecured(claims), claims });
    return this;
  }

  /** The target pushes a token with something around it. */
  pushWrapped(sentText: string): this {
    const claims = completionSet();
    const by = this.exchange('event-push', 'POST https://receiver.example/', {
      status: 400,
      sentText,
      requestHeaders: { 'Content-Type': mediaType.securityEventToken },
    });
    this.received(by, { via: 'push', jwt: unsecured(claims), claims });
    return this;
  }

  /** The target pushes something that cannot be read as a token. */
  pushNothing(): this {
    this.exchange('event-push', 'POST https://receiver.example/', {
      status: 400,
      sent: completionSet(),
      requestHeaders: { 'Content-Type': mediaType.securityEventToken },
    });
    return this;
  }
}

proveRequirement(evt08, {
  right: { 'each is pushed once': () => new PushTrace().push(202).push(400, 'jti-2') },
  wrong: {
    'other-content-type': () => new PushTrace().push(202, 'jti-1', 'application/json'),
    'body-not-a-set': {
      'plain claims': () => new PushTrace().pushNothing(),
      'a token in quotes': () => new PushTrace().pushWrapped(JSON.stringify(unsecured(completionSet()))),
      'a token in an object': () => new PushTrace().pushWrapped(JSON.stringify({ set: unsecured(completionSet()) })),
    },
    'acknowledged-pushed-again': () => new PushTrace().push(202).push(202),
    'refused-pushed-again': () => new PushTrace().push(400).push(400),
  },
  legal: {
    'a media type in capitals, with a parameter (RFC 9110 §8.3.1)': () =>
      new PushTrace().push(202, 'jti-1', 'Application/SecEvent+JWT; charset=utf-8'),
    'it comes again after a 503 (RFC 8935 §2.4)': () => new PushTrace().push(503).push(202),
  },
  silent: { 'nothing is pushed': () => new PushTrace() },
});
