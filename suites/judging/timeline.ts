/** The timeline of a report: when each asynchronous request was sent, accepted, polled and known to be done. */
import type { AsyncRequest, Submission } from '../../schemas/types.js';
import { bindings } from '../bindings/index.js';
import { pathOf } from '../trace/path.js';
import type { Trace } from '../trace/trace.js';
import { viewOf, type TraceView } from './trace-view.js';

/** The largest number of polls of one request in the timeline. */
const mostLooks = 60;

const looksAt = (view: TraceView, submission: Submission): AsyncRequest['looks'] =>
  view
    .statusReads(submission)
    .slice(0, mostLooks)
    .map((exchange) => {
      const { state } = bindings[submission.binding].observe(exchange, submission, view.target.baseUrl);
      return { at: Math.round(exchange.at + exchange.took), status: exchange.response.status, state };
    });

/** The accepted requests of a trace in their order; times in whole milliseconds from the start of the run. */
export const timelineOf = (trace: Trace): AsyncRequest[] => {
  const view = viewOf(trace);
  return view.accepted().map(({ submission, exchange }): AsyncRequest => {
    const settlement = view.settlement(submission);
    const acceptedAt = exchange.at + exchange.took;
    return {
      exercise: pathOf(trace.scenario, trace.binding, trace.path),
      binding: submission.binding,
      shape: submission.shape,
      method: exchange.request.method,
      operations: submission.operations.length,
      askedAt: Math.round(exchange.at),
      acceptedAt: Math.round(acceptedAt),
      looks: looksAt(view, submission),
      ...(settlement === undefined ? {} : { settledAt: Math.round(acceptedAt + settlement.waited) }),
      outcome: settlement?.outcome ?? 'unwatched',
    };
  });
};
