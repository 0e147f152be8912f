/** Where the events of a mock are polled, in the names that it gives to the wire. */
import type { Renames } from '../../schemas/wire/renames.js';
import { translatorAt } from '../../schemas/wire/translator.js';

/** `url`: the base URL of the mock. */
export const pollUrlOf = (url: string, wire: Renames = {}): string => translatorAt(wire, url).url(`${url}/events/poll`);
