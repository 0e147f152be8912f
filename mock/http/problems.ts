/** What HTTP, its parser and fastify complain of, as Problems. */
import { header, mediaType } from '../../schemas/names.js';
import { Problem } from '../problem.js';

/** 405 with Allow (RFC 9110 §15.5.6). */
export const methodNotAllowed = (allow: readonly string[]): Problem =>
  new Problem(405, 'This endpoint does not have that method.', undefined, { [header.allow]: allow.join(', ') });

export const noSuchEndpoint = (): Problem => new Problem(404, 'There is no such endpoint.');

export const urlTooLong = (): Problem => new Problem(414, 'The URL is too long.');

/** Fastify's own errors by their HTTP status; anything without one is a bug of ours. */
export const problemOf = (error: unknown): Problem | undefined => {
  if (error instanceof Problem) return error;
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 0;
  switch (status) {
    case 400:
      return new Problem(400, 'The request cannot be understood.', 'invalidSyntax');
    case 404:
      return noSuchEndpoint();
    case 413:
      return new Problem(413, 'The body is too large.');
    case 414:
      return urlTooLong();
    case 415:
      return new Problem(415, `A body is ${mediaType.scim} or ${mediaType.json}.`);
    default:
      return undefined;
  }
};

/** What Node's HTTP parser complains of, by the code of its error. */
export const parserProblem = (code: string): Problem => {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new Problem(431, 'The header fields are too large.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new Problem(408, 'The request did not arrive in time.');
    default:
      return new Problem(400, 'The request is not valid HTTP.', 'invalidSyntax');
  }
};
