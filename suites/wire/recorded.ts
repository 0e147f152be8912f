/** Translates a recording, which shows the wire, to the names of the profile, so that it can be judged. */
import type { Translator } from '../../schemas/wire/translator.js';
import type { Recording } from '../trace/recording.js';
import { translateFacts, translateName, translateSettings, translateTrace } from './records.js';

export const translateRecording = (recording: Recording, wire: Translator): Recording => {
  const { head, facts, executions, end } = recording;
  return {
    head: { ...head, settings: translateSettings(head.settings, wire) },
    facts: facts === undefined ? undefined : translateFacts(facts, wire),
    executions: executions.map((execution) => ({
      ...execution,
      name: translateName(execution.name, wire),
      trace: translateTrace(execution.trace, wire),
    })),
    end: end === undefined ? undefined : { ...end, leftovers: end.leftovers.map(wire.url) },
  };
};
