/** How the rules of a profile file see a trace: in the names of the wire, in which its author writes. */
import type { Renames } from '../../../schemas/wire/renames.js';
import { translatorAt, type Translator } from '../../../schemas/wire/translator.js';
import type { Answered } from '../../trace/trace.js';
import { translateExchange } from '../../wire/records.js';

export interface OnWire {
  /** The exchange as it was on the wire. */
  readonly exchange: (exchange: Answered, baseUrl: string) => Answered;
  readonly url: (url: string, baseUrl: string) => string;
}

const asRecorded: OnWire = { exchange: (exchange) => exchange, url: (url) => url };

/** `wire`: what the profile file renames. */
export const createOnWire = (wire: Renames | undefined): OnWire => {
  if (wire === undefined) return asRecorded;
  const translators = new Map<string, Translator>();
  const translatorFor = (baseUrl: string): Translator => {
    const translator = translators.get(baseUrl) ?? translatorAt(wire, baseUrl);
    translators.set(baseUrl, translator);
    return translator;
  };
  const seen = new WeakMap<Answered, Answered>();
  return {
    url: (url, baseUrl) => translatorFor(baseUrl).url(url),
    exchange: (exchange, baseUrl) => {
      const known = seen.get(exchange);
      if (known !== undefined) return known;
      const { response } = exchange;
      const translated: Answered = { response, ...translateExchange(exchange, translatorFor(baseUrl)) };
      seen.set(exchange, translated);
      return translated;
    },
  };
};
