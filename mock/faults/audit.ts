/** Faults of the audit trail: AUD-01. */
import type { AuditEntry } from '../audit-entry.js';
import { isJson } from '../json.js';
import { bodyOf, edit, on, withBody, without } from './answers.js';
import type { Fault } from './fault.js';

const isTrail = on(200, 'GET', /^\/audit$/);

/** A fault that changes entries, or leaves them out. */
const recording =
  (change: (entry: AuditEntry) => AuditEntry | undefined): Fault['seams'] =>
  ({ auditEntry }) => ({
    auditEntry: (entry) => {
      const honest = auditEntry(entry);
      return honest === undefined ? undefined : change(honest);
    },
  });

export const auditFaults: readonly Fault[] = [
  {
    name: 'audit-without-status-reads',
    title: 'an audit trail without reads of the status',
    breaks: ['AUD-01'],
    seams: recording((entry) => (entry.action === 'status.read' ? undefined : entry)),
  },
  {
    name: 'audit-without-the-end',
    title: 'an audit trail that ends when a request is processed',
    breaks: ['AUD-01'],
    seams: recording((entry) => (['completed', 'failed'].includes(entry.state ?? '') ? undefined : entry)),
  },
  {
    name: 'audit-without-failures',
    title: 'an audit trail in which failed requests are completed',
    breaks: ['AUD-01'],
    seams: recording((entry) => (entry.state === 'failed' ? { ...entry, state: 'completed' } : entry)),
  },
  {
    name: 'audit-without-clients',
    title: 'an audit trail that does not say who it was',
    breaks: ['AUD-01'],
    seams: edit(
      isTrail,
      withBody((body) => ({
        ...body,
        Resources: (Array.isArray(body.Resources) ? body.Resources : [])
          .filter(isJson)
          .map((entry) => without(entry, 'client')),
      })),
    ),
  },
  {
    name: 'audit-holds-request-bodies',
    title: 'an audit trail with the bodies of requests, passwords included',
    breaks: ['AUD-01'],
    seams: ({ take, respond }) => {
      let last: unknown;
      return {
        take: (submission) => {
          last = submission.body;
          take(submission);
        },
        respond: async (honest, request, ports) => {
          const answer = await respond(honest, request, ports);
          return isTrail(answer, request) ? { ...answer, body: { ...bodyOf(answer), last } } : answer;
        },
      };
    },
  },
];
