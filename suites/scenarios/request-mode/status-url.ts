/** A status resource should also be served at the path of the profile and at the advertised path, not only at its Location. */
import { pathSegment } from '../../bindings/locations.js';
import type { Purpose, Submission, TargetFacts } from '../../../schemas/types.js';
import { responseObject } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';

/** `/provision/{id}/status` of profile D5 under the base URL. */
export const canonicalStatusUrl = (facts: TargetFacts, id: string): string =>
  `${facts.baseUrl}/provision/${pathSegment(id)}/status`;

/** The other URLs of the status resource, with the purpose of reading each. `read` is an answer that contains its id. */
export const statusAt = (
  facts: TargetFacts,
  submission: Submission,
  read: Answered | undefined,
): [Purpose, string][] => {
  const id = read === undefined ? undefined : responseObject(read)?.id;
  if (typeof id !== 'string' || id === '' || submission.location === undefined) return [];
  const { statusEndpoint } = facts;
  const template = statusEndpoint?.replaceAll('{id}', pathSegment(id));
  const advertised =
    template === undefined || template === statusEndpoint
      ? undefined
      : template.startsWith('/')
        ? `${facts.baseUrl}${template}`
        : URL.canParse(template, `${facts.baseUrl}/`)
          ? new URL(template, `${facts.baseUrl}/`).href
          : undefined;
  return [
    ['status-canonical', canonicalStatusUrl(facts, id)],
    ...(advertised === undefined ? [] : ([['status-advertised', advertised]] satisfies [Purpose, string][])),
  ];
};

/** The Location with another id in place of its own; undefined if the Location does not contain its id. */
export const statusUrlOfAnother = ({ location }: Submission, id: unknown, other: string): string | undefined => {
  const spelled = typeof id === 'string' && id !== '' ? pathSegment(id) : undefined;
  return location !== undefined && spelled !== undefined && location.includes(spelled)
    ? location.replace(spelled, other)
    : undefined;
};
