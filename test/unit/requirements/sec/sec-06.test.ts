import { sec06 } from '../../../../suites/requirements/sec/sec-06.js';
import { hostileIdsScenario, injectedField } from '../../../../suites/scenarios/security/hostile-ids.js';
import { type Answer, HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const answered = (answer: Answer) => (): HandMadeTrace => {
  const trace = new HandMadeTrace(hostileIdsScenario, 'request-mode');
  trace.exchange('hostile-id', 'GET /Users/%0d%0aX', answer);
  return trace;
};

proveRequirement(sec06, {
  right: { '404': answered({ status: 404 }) },
  wrong: {
    'field-made-of-the-id': answered({ status: 404, headers: { [injectedField.toLowerCase()]: 'yes' } }),
    'hostile-id-not-4xx': { 'but 200': answered({ status: 200 }), 'but a redirect': answered({ status: 301 }) },
  },
  legal: {
    '414 in HTML, from below the application (profile §7, clarification 3)': answered({ status: 414, text: '<h1>' }),
    '500 (ERR-09)': answered({ status: 500 }),
  },
  silent: { 'a connection that is closed': answered({ failure: { code: 'connection', message: 'closed' } }) },
});
