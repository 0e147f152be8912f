import { urn } from '../../../../schemas/names.js';
import { err07 } from '../../../../suites/requirements/err/err-07.js';
import { unknownResource } from '../../../../suites/scenarios/errors/unknown-resource.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { addCompletedWrite } from './completed-write.js';

type Method = 'GET' | 'PUT' | 'PATCH' | 'DELETE';

const atOnce = (method: Method, status: number) => (): HandMadeTrace => {
  const trace = new HandMadeTrace(unknownResource, 'request-mode');
  trace.exchange('unknown-resource', `${method} /Users/1`, { status });
  return trace;
};

const later = (method: Method, status: string) => (): HandMadeTrace => {
  const trace = new HandMadeTrace(unknownResource, 'request-mode');
  const isSuccess = status.startsWith('2');
  const response = isSuccess ? undefined : { schemas: [urn.error], status };
  addCompletedWrite(trace, {
    purpose: 'unknown-resource',
    request: `${method} /Users/1`,
    about: {},
    isSuccess,
    result: { method, status, response },
  });
  return trace;
};

proveRequirement(err07, {
  right: {
    '404 to a read': atOnce('GET', 404),
    '404 in the result': later('PATCH', '404'),
  },
  wrong: {
    'unknown-resource-read': atOnce('GET', 200),
    'unknown-resource-replaced': later('PUT', '201'),
    'unknown-resource-patched': atOnce('PATCH', 204),
    'unknown-resource-deleted': later('DELETE', '204'),
    'refused-otherwise-than-404': atOnce('PUT', 410),
  },
  legal: { 'no verdict for what is not implemented (profile §7, clarification 14)': atOnce('PATCH', 501) },
  silent: { 'a 202 that nobody asked for (MODE-02)': atOnce('DELETE', 202) },
});
