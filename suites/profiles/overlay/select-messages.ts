/** Finds the messages of a trace that a declared requirement is about: those that have all that its `on` says. */
import type { MessageSelection } from '../../../schemas/types.js';
import type { BindingName } from '../../contract/binding-name.js';
import type { TraceView } from '../../judging/trace-view.js';
import { isCut, isUnavailable } from '../../trace/answers.js';
import { isAnswered, type Answered } from '../../trace/trace.js';
import { placeUnder } from './message.js';
import type { OnWire } from './on-wire.js';

/** `*` is one segment, and `**` at the end any number of them. */
const matchesPath = (pattern: string, path: string): boolean => {
  const wanted = pattern.split('/');
  const given = path.split('/');
  const isOpen = wanted.at(-1) === '**';
  if (isOpen) wanted.pop();
  return (
    (isOpen ? given.length >= wanted.length : given.length === wanted.length) &&
    wanted.every((segment, place) => segment === given[place] || (segment === '*' && given[place] !== ''))
  );
};

/** `2xx` is a class of statuses. */
const matchesStatus = (wanted: string, status: number): boolean =>
  wanted.endsWith('xx') ? Math.floor(status / 100) === Number(wanted[0]) : String(status) === wanted;

/** The binding of the asynchronous request that an exchange sends or observes; undefined if there is none. */
const bindingOf = (view: TraceView, { n, submission: observed }: Answered): BindingName | undefined =>
  view.submissions().find((submission) => submission.n === observed || submission.exchange === n)?.binding;

const matches = (view: TraceView, on: MessageSelection, exchange: Answered, onWire: OnWire): boolean => {
  const { request, response, credential } = exchange;
  const { baseUrl } = view.target;
  const { path } = placeUnder(baseUrl, onWire.url(request.url, baseUrl));
  return (
    (on.method === undefined || on.method === request.method) &&
    (on.path === undefined || (path !== undefined && matchesPath(on.path, path))) &&
    (on.status === undefined || matchesStatus(on.status, response.status)) &&
    (on.credential === undefined || on.credential === credential) &&
    (on.binding === undefined || on.binding === bindingOf(view, exchange))
  );
};

/**
 * The answered exchanges that the selection names. An answer of 429 or 503 says nothing about the request, so that it is only
 * among them if exactly this status is named.
 */
export const messagesOf = (view: TraceView, on: MessageSelection, onWire: OnWire): readonly Answered[] => {
  const refusals = view
    .all()
    .filter(isAnswered)
    .filter((each) => isUnavailable(each) && !isCut(each));
  const answered = on.status === '429' || on.status === '503' ? refusals : view.answered();
  return answered.filter((exchange) => matches(view, on, exchange, onWire));
};

export interface History {
  readonly binding: BindingName;
  readonly submission: Answered;
  /** All answered reads of its status, in order; at least one. */
  readonly reads: readonly Answered[];
}

/** The accepted asynchronous requests that the selection names and whose status was read. */
export const historiesOf = (view: TraceView, on: MessageSelection, onWire: OnWire): readonly History[] =>
  view.accepted().flatMap(({ submission, exchange }) => {
    const reads = view.statusReads(submission);
    return reads.length === 0 || !matches(view, on, exchange, onWire)
      ? []
      : [{ binding: submission.binding, submission: exchange, reads }];
  });
