import { pref04 } from '../../../../suites/requirements/pref/pref-04.js';
import { preferSpelling, preferSpellingSteps } from '../../../../suites/scenarios/respond-async/prefer-spelling.js';
import { preferWrite } from '../../../../suites/scenarios/respond-async/prefer-write.js';
import { PreferringTrace } from '../../preferring-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const accepted = (applied: string | undefined, requestHeaders?: Record<string, string>): PreferringTrace => {
  const trace = new PreferringTrace(preferWrite);
  const headers = { Location: '/results/1', ...(applied === undefined ? {} : { 'Preference-Applied': applied }) };
  trace.preferred('POST /Users', {
    status: 202,
    headers,
    ...(requestHeaders === undefined ? {} : { requestHeaders }),
  });
  return trace;
};

/** A create that is done at once, and said to be asynchronous. */
const doneAtOnce = (Prefer: string): PreferringTrace => {
  const trace = new PreferringTrace(preferWrite);
  const headers = { Location: '/scim/v2/Users/1', 'Preference-Applied': 'respond-async' };
  trace.preferred('POST /Users', { status: 201, headers, requestHeaders: { Prefer } });
  return trace;
};

proveRequirement(pref04, {
  right: { 'it is named': () => accepted('respond-async') },
  wrong: {
    'preference-applied-missing': () => accepted(undefined),
    'applied-without-202': () => doneAtOnce('respond-async'),
    'respond-async-not-applied': () => accepted('return=minimal'),
  },
  legal: {
    'in capitals, among others (RFC 7240 §2, §3)': () => accepted('return=minimal, Respond-Async'),
    'with a value that is empty (RFC 7240 §2)': () => accepted('respond-async=""'),
  },
  silent: {
    'an answer within the wait that names both preferences (RFC 7240 §4.3)': () => doneAtOnce('respond-async, wait=4'),
    'a provider that decides by itself, and was not asked (RFC 9967 §4)': () => accepted(undefined, {}),
    'a provider that decides by itself, and was asked for something else (RFC 9967 §4, RFC 7240 §3)': () => {
      const trace = new PreferringTrace(preferSpelling);
      const headers = { Location: '/results/1' };
      const variant = preferSpellingSteps.other.of('respond-asynchronously');
      trace.preferred('POST /Users', { status: 202, headers, variant });
      return trace;
    },
  },
});
