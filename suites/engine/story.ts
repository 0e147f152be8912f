/** Describes a trace for people, one line for each entry: what was sent, what came back, and what followed. */
import { header } from '../../schemas/names.js';
import type { Exchange } from '../../schemas/types.js';
import type { Finding } from '../judging/judge.js';
import { headerValue, isObject, responseObject, textOf } from '../trace/message.js';
import type { Trace, TraceEntry } from '../trace/trace.js';

const pathOf = (url: string, baseUrl: string): string => (url.startsWith(baseUrl) ? url.slice(baseUrl.length) : url);

/** The part of an answer that shows the progress of a request, or the kind of an error. */
const summary = (exchange: Exchange): string => {
  const body = responseObject(exchange);
  const counts = body?.operationsCount;
  if (isObject(counts) && isObject(body?.status)) {
    return `, completed ${textOf(body.status.completed)}, pending ${textOf(counts.pending)} of ${textOf(counts.total)}`;
  }
  return typeof body?.scimType === 'string' ? `, ${body.scimType}` : '';
};

const line = (entry: TraceEntry, baseUrl: string): string => {
  switch (entry.type) {
    case 'exchange': {
      const mode = headerValue(entry.request.headers, header.requestMode);
      const prefer = headerValue(entry.request.headers, header.prefer);
      const about = [
        ...(mode === undefined ? [] : [`mode ${mode}`]),
        ...(prefer === undefined ? [] : [`Prefer: ${prefer}`]),
        ...(entry.credential === 'primary' ? [] : [`credential ${entry.credential}`]),
        ...(entry.variant === undefined ? [] : [entry.variant]),
        ...(entry.retryOf === undefined ? [] : [`again after #${entry.retryOf}`]),
      ].join(', ');
      const answer =
        entry.response === undefined
          ? (entry.failure?.message ?? 'no answer')
          : `${entry.response.status}${summary(entry)}`;
      return `#${entry.n} ${entry.request.method} ${pathOf(entry.request.url, baseUrl)}${about === '' ? '' : ` (${about})`} → ${answer}`;
    }
    case 'submission':
      return `#${entry.n} ${entry.accepted ? 'accepted' : 'not accepted'}: ${entry.operations.length} operation${entry.operations.length === 1 ? '' : 's'} of #${entry.exchange}`;
    case 'settlement':
      return `#${entry.n} settled: ${entry.outcome} after ${Math.round(entry.waited)} ms`;
    case 'token':
      return `#${entry.n} security event token by ${entry.via}: txn ${textOf(entry.claims?.txn)}, signature ${entry.signature}`;
  }
};

/** The largest number of lines for a finding, so that it can be read at a glance. */
const longest = 5;

/** One line for all other exchanges: how many of each kind. */
const summariseOthers = (others: readonly Exchange[]): string => {
  const kinds = new Map<string, number>();
  for (const { request, purpose } of others) {
    const kind = purpose === 'poll' || purpose === 'status-read' ? 'status read' : request.method;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  return `and ${others.length} other exchange${others.length === 1 ? '' : 's'}: ${[...kinds].map(([kind, count]) => `${count} × ${kind}`).join(', ')}`;
};

/** The lines for a finding: the exchanges that show it, in their order, and one line for all others. */
export const tellFinding = (trace: Trace, finding: Finding): string[] => {
  const shown = [...new Set(finding.exchanges)].sort((a, b) => a.n - b.n);
  const kept = shown.length < longest ? shown : [...shown.slice(0, 1), ...shown.slice(2 - longest)];
  const others = trace.entries.filter(
    (entry): entry is Exchange => entry.type === 'exchange' && !kept.some(({ n }) => n === entry.n),
  );
  return [
    ...kept.map((exchange) => line(exchange, trace.target.baseUrl)),
    ...(others.length === 0 ? [] : [summariseOthers(others)]),
  ];
};

export const tellStory = (trace: Trace): string[] => [
  ...trace.entries.map((entry) => line(entry, trace.target.baseUrl)),
  ...(trace.blocked === undefined ? [] : [`the scenario ended here: ${trace.blocked}`]),
];
