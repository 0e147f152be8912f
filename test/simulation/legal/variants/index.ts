/** All variants of the zoo. */
import type { Variant } from '../variant.js';
import { acceptanceVariants } from './acceptance.js';
import { bulkVariants } from './bulk.js';
import { deliveryVariants } from './delivery.js';
import { describedVariants } from './described.js';
import { describedTypeVariants } from './described-types.js';
import { discoveryVariants } from './discovery.js';
import { errorVariants } from './errors.js';
import { eventVariants } from './events.js';
import { filterVariants } from './filters.js';
import { headerVariants } from './headers.js';
import { idVariants } from './ids.js';
import { keptFormVariants } from './kept-forms.js';
import { limitVariants } from './limits.js';
import { listVariants } from './lists.js';
import { memberFormVariants } from './member-forms.js';
import { mutabilityVariants } from './mutability.js';
import { offerVariants } from './offers.js';
import { patchRefusalVariants } from './patch-refusals.js';
import { patchVariants } from './patches.js';
import { preconditionVariants } from './preconditions.js';
import { preferenceVariants } from './preferences.js';
import { resourceVariants } from './resources.js';
import { returnedVariants } from './returned.js';
import { searchVariants } from './searches.js';
import { securityVariants } from './security.js';
import { spellingVariants } from './spelling.js';
import { statusVariants } from './status.js';
import { tagFormVariants } from './tag-forms.js';
import { timingVariants } from './timing.js';
import { tokenVariants } from './tokens.js';
import { valueVariants } from './values.js';
import { versionVariants } from './versions.js';
import { writeFormVariants } from './write-forms.js';

export const variants: readonly Variant[] = [
  ...headerVariants,
  ...resourceVariants,
  ...idVariants,
  ...securityVariants,
  ...discoveryVariants,
  ...describedVariants,
  ...acceptanceVariants,
  ...statusVariants,
  ...listVariants,
  ...filterVariants,
  ...errorVariants,
  ...bulkVariants,
  ...offerVariants,
  ...patchVariants,
  ...memberFormVariants,
  ...preconditionVariants,
  ...versionVariants,
  ...preferenceVariants,
  ...eventVariants,
  ...deliveryVariants,
  ...limitVariants,
  ...spellingVariants,
  ...timingVariants,
  ...tokenVariants,
  ...valueVariants,
  ...keptFormVariants,
  ...returnedVariants,
  ...mutabilityVariants,
  ...searchVariants,
  ...writeFormVariants,
  ...tagFormVariants,
  ...patchRefusalVariants,
  ...describedTypeVariants,
];
