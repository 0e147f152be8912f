/** Makes the profile of a profile file from its base. */
import type { DeclaredRequirement, ProfileFile } from '../../../schemas/types.js';
import type { Needs } from '../../contract/needs.js';
import type { Profile } from '../../definitions/profile.js';
import { defineRequirement, type Requirement } from '../../definitions/requirement.js';
import { codesOf, declaredJudge } from './declared-judge.js';
import { createOnWire, type OnWire } from './on-wire.js';

const needsOf = ({ on, rule }: DeclaredRequirement): Needs => ({
  ...(on.binding !== undefined ? { binding: on.binding } : rule.kind === 'history' ? { binding: 'any' } : {}),
  ...(on.credential === 'second' ? { credential: 'second' } : {}),
});

const declare = (declared: DeclaredRequirement, since: ProfileFile['base'], onWire: OnWire): Requirement => {
  const { id, level, title, source, guide, rule } = declared;
  return defineRequirement<string>({
    id,
    since,
    level,
    title,
    source,
    needs: needsOf(declared),
    guide: { why: [guide.why], tested: [guide.tested], fix: [guide.fix] },
    codes: codesOf[rule.kind],
    from: 'every',
    nothing: 'Its «on» selected none of the exchanges.',
    judge: declaredJudge(declared, onWire),
  });
};

const changed = (requirement: Requirement, { levels = {}, sources = {} }: ProfileFile): Requirement => {
  const { id, level, source } = requirement;
  return { ...requirement, level: levels[id] ?? level, source: sources[id] ?? source };
};

/** The profile of a file without mistakes. Its version names the file and the base, as reports show it. */
export const applyOverlay = (file: ProfileFile, base: Profile): Profile => {
  const { name, wire, retired = {}, requirements = [] } = file;
  const isKept = (id: string): boolean => !Object.hasOwn(retired, id);
  const onWire = createOnWire(wire);
  const declared = requirements.map((each) => declare(each, file.base, onWire));
  const { carriers, synchronous } = base;
  return {
    ...base,
    version: `${name} (base ${base.version})`,
    requirements: [
      ...base.requirements.filter(({ id }) => isKept(id)).map((requirement) => changed(requirement, file)),
      ...declared,
    ],
    ...(carriers === undefined
      ? {}
      : {
          carriers: {
            'request-mode': carriers['request-mode'].filter(isKept),
            'respond-async': carriers['respond-async'].filter(isKept),
          },
        }),
    ...(synchronous === undefined
      ? {}
      : {
          synchronous: {
            ids: [
              ...synchronous.ids.filter(isKept),
              ...declared.filter(({ needs }) => needs.binding === undefined).map(({ id }) => id),
            ],
            carriers: synchronous.carriers.filter(isKept),
          },
        }),
    ...(wire === undefined ? {} : { wire }),
    overlay: { declared: declared.map(({ id }) => id), retired },
  };
};
