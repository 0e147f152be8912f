import { urn } from '../../../../schemas/names.js';
import { err10 } from '../../../../suites/requirements/err/err-10.js';
import { refusedAtOnce, refusedAtOnceSteps } from '../../../../suites/scenarios/errors/refused-at-once.js';
import { type Answer, HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { statusResource } from '../../status-resource.js';

const subject = 'a@example.com';

const error = { schemas: [urn.error], status: '400' };

const listOf = (...userNames: string[]) => ({
  schemas: [urn.listResponse],
  totalResults: userNames.length,
  Resources: userNames.map((userName) => ({ schemas: [urn.user], id: userName, userName })),
});

const refused = (answer: Answer, led?: number, ...found: string[]): HandMadeTrace => {
  const trace = new HandMadeTrace(refusedAtOnce, 'request-mode');
  const asked = trace.exchange('refusal', 'POST /Users', { status: 400, subject, ...answer });
  trace.submission(asked);
  const variant = refusedAtOnceSteps.locationOfRefusal;
  if (led !== undefined) trace.exchange('probe', 'GET /provision/1/status', { status: led, variant });
  trace.exchange('search', 'GET /Users?filter=…', { status: 200, subject, body: listOf(...found) });
  return trace;
};

/** A synchronous bulk request that is refused by a target without an asynchronous binding. */
const refusedBulk = (status: number, ...found: string[]): HandMadeTrace => {
  const trace = new HandMadeTrace(refusedAtOnce, 'request-mode', { bindings: {} });
  trace.exchange('refusal', 'POST /Bulk', { status, subject, body: error });
  trace.exchange('search', 'GET /Users?filter=…', { status: 200, subject, body: listOf(...found) });
  return trace;
};

const headers = { Location: '/provision/1/status' };

proveRequirement(err10, {
  right: {
    'a synchronous bulk request, where nothing asynchronous is served (profile 1.1)': () => refusedBulk(400),
    'an error, and no user': () => refused({ body: error }),
  },
  wrong: {
    'refusal-carries-a-status': () => refused({ body: statusResource({ failed: 1 }) }),
    'refusal-leads-to-a-status': () => refused({ body: error, headers }, 200),
    'done-although-refused': () => refused({ body: error }, undefined, 'A@example.com'),
  },
  legal: {
    'a Location that leads to nothing (RFC 9110 §10.2.2)': () => refused({ body: error, headers }, 404),
    'a search that finds somebody else': () => refused({ body: error }, undefined, 'b@example.com'),
  },
  silent: {
    'a request that is accepted instead (profile D8)': () => refused({ status: 202, headers }),
    'a 5xx (ERR-09)': () => refused({ status: 500 }),
  },
});
