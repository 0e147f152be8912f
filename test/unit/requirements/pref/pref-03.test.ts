import { pref03 } from '../../../../suites/requirements/pref/pref-03.js';
import { manyAtOnce } from '../../../../suites/scenarios/lifecycle/many-at-once.js';
import { PreferringTrace } from '../../preferring-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

/** Creates whose 202s have these Set-Txns. */
const accepted = (...txns: (string | undefined)[]): PreferringTrace => {
  const trace = new PreferringTrace(manyAtOnce);
  txns.forEach((txn, place) => {
    const headers = { Location: `/results/${place}`, ...(txn === undefined ? {} : { 'Set-Txn': txn }) };
    trace.preferred('POST /Users', { status: 202, headers });
  });
  return trace;
};

proveRequirement(pref03, {
  right: { 'one for each': () => accepted('txn-1', 'txn-2') },
  wrong: {
    'set-txn-missing': () => accepted('txn-1', undefined, ''),
    'set-txn-repeated': () => accepted('txn-1', 'txn-2', 'txn-1'),
  },
  legal: { 'values that differ in letter case alone (RFC 9967 §3)': () => accepted('txn-a', 'txn-A') },
  silent: {
    'a synchronous answer': () => {
      const trace = new PreferringTrace(manyAtOnce);
      trace.preferred('POST /Users', { status: 201 });
      return trace;
    },
  },
});
