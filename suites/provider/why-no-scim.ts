/** Explains why the first answers of a target are not those of a SCIM provider: what happened, what was expected, what to do. */
import { header } from '../../schemas/names.js';
import { Unreachable } from '../errors/errors.js';
import { isPage, namesOfServer } from '../trace/intermediary.js';
import { responseHeader } from '../trace/message.js';
import type { Answered } from '../trace/trace.js';

/** Errors of a server that does not reach the server behind it (RFC 9110 §15.6.3, §15.6.4, §15.6.5). */
const gatewayErrors: readonly number[] = [502, 503, 504];

const asked = ({ request, response }: Answered): string => `GET ${request.url} was answered ${response.status}`;

const throttled = (answer: Answered): Unreachable => {
  const after = responseHeader(answer, header.retryAfter);
  const asks = after === undefined ? 'without Retry-After' : `with Retry-After: ${after}`;
  return new Unreachable(
    'always-throttled',
    `${asked(answer)} (too many requests, ${asks}), also when it was sent again. An answer of SCIM was expected: wait until the limit is over, find out who else uses the credential, or raise the limit for the suite.`,
  );
};

const redirected = (answer: Answered): Unreachable => {
  const to = responseHeader(answer, header.location) ?? 'nowhere';
  return new Unreachable(
    'redirected',
    `GET ${answer.request.url} was redirected (${answer.response.status}) to ${to}. A SCIM provider was expected to answer itself: give its own base URL with --target, and check the credential if that is a login page.`,
  );
};

const page = (answer: Answered): Unreachable => {
  const what = `${asked(answer)} with an HTML page${namesOfServer(answer)}.`;
  return new Unreachable(
    'html-page',
    gatewayErrors.includes(answer.response.status)
      ? `${what} It seems to come from a proxy or gateway that does not reach the provider: check that the provider runs.`
      : `${what} SCIM in JSON was expected: check that --target is the SCIM base URL (often …/scim/v2) and that the credential is accepted there.`,
  );
};

const forbidden = (answer: Answered): Unreachable =>
  new Unreachable(
    'forbidden',
    `${asked(answer)}: the target does not permit this to the client. A 200 with SCIM in JSON was expected: give the client the rights to read and write users (roles, scopes), and check that --target is the SCIM base URL.`,
  );

const failing = (answer: Answered): Unreachable =>
  new Unreachable(
    'server-error',
    `${asked(answer)}, which is an error of the target. A 200 with SCIM in JSON was expected: look into the logs of the provider, and check that --target is the SCIM base URL (often …/scim/v2).`,
  );

/** `answers`: those to GET /ServiceProviderConfig and GET /Users, of which none is of SCIM. */
export const whyNoScim = (answers: readonly Answered[]): Unreachable => {
  const first = (is: (answer: Answered) => boolean): Answered | undefined => answers.find(is);
  const status = (is: (status: number) => boolean) => first(({ response }) => is(response.status));
  const rules: [answer: Answered | undefined, explain: (answer: Answered) => Unreachable][] = [
    [status((each) => each === 429), throttled],
    [status((each) => each >= 300 && each < 400), redirected],
    [first(isPage), page],
    [status((each) => each === 403), forbidden],
    [status((each) => each >= 500), failing],
  ];
  for (const [answer, explain] of rules) if (answer !== undefined) return explain(answer);
  const seen = answers.map(({ request, response }) => `GET ${request.url}: ${response.status}`).join(', ');
  return new Unreachable(
    'no-scim',
    `No SCIM provider was found (${seen}). A 200 with SCIM in JSON was expected from at least one of them: check that --target is the SCIM base URL (often …/scim/v2).`,
  );
};
