/** Translates what leaves a run, so that events and reports show what was really sent and received. */
import type { ClientShape, EndedEarly, Evidence, Report, RequirementResult } from '../../schemas/types.js';
import type { Translator } from '../../schemas/wire/translator.js';
import type { RunEvent } from '../events.js';
import { translateExchange, translateFacts, translateName, translateSettings, translateTrace } from './records.js';

const showEvidence = (evidence: Evidence, wire: Translator): Evidence => ({
  ...evidence,
  expected: wire.words(evidence.expected),
  actual: wire.words(evidence.actual),
  input: wire.value(evidence.input),
  story: evidence.story.map(wire.words),
  exchanges: evidence.exchanges.map((exchange) => translateExchange(exchange, wire)),
  ...(evidence.again === undefined ? {} : { again: evidence.again.map(wire.words) }),
});

const showResult = (result: RequirementResult, wire: Translator): RequirementResult => {
  const { title, reason, evidence, alsoFound, guide } = result;
  return {
    ...result,
    title: wire.words(title),
    ...(reason === undefined ? {} : { reason: wire.words(reason) }),
    ...(evidence === undefined ? {} : { evidence: showEvidence(evidence, wire) }),
    ...(alsoFound === undefined ? {} : { alsoFound: alsoFound.map((each) => showEvidence(each, wire)) }),
    ...(guide === undefined ? {} : { guide: { why: wire.words(guide.why), fix: wire.words(guide.fix) } }),
  };
};

const showShape = (shape: ClientShape, wire: Translator): ClientShape => ({
  ...shape,
  title: wire.words(shape.title),
  request: wire.words(shape.request),
  ...(shape.reason === undefined ? {} : { reason: wire.words(shape.reason) }),
  ...(shape.exchanges === undefined
    ? {}
    : { exchanges: shape.exchanges.map((exchange) => translateExchange(exchange, wire)) }),
});

export const showReport = (report: Report, wire: Translator): Report => ({
  ...report,
  reason: wire.words(report.reason),
  settings: translateSettings(report.settings, wire),
  ...(report.target === undefined ? {} : { target: translateFacts(report.target, wire) }),
  ...(report.clients === undefined ? {} : { clients: report.clients.map((shape) => showShape(shape, wire)) }),
  requirements: report.requirements.map((result) => showResult(result, wire)),
  leftovers: report.leftovers.map(wire.url),
});

const showEnd = (ended: EndedEarly, wire: Translator): EndedEarly => ({ ...ended, reason: wire.words(ended.reason) });

export const showEvent = (event: RunEvent, wire: Translator): RunEvent => {
  switch (event.type) {
    case 'run-started':
      return { ...event, settings: translateSettings(event.settings, wire) };
    case 'discovered':
      return { ...event, target: translateFacts(event.target, wire) };
    case 'exercised':
      return { ...event, name: translateName(event.name, wire), trace: translateTrace(event.trace, wire) };
    case 'exercise-finished':
      return { ...event, title: wire.words(event.title) };
    case 'finding':
      return { ...event, expected: wire.words(event.expected), actual: wire.words(event.actual) };
    case 'requirement-judged':
      return { ...event, result: showResult(event.result, wire) };
    case 'run-finished':
      return {
        ...event,
        report: showReport(event.report, wire),
        ...(event.ended === undefined ? {} : { ended: showEnd(event.ended, wire) }),
      };
    case 'shrinking':
    case 'finding-repeated':
    case 'cleaning-up':
      return event;
  }
};
