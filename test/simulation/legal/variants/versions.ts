/** Entity tags: in one place or two, weak or strong, compared in either way, or sent by a framework that nobody asked. */
import { header } from '../../../../schemas/names.js';
import { bodyOf, config, member, withBody, withoutField } from '../../../../mock/faults/answers.js';
import type { Answer } from '../../../../mock/http/answer.js';
import { isJson, type Json } from '../../../../mock/json.js';
import { Problem } from '../../../../mock/problem.js';
import type { Handler } from '../../../../suites/index.js';
import { eachResource, where } from '../answers.js';
import { changing, type Variant, withSeams } from '../variant.js';

const isResource = (answer: Answer): boolean => isJson(bodyOf(answer).meta);

const withVersion = (change: (version: string) => string) =>
  eachResource((resource) =>
    isJson(resource.meta) && typeof resource.meta.version === 'string'
      ? { ...resource, meta: { ...resource.meta, version: change(resource.meta.version) } }
      : resource,
  );

const notSupported = (body: Json): Json => ({ ...body, etag: { ...member(body, 'etag'), supported: false } });

export const versionVariants: readonly Variant[] = [
  {
    name: 'strong-versions-whose-etag-a-proxy-makes-weak',
    source: 'RFC 9110 §8.8.1, §13.1.2 (weak comparison); RFC 7644 §3.14',
    make: changing(withVersion((version) => version.replace('W/', ''))),
    only: ['version'],
    needs: ['etags'],
  },
  {
    name: 'tags-in-meta-version-only',
    source: 'RFC 7644 §3.14 (`meta.version` holds the tag), RFC 9110 §8.8.3 (ETag is optional)',
    make: changing(where(isResource, withoutField(header.etag))),
    only: ['version'],
    needs: ['etags'],
  },
  {
    name: 'weak-tags-that-never-fulfil-if-match',
    source: 'RFC 9110 §13.1.1 (strong comparison)',
    make: withSeams(({ apply }) => ({
      apply: (operation, transaction) => {
        if (operation.version?.startsWith('W/') === true) throw new Problem(412, 'The resource has another version.');
        return apply(operation, transaction);
      },
    })),
    only: ['preconditions'],
    needs: ['etags'],
  },
  {
    name: 'etags-that-are-not-advertised-and-conditions-that-are-ignored',
    source: 'RFC 7643 §5 (`etag.supported` is false); RFC 7644 §3.14 (optional)',
    make: () => ({
      change: where(config, withBody(notSupported)),
      wire:
        (next: Handler): Handler =>
        (request) =>
          /\/(Users|Groups|Bulk)\b/.test(request.url)
            ? next({ ...request, headers: request.headers.filter(([name]) => !/^if-(none-)?match$/i.test(name)) })
            : next(request),
    }),
    only: ['preconditions'],
    needs: ['etags'],
  },
];
