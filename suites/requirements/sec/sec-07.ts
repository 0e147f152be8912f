/** SEC-07. A client sends its token to the URLs in answers, so those have to be https, too. */
import type { Exchange } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, notApplicable } from '../../judging/judge.js';
import { asyncCreateScenario } from '../../scenarios/request-mode/async-create.js';
import { discovery } from '../../scenarios/synchronous/discovery.js';
import { resourceLifecycle } from '../../scenarios/synchronous/resource-lifecycle.js';
import { isObject, responseHeader, responseObject } from '../../trace/message.js';
import { isAnswered } from '../../trace/trace.js';

const isLoopback = ({ hostname }: URL): boolean =>
  hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127\./.test(hostname);

/** The URLs in an answer: Location, and meta.location of the resource in its body. */
const linksIn = (exchange: Exchange): string[] => {
  const meta = responseObject(exchange)?.meta;
  const urls = [responseHeader(exchange, 'location'), isObject(meta) ? meta.location : undefined];
  return urls.filter((url): url is string => typeof url === 'string' && URL.canParse(url));
};

export const sec07 = defineRequirement({
  id: 'SEC-07',
  since: '1.0',
  level: 'SHOULD',
  title: 'https, unless the host is loopback',
  source: cite('P-Sec'),
  needs: {},
  guide: {
    why: [
      'Tokens and personal data that are sent over http can be read on the way.',
      'A client that follows an http `Location` sends its token unencrypted, although its base URL is https.',
    ],
    tested: [
      'The base URL, and every absolute URL in a `Location` or in `meta.location`, should be https.',
      'Loopback addresses and relative URLs are not judged; if all are loopback, the requirement is skipped.',
      'It is a recommendation: the outcome is at most a warning.',
    ],
    fix: [
      'Behind a proxy that terminates TLS the application sees http and writes it into its links: take the scheme from `X-Forwarded-Proto` or `Forwarded`, or from a configured public URL.',
      'Serve the API only over https, without a redirect from http: a redirect comes after the token was sent.',
    ],
  },
  codes: {
    'base-url-not-https': 'the base URL of the provider is an http URL',
    'link-not-https': 'a Location or meta.location is an http URL',
  },
  from: [discovery, resourceLifecycle, asyncCreateScenario],
  judge: (trace) => {
    const base = trace
      .all()
      .slice(0, 1)
      .map((exchange) => ({ exchange, url: trace.target.baseUrl, isBase: true }));
    const links = trace
      .all()
      .filter(isAnswered)
      .flatMap((exchange) => linksIn(exchange).map((url) => ({ exchange, url, isBase: false })));
    const seen = [...base, ...links].filter(({ url }) => !isLoopback(new URL(url)));
    if (seen.length === 0) return notApplicable('The target is on a loopback address, where https is not needed.');
    return judgeEach(seen, ({ exchange, url, isBase }) =>
      new URL(url).protocol === 'https:'
        ? undefined
        : {
            code: isBase ? 'base-url-not-https' : 'link-not-https',
            expected: `https for ${isBase ? 'the target' : 'a URL in its answers'}`,
            actual: `it is ${url}`,
            exchanges: [exchange],
          },
    );
  },
});
