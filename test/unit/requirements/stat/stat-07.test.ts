import { mediaType } from '../../../../schemas/names.js';
import { stat07 } from '../../../../suites/requirements/stat/stat-07.js';
import {
  statusRepresentations,
  statusRepresentationsSteps,
} from '../../../../suites/scenarios/request-mode/status-representations.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { statusResource } from '../../status-resource.js';

/** A read with this Accept, or none, and how it is answered. */
const read = (accept: string | undefined, status: number, type: string, step = accept ?? 'none'): HandMadeTrace => {
  const trace = new HandMadeTrace(statusRepresentations, 'request-mode');
  trace.looked(trace.accepted('/provision/1/status'), {
    variant: statusRepresentationsSteps.accept.of(step),
    requestHeaders: accept === undefined ? {} : { Accept: accept },
    status,
    headers: { 'Content-Type': type },
    body: statusResource({ success: 1 }),
  });
  return trace;
};

/** A HEAD, and how it is answered. */
const head = (status: number): HandMadeTrace => {
  const trace = read('*/*', 200, mediaType.scim);
  trace.exchange('status-method', 'HEAD /provision/1/status', { variant: statusRepresentationsSteps.head, status });
  return trace;
};

proveRequirement(stat07, {
  right: {
    'SCIM for who asks for it': () => read(mediaType.scim, 200, mediaType.scim),
    'SCIM for who takes anything': () => read('*/*', 200, mediaType.scim),
    'SCIM for who does not say what': () => read(undefined, 200, mediaType.scim),
  },
  wrong: {
    'accept-refused': () => read(mediaType.json, 406, mediaType.scim),
    'head-refused': () => head(405),
    'content-type-wrong': () => read('*/*', 200, mediaType.json),
  },
  legal: {
    'a HEAD that is answered 204 (RFC 9110 §15.3.5)': () => head(204),
    'JSON for who takes only that (RFC 7644 §3.8)': () => read(mediaType.json, 200, mediaType.json),
    'SCIM for who takes only JSON (RFC 7644 §3.8)': () => read(mediaType.json, 200, mediaType.scim),
    'a parameter of the media type (RFC 9110 §8.3.1)': () =>
      read(mediaType.scim, 200, 'application/scim+json;charset=utf-8'),
  },
  silent: {
    'a poll that is not answered 200, which is for STAT-01 to judge': () => {
      const trace = new HandMadeTrace(statusRepresentations, 'request-mode');
      trace.looked(trace.accepted('/provision/1/status'), { status: 500 });
      return trace;
    },
  },
});
