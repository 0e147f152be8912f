/** Reads a draft in any of its formats. */
import type { DraftDocument, DraftFormat } from '../document.js';
import { readMarkdown } from './markdown.js';
import { readRfcText } from './rfc-text.js';
import { readRfcxml } from './rfcxml.js';

/** By what the text is, not by the name of its file. */
const formatOf = (text: string): DraftFormat => {
  if (/^\s*<\?xml|<rfc[\s>]/.test(text.slice(0, 4000))) return 'xml';
  if (/^---\r?\n/.test(text) || /^(?:#{1,6} |```|~~~)/m.test(text)) return 'markdown';
  return 'text';
};

const readers: Readonly<Record<DraftFormat, (text: string) => DraftDocument>> = {
  text: readRfcText,
  markdown: readMarkdown,
  xml: readRfcxml,
};

/** Throws NotReadable. */
export const readDraft = (text: string): DraftDocument =>
  readers[formatOf(text)](text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n'));
