/** Runs the suite, which knows the names of a profile only, over a wire with other names. */
import type { Translator } from '../../schemas/wire/translator.js';
import { environmentOf, type RunOptions } from '../engine/run-options.js';
import type { ResourceTemplates, TargetDescription } from '../provider/target.js';
import { translateEnvironment } from './environment.js';
import { translateFields } from './records.js';
import { showEvent } from './shown.js';

const translateTemplates = ({ user, group }: ResourceTemplates, { object }: Translator): ResourceTemplates => ({
  ...(user === undefined ? {} : { user: object(user) }),
  ...(group === undefined ? {} : { group: object(group) }),
});

/** The user describes the target in the names of the wire. */
const translateTarget = (target: TargetDescription, wire: Translator): TargetDescription => {
  const { headers, credentialFields, publicFields, resources } = target;
  const named = (names: readonly string[]): string[] => names.map((name) => wire.field(name, '')[0]);
  return {
    ...target,
    ...(headers === undefined ? {} : { headers: translateFields(headers, wire) }),
    ...(credentialFields === undefined ? {} : { credentialFields: named(credentialFields) }),
    ...(publicFields === undefined ? {} : { publicFields: named(publicFields) }),
    ...(resources === undefined ? {} : { resources: translateTemplates(resources, wire) }),
  };
};

/**
 * Options for a run that speaks with the names of the wire, and shows them in its events. `declared`: ids of the requirements
 * that the profile file adds.
 */
export const overWire = <O extends RunOptions>(options: O, wire: Translator, declared: readonly string[]): O => {
  const { target, setPoll, jwks, onEvent } = options;
  return {
    ...options,
    target: translateTarget(target, wire),
    ...(setPoll === undefined ? {} : { setPoll: wire.url(setPoll) }),
    ...(typeof jwks === 'string' ? { jwks: wire.url(jwks) } : {}),
    environment: translateEnvironment(environmentOf(options), options, wire),
    ...(onEvent === undefined ? {} : { onEvent: (event) => onEvent(showEvent(event, wire, declared)) }),
  };
};
