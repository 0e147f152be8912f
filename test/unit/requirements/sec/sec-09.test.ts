import { header } from '../../../../schemas/names.js';
import { sec09 } from '../../../../suites/requirements/sec/sec-09.js';
import { asyncCreateScenario } from '../../../../suites/scenarios/request-mode/async-create.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const fields = (cacheControl: string | undefined): Record<string, string> =>
  cacheControl === undefined ? {} : { [header.cacheControl]: cacheControl };

/** Cache-Control of the 202, and of its status. */
const followed =
  (accepted: string | undefined, read: string | undefined, status = 200) =>
  (): HandMadeTrace => {
    const trace = new HandMadeTrace(asyncCreateScenario, 'request-mode');
    const headers = { Location: '/provision/1/status', ...fields(accepted) };
    trace.looked(trace.submitted('POST /Users', { status: 202, headers }), { status, headers: fields(read) });
    return trace;
  };

proveRequirement(sec09, {
  right: { 'no-store on both': followed('no-store', 'no-store') },
  wrong: {
    'acceptance-may-be-stored': followed('no-cache', 'no-store'),
    'status-may-be-stored': {
      'no field': followed('no-store', undefined),
      private: followed('no-store', 'private'),
      'a 304': followed('no-store', 'max-age=60', 304),
    },
  },
  legal: {
    'no-store among others, in any letter case (RFC 9111 §5.2)': followed('private, No-Store', 'no-store,max-age=0'),
    'a 304 without the field (RFC 9110 §15.4.5)': followed('no-store', undefined, 304),
    'a status that is no more, without the field': followed('no-store', undefined, 404),
  },
  silent: {
    'a request that is refused': () => {
      const trace = new HandMadeTrace(asyncCreateScenario, 'request-mode');
      trace.submitted('POST /Users', { status: 400 });
      return trace;
    },
  },
});
