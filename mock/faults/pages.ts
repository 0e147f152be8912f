/** Faults in which a framework answers in the place of SCIM, with a page or with nothing: ERR-01, ERR-08, CORE-04. */
import { header } from '../../schemas/names.js';
import type { Answer } from '../http/answer.js';
import { both, edit, on } from './answers.js';
import type { Fault } from './fault.js';

const page = (status: number, text: string): Answer => ({
  status,
  headers: { [header.contentType]: 'text/html; charset=utf-8' },
  text: `<!DOCTYPE html><pre>${text}</pre>`,
});

const trace = 'TypeError: invalid media type\n    at parse (/srv/app/node_modules/content-type/index.js:126:11)';

export const pageFaults: readonly Fault[] = [
  {
    name: 'page-with-a-stack-trace-to-an-odd-content-type',
    title: 'an HTML page with a stack trace to a content type that cannot be parsed',
    breaks: ['CORE-04', 'ERR-01', 'ERR-08'],
    seams: edit(
      both(
        ({ status }) => status === 415,
        (_, { field }) => /=;|^;|\/$/.test(field(header.contentType) ?? ''),
      ),
      () => page(400, trace),
    ),
  },
  {
    name: 'page-to-an-invalid-filter',
    title: 'an HTML page to an invalid filter',
    breaks: ['CORE-04', 'ERR-01'],
    seams: edit(on(400, 'GET', /^\/Users$/), () => page(400, 'Bad Request')),
  },
  {
    name: 'page-with-a-stack-trace-to-an-id-that-is-no-utf-8',
    title: 'an HTML page with a stack trace to an id that is no UTF-8',
    breaks: ['CORE-04', 'ERR-01', 'ERR-08'],
    seams: edit(
      (answer, { path }) => answer.status >= 400 && path.includes('%ff'),
      () => page(400, trace.replace('invalid media type', 'URI malformed')),
    ),
  },
  {
    name: 'odd-ids-refused-without-a-body',
    title: '404 without a body to ids that JavaScript knows',
    breaks: ['ERR-01'],
    seams: edit(on(404, 'GET', /^\/Users\/(?:__proto__|constructor)$/), () => ({ status: 404, headers: {} })),
  },
];
