/** Problems that arise in the HTTP layer: from the protocol, from its parser and from fastify. */
import { header, mediaType } from '../../schemas/names.js';
import { Problem } from '../problem.js';

/** 405 with Allow (RFC 9110 §15.5.6). */
export const methodNotAllowed = (allow: readonly string[]): Problem =>
  new Problem(405, 'This endpoint does not have that method.', undefined, { [header.allow]: allow.join(', ') });

export const noSuchEndpoint = (): Problem => new Problem(404, 'There is no such endpoint.');

export const urlTooLong = (): Problem => new Problem(414, 'The URL is too long.');

/** The Problem of an error of fastify, by its HTTP status; undefined for other errors, which are bugs of the mock. */
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

/** The Problem of an error of Node's HTTP parser, by its code. */
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
