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

/** How a result of this requirement is shown: what a profile file declares is written in the names of the wire already. */
const wireOf = (id: string, wire: Translator, declared: readonly string[]): Translator =>
  declared.includes(id) ? { ...wire, words: (text) => text } : wire;

/** `declared`: ids of the requirements that the profile file adds. */
export const showReport = (report: Report, wire: Translator, declared: readonly string[]): Report => ({
  ...report,
  reason: wire.words(report.reason),
  settings: translateSettings(report.settings, wire),
  ...(report.target === undefined ? {} : { target: translateFacts(report.target, wire) }),
  ...(report.clients === undefined ? {} : { clients: report.clients.map((shape) => showShape(shape, wire)) }),
  requirements: report.requirements.map((result) => showResult(result, wireOf(result.id, wire, declared))),
  leftovers: report.leftovers.map(wire.url),
});

const showEnd = (ended: EndedEarly, wire: Translator): EndedEarly => ({ ...ended, reason: wire.words(ended.reason) });

const showFinding = <E extends { readonly expected: string; readonly actual: string }>(
  finding: E,
  { words }: Translator,
): E => ({ ...finding, expected: words(finding.expected), actual: words(finding.actual) });

/** `declared`: as in showReport. */
export const showEvent = (event: RunEvent, wire: Translator, declared: readonly string[]): RunEvent => {
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
      return showFinding(event, wireOf(event.id, wire, declared));
    case 'requirement-judged':
      return { ...event, result: showResult(event.result, wireOf(event.result.id, wire, declared)) };
    case 'run-finished':
      return {
        ...event,
        report: showReport(event.report, wire, declared),
        ...(event.ended === undefined ? {} : { ended: showEnd(event.ended, wire) }),
      };
    case 'shrinking':
    case 'finding-repeated':
    case 'cleaning-up':
      return event;
  }
};
