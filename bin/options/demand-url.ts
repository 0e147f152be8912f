/** Reads URLs of the command line. It is apart from the options of a run, which load all of the suite. */
import { UsageError } from '../usage/usage-error.js';

export const isHttpUrl = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

/** Throws UsageError. */
export const demandUrl = (text: string, option: string): string => {
  if (!isHttpUrl(text)) throw new UsageError(`${option} «${text}» is not an http or https URL`);
  return new URL(text).href;
};
