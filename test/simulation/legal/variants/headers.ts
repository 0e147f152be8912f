/** Header fields: spelling, order, and fields that say nothing about SCIM. */
import { header, mediaType, urn } from '../../../../schemas/names.js';
import { isJson } from '../../../../mock/json.js';
import { inField, is, isScim, lines, where, withFields } from '../answers.js';
import { changing, type Variant } from '../variant.js';

/** Fields that proxies, frameworks and cookies add to every answer. */
const additional = {
  Server: 'nginx/1.27.1 (Ubuntu)',
  Via: '1.1 gateway.example, 2 edge.example (cache)',
  'X-Powered-By': 'Express',
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'Set-Cookie': 'affinity=node-3; Path=/; HttpOnly; SameSite=Lax',
  'Alt-Svc': 'h3=":443"; ma=86400',
  'Server-Timing': 'db;dur=53, app;dur=47.2',
  traceresponse: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
};

export const headerVariants: readonly Variant[] = [
  {
    name: 'field-names-in-lower-case',
    source: 'RFC 9110 §5.1, RFC 9113 §8.2.1',
    make: () => ({ wire: lines((all) => all.map(([name, value]) => [name.toLowerCase(), value])) }),
    only: ['case of field names'],
  },
  {
    name: 'field-names-in-capitals',
    source: 'RFC 9110 §5.1',
    make: () => ({ wire: lines((all) => all.map(([name, value]) => [name.toUpperCase(), value])) }),
    only: ['case of field names'],
  },
  {
    name: 'fields-in-reverse-order',
    source: 'RFC 9110 §5.3',
    make: () => ({ wire: lines((all) => all.toReversed()) }),
  },
  {
    name: 'blanks-and-tabs-around-values',
    source: 'RFC 9110 §5.5',
    make: () => ({ wire: lines((all) => all.map(([name, value]) => [name, `\t ${value} \t`])) }),
  },
  {
    name: 'fields-of-proxies-and-frameworks',
    source: 'RFC 9110 §7.6.3, §10.2.4, §16.3',
    make: changing((answer) => withFields(answer, additional)),
  },
  {
    name: 'no-date',
    source: 'RFC 9110 §6.6.1',
    make: () => ({ wire: lines((all) => all.filter(([name]) => name.toLowerCase() !== 'date')) }),
    only: ['date'],
  },
  {
    name: 'content-type-with-a-charset',
    source: 'RFC 9110 §8.3.1, RFC 8259 §11',
    make: changing(inField(header.contentType, (value) => (/json/.test(value) ? `${value}; charset=utf-8` : value))),
    only: ['content type'],
  },
  {
    name: 'content-type-in-capitals-with-a-quoted-charset',
    source: 'RFC 9110 §8.3.1, §5.6.6',
    make: changing(
      where(
        isScim,
        inField(header.contentType, () => 'Application/SCIM+JSON;Charset="UTF-8"'),
      ),
    ),
    only: ['content type'],
  },
  {
    name: 'json-for-those-who-ask-for-json',
    source: 'RFC 7644 §3.8',
    make: changing((answer, request) =>
      request.field(header.accept) === mediaType.json && answer.headers[header.contentType] === mediaType.scim
        ? withFields(answer, { [header.contentType]: mediaType.json })
        : answer,
    ),
    only: ['content type'],
  },
  {
    name: 'chunked-bodies',
    source: 'RFC 9112 §7.1, RFC 9110 §8.6',
    make: () => ({
      wire: lines((all) => {
        const others = all.filter(([name]) => name.toLowerCase() !== 'content-length');
        return others.length === all.length ? all : [...others, ['Transfer-Encoding', 'chunked']];
      }),
    }),
  },
  {
    name: 'connections-closed-after-each-answer',
    source: 'RFC 9112 §9.6',
    make: () => ({
      wire: lines((all) => [
        ...all.filter(([name]) => !['connection', 'keep-alive'].includes(name.toLowerCase())),
        ['Connection', 'close'],
      ]),
    }),
  },
  {
    name: 'vary-by-everything-that-negotiates',
    source: 'RFC 9110 §12.5.5, RFC 7240 §2',
    make: changing((answer) => withFields(answer, { Vary: 'Accept, Accept-Encoding, Prefer, Authorization' })),
  },
  {
    name: 'language-of-the-content',
    source: 'RFC 9110 §8.5',
    make: changing((answer) =>
      answer.body === undefined ? answer : withFields(answer, { 'Content-Language': 'de-CH, en' }),
    ),
  },
  {
    name: 'cache-control-with-more-directives',
    source: 'RFC 9111 §5.2.2, RFC 9110 §5.6.1',
    make: changing(inField(header.cacheControl, () => 'private,No-Store ,max-age=0, must-revalidate')),
    only: ['cache-control'],
  },
  {
    name: 'cache-control-in-two-lines',
    source: 'RFC 9110 §5.3, RFC 9111 §5.2',
    make: () => ({
      wire: lines((all) =>
        all.flatMap(([name, value]) =>
          name.toLowerCase() === 'cache-control'
            ? [
                [name, 'no-cache'],
                [name, value],
              ]
            : [[name, value]],
        ),
      ),
    }),
    only: ['cache-control'],
  },
  {
    name: 'request-ids-on-every-answer',
    source: 'profile §7.10 (X-Request-ID on answers other than 202 is not judged)',
    make: changing((answer, request) =>
      answer.headers[header.requestId] === undefined
        ? withFields(answer, { [header.requestId]: request.field(header.requestId) ?? 'made-by-the-gateway' })
        : answer,
    ),
  },
  {
    name: 'links-in-the-header',
    source: 'RFC 8288 §3',
    make: changing((answer) =>
      withFields(answer, { Link: '<https://docs.example/scim>; rel="service-doc", </policy>; rel="terms-of-service"' }),
    ),
  },
  {
    name: 'content-location-of-the-resource-that-is-shown',
    source: 'RFC 9110 §8.7',
    make: changing((answer, request) =>
      where(is(urn.user), (shown) => {
        const meta = isJson(shown.body) && isJson(shown.body.meta) ? shown.body.meta : {};
        return typeof meta.location === 'string' ? withFields(shown, { 'Content-Location': meta.location }) : shown;
      })(answer, request),
    ),
  },
  {
    name: 'location-of-a-create-as-an-absolute-path',
    source: 'RFC 9110 §10.2.2',
    make: changing(
      where(
        (answer) => answer.status === 201,
        inField(header.location, (url) => new URL(url).pathname),
      ),
    ),
  },
];
