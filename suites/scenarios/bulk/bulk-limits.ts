/** Bulk requests exactly at the advertised limits, and one over them. */
import { urn } from '../../../schemas/names.js';
import { plainUser } from '../../generators/user.js';
import { type Session, type SubmitPlan } from '../../session/session.js';
import { completeBulk } from '../building-blocks/complete-bulk.js';
import { expectNothing } from '../building-blocks/fence.js';
import { defineScenario } from '../../definitions/scenario.js';
import { bulkPlan, type BulkOperation } from '../building-blocks/bulk-plan.js';
import { stepFamily } from '../../trace/step.js';
import { Blocked } from '../../errors/errors.js';

/** The largest requests that the suite sends. */
const most = { operations: 5000, bytes: 8 * 1024 * 1024 };

const limits = ['maxOperations', 'maxPayloadSize'] as const;

/** The steps of a request exactly at a limit and of one over it; the value names the limit. */
export const bulkLimitsSteps = { at: stepFamily('at '), over: stepFamily('over ') };

/** Operations that create nothing, so that nothing has to be deleted; with a user, one create whose effect can be found. */
const operationsFor = (session: Session, count: number, withUser: boolean): BulkOperation[] =>
  Array.from({ length: count }, (_, index): BulkOperation => {
    if (index === 0 && withUser) {
      const userName = session.userName();
      return { method: 'POST', path: '/Users', bulkId: 'b0', expected: 'failure', userName, data: plainUser(userName) };
    }
    const data = { schemas: [urn.user] };
    return { method: 'POST', path: '/Users', bulkId: `b${index}`, expected: 'failure', status: '400', data };
  });

/**
 * The plan with its body as text, filled up with spaces to this number of bytes. It has fewer characters than bytes, to
 * show whether the provider counts bytes, as RFC 7643 §5 says.
 */
const padded = (plan: SubmitPlan, bytes: number, { bytesOf }: Session): SubmitPlan => {
  const text = JSON.stringify(plan.body).replaceAll('"Conformance Test"', '"Çönförmäncé Test"');
  return { ...plan, body: text + ' '.repeat(Math.max(0, bytes - bytesOf(text))) };
};

const planFor = (session: Session, limit: (typeof limits)[number], over: boolean): SubmitPlan => {
  const { bulkMaxOperations, bulkMaxPayloadSize } = session.facts;
  if (limit === 'maxOperations') {
    if (bulkMaxOperations === undefined) throw new Blocked('not-advertised', 'bulk.maxOperations is not advertised.');
    if (bulkMaxOperations > most.operations)
      throw new Blocked(
        'limit-too-high',
        `bulk.maxOperations is ${bulkMaxOperations}: the suite sends no more than ${most.operations}.`,
      );
    const plan = bulkPlan(operationsFor(session, bulkMaxOperations + (over ? 1 : 0), over));
    if (session.bytesOf(JSON.stringify(plan.body)) > (bulkMaxPayloadSize ?? Infinity))
      throw new Blocked('limits-contradict', `${bulkMaxOperations} operations do not fit into bulk.maxPayloadSize.`);
    return plan;
  }
  if (bulkMaxPayloadSize === undefined) throw new Blocked('not-advertised', 'bulk.maxPayloadSize is not advertised.');
  if (bulkMaxPayloadSize > most.bytes)
    throw new Blocked(
      'limit-too-high',
      `bulk.maxPayloadSize is ${bulkMaxPayloadSize}: the suite sends no more than ${most.bytes} bytes.`,
    );
  return padded(bulkPlan(operationsFor(session, 1, over)), bulkMaxPayloadSize + (over ? 1 : 0), session);
};

export const bulkLimits = defineScenario({
  name: 'bulk-limits',
  title: 'submits a bulk request at a limit and one over it',
  needs: { capability: 'bulk' },
  eachBinding: true,
  inputs: () => limits,
  exercise: async (limit, session) => {
    await completeBulk(session, { ...planFor(session, limit, false), variant: bulkLimitsSteps.at.of(limit) });
    const plan = planFor(session, limit, true);
    await completeBulk(session, { ...plan, variant: bulkLimitsSteps.over.of(limit) });
    const userName = plan.operations[0]?.userName;
    if (userName !== undefined) await expectNothing(session, userName);
  },
});
