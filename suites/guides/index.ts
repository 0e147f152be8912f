/** The guide of every requirement, judged or not: why it matters, how it is tested and how to meet it. */
import type { Draft, Guide } from './guide.js';
import { accTexts } from './texts/acc.js';
import { bulkTexts } from './texts/bulk.js';
import { coreTexts } from './texts/core.js';
import { discTexts } from './texts/disc.js';
import { errTexts } from './texts/err.js';
import { evtTexts } from './texts/evt.js';
import { featureTexts } from './texts/features.js';
import { lifeTexts } from './texts/life.js';
import { modeTexts } from './texts/mode.js';
import { prefTexts } from './texts/pref.js';
import { rateTexts } from './texts/rate.js';
import { secTexts } from './texts/sec.js';
import { statTexts } from './texts/stat.js';
import { unjudgedTexts } from './texts/unjudged.js';

export type { Guide } from './guide.js';

const whole = ({ why, tested, fix }: Draft): Guide => ({
  why: why.join(' '),
  tested: tested.join(' '),
  fix: fix.join(' '),
});

const drafts: Readonly<Record<string, Draft>> = {
  ...coreTexts,
  ...discTexts,
  ...modeTexts,
  ...accTexts,
  ...statTexts,
  ...lifeTexts,
  ...bulkTexts,
  ...errTexts,
  ...rateTexts,
  ...secTexts,
  ...prefTexts,
  ...evtTexts,
  ...featureTexts,
  ...unjudgedTexts,
};

export const guides: ReadonlyMap<string, Guide> = new Map(
  Object.entries(drafts).map(([id, draft]) => [id, whole(draft)]),
);

/** The guide of this id, compared without regard to case; undefined where there is no such requirement. */
export const findGuide = (id: string): Guide | undefined => guides.get(id.toUpperCase());
