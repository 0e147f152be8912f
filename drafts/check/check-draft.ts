/** Checks all examples of a draft. */
import type { Renames } from '../../schemas/wire/renames.js';
import { createTranslator } from '../../schemas/wire/translator.js';
import type { Block, DraftDocument } from '../document.js';
import { readExamples, type Example, type RequestExample } from '../examples/http-message.js';
import { checkBodyOf } from './bodies.js';
import { checkExchange, checkResponse } from './exchanges.js';
import { checkFields } from './field-values.js';
import type { DraftFinding, FoundAt } from './finding.js';
import { checkNames } from './old-names.js';
import { inUsualNames } from '../examples/in-usual-names.js';
import { checkTransactions, type Exchange, type Placed } from './transactions.js';

export interface DraftCheck {
  readonly format: DraftDocument['format'];
  /** How many examples were read, by what they are. */
  readonly examples: { readonly messages: number; readonly bodies: number; readonly abbreviated: number };
  /** In the order of the file. */
  readonly findings: readonly DraftFinding[];
}

/** A request is answered by the next message, if that is an answer and in the same section. */
const exchangesIn = (placed: readonly Placed[], blocks: readonly Block[]): Exchange[] => {
  const messages = placed.filter(({ example }) => example.kind !== 'body');
  return messages.flatMap(({ example: response, block }, place) => {
    const before = messages[place - 1];
    if (response.kind !== 'response' || before?.example.kind !== 'request') return [];
    return blocks[before.block]?.section === blocks[block]?.section
      ? [{ request: before.example, response, place: block }]
      : [];
  });
};

const choosesAttributes = (request: RequestExample | undefined): boolean =>
  /[?&](?:excludedA|a)ttributes=/i.test(request?.target ?? '');

const checkAlone = (example: Example, request: RequestExample | undefined): FoundAt[] => [
  ...(example.kind === 'body' ? [] : checkFields(example)),
  ...(example.kind === 'response' ? checkResponse(example) : []),
  ...checkBodyOf(example, { isProjected: choosesAttributes(request) }),
];

/** `wire`: the names that the draft gives to what this tool knows under other names. */
export const checkDraft = ({ blocks, format }: DraftDocument, wire: Renames = {}): DraftCheck => {
  const translator = createTranslator(wire, () => ['']);
  const written = blocks.flatMap(({ lines }, block) =>
    readExamples(lines).map((example): Placed => ({ example, block })),
  );
  const placed = written.map(({ example, block }): Placed => ({ example: inUsualNames(example, translator), block }));
  const exchanges = exchangesIn(placed, blocks);
  const requestOf = new Map(exchanges.map(({ request, response }): [Example, RequestExample] => [response, request]));
  const found = [
    ...placed.flatMap(({ example, block }) =>
      checkAlone(example, requestOf.get(example)).map((finding) => ({ ...finding, block })),
    ),
    ...exchanges.flatMap(({ request, response, place }) =>
      checkExchange(request, response).map((finding) => ({ ...finding, block: place })),
    ),
    ...checkTransactions(placed, exchanges),
  ];
  const inUsual = found.map((finding) => ({
    ...finding,
    expected: translator.words(finding.expected),
    actual: translator.words(finding.actual),
  }));
  const old = written.flatMap(({ example, block }) =>
    checkNames(example, wire).map((finding) => ({ ...finding, block })),
  );
  const findings = [...inUsual, ...old]
    .flatMap(({ block, ...finding }): DraftFinding[] => {
      const { section, figure } = blocks[block] ?? {};
      return section === undefined ? [] : [{ ...finding, section, ...(figure === undefined ? {} : { figure }) }];
    })
    .toSorted((one, other) => one.line - other.line);
  const bodies = placed.flatMap(({ example }) => example.body ?? []);
  return {
    format,
    examples: {
      messages: placed.filter(({ example }) => example.kind !== 'body').length,
      bodies: bodies.length,
      abbreviated: bodies.filter(({ kind }) => kind === 'abbreviated').length,
    },
    findings,
  };
};
