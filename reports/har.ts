/**
 * Exchanges as an HTTP archive (HAR 1.2), which browsers and proxies can open: one page for each group of exchanges.
 * The file contains no credentials, so that it can be sent to other people.
 */
import type { Har, Header, QueryString, Request, Response } from 'har-format';
import type { Exchange, HeaderList, RecordedResponse, Report } from '../schemas/types.js';
import { replayLine } from './facts/commands.js';
import { harmlessJson, inOneLine } from './text/visible-text.js';

/** Exchanges that belong together; they become one page of the archive. */
export interface HarPage {
  readonly title: string;
  readonly comment?: string;
  readonly exchanges: readonly Exchange[];
}

/** The run in which the exchanges were recorded. Their times are milliseconds after `startedAt`. */
export interface HarOrigin {
  readonly startedAt: string;
  /** Version of scim-conformance. */
  readonly tool: string;
}

const secretNames =
  /^(?:(?:proxy-)?authorization|(?:set-)?cookie2?|x-(?:csrf|xsrf|auth|access|amz-security)-token|(?:x-)?api-?key|.*(?:secret|password|credential).*)$/i;

/** A marker in place of a credential, with or without an authentication scheme before it: `Bearer {{primary}}`. */
const marked = /^(?:[A-Za-z][\w-]* )?\{\{[a-z0-9-]+\}\}$/;

const headers = (list: HeaderList): Header[] =>
  list.map(([name, value]) => ({ name, value: secretNames.test(name) && !marked.test(value) ? '{{removed}}' : value }));

/** Blanks around a value are no part of it (RFC 9110 §5.5). */
const valueOf = (list: HeaderList, name: string): string | undefined =>
  list.find(([other]) => other.toLowerCase() === name)?.[1].trim();

const encoded = (text: string, illegal: RegExp): string => text.replaceAll(illegal, encodeURIComponent);

/**
 * Percent-encodes characters that a URI must not contain (RFC 3986 §3). Everything else stays as it was sent, including
 * dot segments.
 */
const uri = (url: string): string => {
  const [, origin = '', rest = ''] = /^([a-z][a-z0-9+.-]*:\/\/[^/?#]*)?(.*)$/is.exec(url.toWellFormed()) ?? [];
  const [path = '', ...fragments] = rest.split('#');
  const legal = [path, ...(fragments.length > 0 ? [fragments.join('%23')] : [])].map((part) =>
    encoded(part, /[^\w\-.~:/?@!$&'()*+,;=%]|%(?![0-9A-Fa-f]{2})/gu),
  );
  // Brackets are allowed around an IPv6 address and nowhere else.
  return `${encoded(origin, /[^\w\-.~:/[\]@!$&'()*+,;=]/gu)}${legal.join('#')}`;
};

const queryString = (url: string): QueryString[] => {
  const query = /\?([^#]*)/.exec(url)?.[1] ?? '';
  return [...new URLSearchParams(query)].map(([name, value]) => ({ name, value }));
};

interface Body {
  readonly body?: string;
  readonly truncated?: boolean;
}

/** In bytes; -1 if it is not known. */
const bodySize = ({ body = '', truncated = false }: Body): number =>
  truncated ? -1 : new TextEncoder().encode(body).length;

const requestOf = ({ request }: Exchange): Request => ({
  method: request.method,
  url: uri(request.url),
  httpVersion: 'HTTP/1.1',
  // Cookies are not listed: their values may be secrets.
  cookies: [],
  headers: headers(request.headers),
  queryString: queryString(uri(request.url)),
  ...(request.body === undefined
    ? {}
    : { postData: { mimeType: valueOf(request.headers, 'content-type') ?? '', text: request.body } }),
  headersSize: -1,
  bodySize: bodySize(request),
});

const answerOf = (response: RecordedResponse): Response => ({
  status: response.status,
  statusText: '',
  httpVersion: 'HTTP/1.1',
  cookies: [],
  headers: headers(response.headers),
  content: {
    size: new TextEncoder().encode(response.body).length,
    mimeType: valueOf(response.headers, 'content-type') ?? 'x-unknown',
    text: response.body,
    ...(response.truncated ? { comment: 'only the beginning was kept' } : {}),
  },
  redirectURL: valueOf(response.headers, 'location') ?? '',
  headersSize: -1,
  bodySize: bodySize(response),
});

/** An exchange without a response, written as browsers write it: status 0, and the reason in `_error`. */
const noAnswer = ({ failure }: Exchange): Response & { readonly _error: string } => ({
  status: 0,
  statusText: '',
  httpVersion: '',
  cookies: [],
  headers: [],
  content: { size: 0, mimeType: 'x-unknown' },
  redirectURL: '',
  headersSize: -1,
  bodySize: -1,
  _error: failure === undefined ? 'no answer' : `${failure.code}: ${failure.message}`,
});

const noteOf = ({ n, purpose, credential, variant }: Exchange): string =>
  `#${n} ${purpose}, credential ${credential}${variant === undefined ? '' : `, ${variant}`}`;

/** The archive as JSON. Only the whole time of an exchange is known, so all of it is given as waiting. */
export const harOf = (pages: readonly HarPage[], { startedAt, tool }: HarOrigin): string => {
  const start = Date.parse(startedAt);
  const at = (milliseconds: number): string => new Date(start + milliseconds).toISOString();
  const creator = { name: 'scim-conformance', version: tool };
  const numbered = pages.map((page, index) => ({ ...page, id: `page_${index + 1}` }));
  const log: Har['log'] = {
    version: '1.2',
    creator,
    pages: numbered.map(({ id, title, comment, exchanges }) => ({
      startedDateTime: at(exchanges.reduce((first, exchange) => Math.min(first, exchange.at), exchanges[0]?.at ?? 0)),
      id,
      title,
      pageTimings: {},
      ...(comment === undefined ? {} : { comment }),
    })),
    entries: numbered.flatMap(({ id, exchanges }) =>
      exchanges.map((exchange) => ({
        pageref: id,
        startedDateTime: at(exchange.at),
        time: exchange.took,
        request: requestOf(exchange),
        response: exchange.response === undefined ? noAnswer(exchange) : answerOf(exchange.response),
        cache: {},
        timings: { send: 0, wait: exchange.took, receive: 0 },
        comment: noteOf(exchange),
      })),
    ),
  };
  return `${harmlessJson({ log }, 2)}\n`;
};

/** The exchanges of all evidence: one page for each requirement that has evidence. */
export const harReport = (report: Report): string =>
  harOf(
    report.requirements.flatMap((result): HarPage[] => {
      const { id, title, evidence } = result;
      if (evidence === undefined) return [];
      const comment = `run again: ${replayLine(report, result, evidence)}`;
      return [{ title: `${id} ${inOneLine(title)}`, comment, exchanges: evidence.exchanges }];
    }),
    report,
  );
