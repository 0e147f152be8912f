/**
 * The only module in which text becomes HTML. It makes every value of a template visible, cuts it and escapes it. Only
 * the result of another template is inserted as markup.
 */
import { clip, limits } from '../../../suites/events.js';
import { escaped as asNumber, visible as shown } from '../../text/visible-text.js';

const text = Symbol('markup');

/** HTML made by a template. Its key is a symbol, so that no JSON value of a report can be mistaken for it. */
export interface Markup {
  readonly [text]: string;
}

/** A value that a template can contain. Undefined and false write nothing. */
export type Content = string | number | false | Markup | undefined | readonly Content[];

/** Characters that change the writing direction, characters without a width, and halves of surrogate pairs. */
const unseen = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\p{Surrogate}/gu;

/** The text with invisible and control characters replaced by their numbers. */
export const visible = (whole: string): string => shown(clip(whole, limits.command)).replaceAll(unseen, asNumber);

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

const escaped = (whole: string): string => visible(whole).replaceAll(/[&<>"'`]/g, (sign) => entities[sign] ?? '');

const isMarkup = (content: Content): content is Markup => typeof content === 'object' && text in content;

const written = (content: Content): string => {
  if (content === undefined || content === false) return '';
  if (typeof content === 'string') return escaped(content);
  if (typeof content === 'number') return String(content);
  return isMarkup(content) ? content[text] : content.map(written).join('');
};

/** A template of HTML. Every value in it is escaped, so that it is safe in element content and in quoted attributes. */
export const h = (parts: TemplateStringsArray, ...values: readonly Content[]): Markup => ({
  [text]: parts.map((part, index) => part + written(values[index])).join(''),
});

/** Only for constants of this folder and for drawings, whose text is already escaped. Never for text from a report. */
export const trusted = (markup: string): Markup => ({ [text]: markup });

export const htmlOf = (markup: Markup): string => markup[text];

/** A link if the address is http or https, otherwise only the label. */
export const link = (href: string | undefined, label: string): Markup => {
  const url = href !== undefined && href.length < 2000 && URL.canParse(href) ? new URL(href) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) return h`${label}`;
  return h`<a href="${url.href}" rel="noopener noreferrer">${label}</a>`;
};

/** Text of requirements and guides, in which backticks enclose code. */
export const prose = (whole: string): Content =>
  clip(whole, limits.text)
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 === 1 ? h`<code>${part}</code>` : part));
