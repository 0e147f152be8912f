/**
 * The only place where text becomes HTML. Every value that is put into a template is made visible, clipped and escaped
 * here; only what another template has made is taken as markup.
 */
import { clip, limits } from '../../../suites/events.js';
import { escaped as asNumber, visible as shown } from '../../text/visible-text.js';

const text = Symbol('markup');

/** HTML that a template has made. It has a symbol as its key, so that no part of a report can pass for it. */
export interface Markup {
  readonly [text]: string;
}

/** What may be put into a template. For undefined and false nothing is written. */
export type Content = string | number | false | Markup | undefined | readonly Content[];

/** Marks that turn the writing direction, characters without a width, and halves of surrogate pairs. */
const unseen = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\p{Surrogate}/gu;

/** Text in which every character can be seen: invisible and control characters are written as their numbers. */
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

/** A template of HTML. Every value in it is escaped, so that it may stand in content and in quoted attributes. */
export const h = (parts: TemplateStringsArray, ...values: readonly Content[]): Markup => ({
  [text]: parts.map((part, index) => part + written(values[index])).join(''),
});

/** Only for constants of this folder and for drawings, whose text is escaped already. Never for text of a report. */
export const trusted = (markup: string): Markup => ({ [text]: markup });

/** The finished HTML. */
export const htmlOf = (markup: Markup): string => markup[text];

/** A link where the address is http or https, otherwise the label alone. */
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
