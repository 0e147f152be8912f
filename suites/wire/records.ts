/**
 * Translates the records of a run: inside the suite they have the names of the profile, outside those of the wire. Every
 * function is its own inverse, as those of the translator are.
 */
import type { Exchange, HeaderList, Settings, Submission, TargetFacts } from '../../schemas/types.js';
import type { Translator } from '../../schemas/wire/translator.js';
import type { Trace, TraceEntry } from '../trace/trace.js';

export const translateFields = (headers: HeaderList, { field }: Translator): HeaderList =>
  headers.map(([name, value]) => field(name, value));

/** What a provider signs for a webhook is the body as it was sent, so that this one stays; what it pushes is a token. */
const bodyOf = ({ purpose }: Exchange, text: string, { body, token }: Translator): string => {
  if (purpose === 'webhook-delivery') return text;
  return purpose === 'event-push' ? token(text) : body(text);
};

/** Names of steps and of what a request is about may hold URLs. */
const eachUrl = (text: string, { url }: Translator): string => text.replace(/\S+/g, url);

export const translateExchange = (exchange: Exchange, wire: Translator): Exchange => {
  const { request, response, subject, variant } = exchange;
  const isToSuite = exchange.purpose === 'webhook-delivery' || exchange.purpose === 'event-push';
  return {
    ...exchange,
    ...(subject === undefined ? {} : { subject: eachUrl(subject, wire) }),
    ...(variant === undefined ? {} : { variant: eachUrl(variant, wire) }),
    request: {
      ...request,
      url: isToSuite ? request.url : wire.url(request.url),
      headers: translateFields(request.headers, wire),
      ...(request.body === undefined ? {} : { body: bodyOf(exchange, request.body, wire) }),
    },
    ...(response === undefined
      ? {}
      : {
          response: {
            ...response,
            headers: translateFields(response.headers, wire),
            body: bodyOf(exchange, response.body, wire),
          },
        }),
  };
};

const translateSubmission = (submission: Submission, { url }: Translator): Submission => ({
  ...submission,
  ...(submission.location === undefined ? {} : { location: url(submission.location) }),
  operations: submission.operations.map((operation) => ({ ...operation, path: url(operation.path) })),
});

const translateEntry = (entry: TraceEntry, wire: Translator): TraceEntry => {
  switch (entry.type) {
    case 'exchange':
      return translateExchange(entry, wire);
    case 'submission':
      return translateSubmission(entry, wire);
    case 'token': {
      const { jwt, claims } = entry;
      return {
        ...entry,
        ...(jwt === undefined ? {} : { jwt: wire.token(jwt) }),
        ...(claims === undefined ? {} : { claims: wire.object(claims) }),
      };
    }
    case 'settlement':
      return entry;
  }
};

/** Names that the target advertises, and clauses about what was found. */
export const translateFacts = (facts: TargetFacts, wire: Translator): TargetFacts => {
  const { guardedFields, bindingNote, statusEndpoint, asyncExtension, securityEvents, noSigningKeys } = facts;
  return {
    ...facts,
    bindingNote: wire.words(bindingNote),
    ...(guardedFields === undefined ? {} : { guardedFields: guardedFields.map((name) => wire.field(name, '')[0]) }),
    ...(statusEndpoint === undefined ? {} : { statusEndpoint: wire.url(statusEndpoint) }),
    ...(asyncExtension === undefined ? {} : { asyncExtension: wire.value(asyncExtension) }),
    ...(securityEvents === undefined ? {} : { securityEvents: wire.value(securityEvents) }),
    ...(noSigningKeys === undefined ? {} : { noSigningKeys: wire.words(noSigningKeys) }),
  };
};

export const translateSettings = (settings: Settings, { url }: Translator): Settings => {
  const { setPoll, jwks } = settings;
  return {
    ...settings,
    ...(setPoll === undefined ? {} : { setPoll: url(setPoll) }),
    ...(jwks === undefined ? {} : { jwks: url(jwks) }),
  };
};

/** Executions that make an input smaller have the input in their names. */
export const translateName = (name: string, { body }: Translator): string =>
  name.replace(/(\/input )(.*)$/s, (_all, before: string, input: string) => `${before}${body(input)}`);

export const translateTrace = (trace: Trace, wire: Translator): Trace => ({
  ...trace,
  input: wire.value(trace.input),
  target: translateFacts(trace.target, wire),
  entries: trace.entries.map((entry) => translateEntry(entry, wire)),
  ...(trace.blocked === undefined ? {} : { blocked: wire.words(trace.blocked) }),
});
