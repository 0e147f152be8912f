/** All variants of the zoo. */
import type { Variant } from '../variant.js';
import { discoveryVariants } from './discovery.js';
import { headerVariants } from './headers.js';
import { idVariants } from './ids.js';
import { limitVariants } from './limits.js';
import { resourceVariants } from './resources.js';
import { securityVariants } from './security.js';
import { spellingVariants } from './spelling.js';
import { timingVariants } from './timing.js';
import { tokenVariants } from './tokens.js';
import { valueVariants } from './values.js';

export const variants: readonly Variant[] = [
  ...headerVariants,
  ...resourceVariants,
  ...idVariants,
  ...securityVariants,
  ...discoveryVariants,
  ...limitVariants,
  ...spellingVariants,
  ...timingVariants,
  ...tokenVariants,
  ...valueVariants,
];
