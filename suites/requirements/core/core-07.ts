/** CORE-07. All other judges read names and URNs in any letter case, so that only this one speaks of their spelling. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { clip } from '../../judging/describe.js';
import { judgeEach, together, type Finding } from '../../judging/judge.js';
import { misspelledInEvents, misspelledInMessage, type Misspelling } from '../../judging/misspellings.js';
import { isObject, responseJson, responseJsonAsSent } from '../../trace/message.js';

const codes = {
  'name-misspelled': 'the name of a member is written in another letter case than in its RFC or the profile',
  'urn-misspelled': 'a URN is written in another letter case than in its RFC or the profile',
};

type Code = keyof typeof codes;

const codeOf: Readonly<Record<Misspelling['kind'], Code>> = { name: 'name-misspelled', urn: 'urn-misspelled' };

const most = 5;

/** At most so many words, each once, in one line. */
const inWords = (words: readonly string[]): string => {
  const different = [...new Set(words)];
  const rest = different.length - most;
  return clip(`${different.slice(0, most).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`);
};

/** One finding for each kind of misspelling in a message. */
const findingsOf = (misspelled: readonly Misspelling[], exchanges: Finding['exchanges']): Finding<Code>[] =>
  (['name', 'urn'] as const).flatMap((kind) => {
    const ofKind = misspelled.filter((each) => each.kind === kind);
    if (ofKind.length === 0) return [];
    return [
      {
        code: codeOf[kind],
        expected: `the spelling ${inWords(ofKind.map(({ right }) => right))}`,
        actual: `it is ${inWords(ofKind.map(({ found }) => found))}`,
        exchanges,
      },
    ];
  });

export const core07 = defineRequirement({
  id: 'CORE-07',
  since: '1.1',
  level: 'SHOULD',
  title: 'names of members, and URNs, are spelled as their RFC or this profile spells them',
  source: cite('RFC 7643 §2.1, RFC 8141 §3.1'),
  needs: {},
  guide: {
    why: [
      'Names of attributes and URNs of the IETF are case-insensitive, so that `resources` in place of `Resources` is legal.',
      'But many clients read JSON with an exact comparison of names: they find no `Resources` in the list, take the user for missing, and create it again.',
    ],
    tested: [
      'Every SCIM message of the whole run is read: resources, lists, errors, bulk responses, status resources, ServiceProviderConfig, and the events in security event tokens.',
      'Names of members that an RFC or this profile defines for this message should have exactly their spelling, such as `Resources`, `Operations`, `etag` and `$ref`; so should URNs in `schemas`, as names of extensions and as names of events.',
      'Attributes and schemas of the provider itself are not judged, and neither are messages without `schemas`.',
      'It is a recommendation: the outcome is at most a warning. All other requirements read names and URNs in any letter case.',
    ],
    fix: [
      'Look at the settings of the JSON serialiser first: a rule such as «camel case for all names» turns `Resources` into `resources` and `Operations` into `operations`.',
      'Give those members their names explicitly; `Resources` and `Operations` are the only ones with a capital at the beginning.',
      'Keep URNs as constants, copied from the RFC: `urn:ietf:params:scim:schemas:core:2.0:User`.',
    ],
  },
  codes,
  from: 'every',
  judge: (trace) =>
    together(
      judgeEach(
        trace.answered().filter((exchange) => isObject(responseJson(exchange)) && trace.isScim(exchange)),
        (exchange) => {
          const asSent = responseJsonAsSent(exchange);
          // Most messages have nothing to correct.
          return asSent === responseJson(exchange) ? [] : findingsOf(misspelledInMessage(asSent), [exchange]);
        },
      ),
      judgeEach(
        trace.tokens().filter(({ claims }) => isObject(claims?.events)),
        ({ claims, exchange }) => findingsOf(misspelledInEvents(claims?.events), [trace.exchangeAt(exchange)]),
      ),
    ),
});
