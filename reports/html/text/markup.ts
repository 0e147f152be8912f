/**
 * The only place where text becomes HTML. What a target sent is data: whatever is put into a template is escaped, cut
 * and made visible here, and only what a template made is ever taken as markup.
 */
import { clip, limits } from '../../../suites/events.js';
import { escaped as asNumber, visible as shown } from '../../text/visible-text.js';

const text = Symbol('markup');

/** HTML that a template of ours made. No report can hold one: it is known by a symbol. */
export interface Markup {
  readonly [text]: string;
}

/** What may be put into a template; nothing is written for undefined and false. */
export type Content = string | number | false | Markup | undefined | readonly Content[];

/** Marks that change the order in which the text around them is read, characters without a width, half characters. */
const unseen = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\p{Surrogate}/gu;

/** Text of which every character is seen: what cannot be seen, or would act, is written as its number. */
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

/** A template of HTML; every value in it is escaped, inside quoted attributes too. */
export const h = (parts: TemplateStringsArray, ...values: readonly Content[]): Markup => ({
  [text]: parts.map((part, index) => part + written(values[index])).join(''),
});

/** For constants of this folder and for drawings, which escape for themselves; never for what a report says. */
export const trusted = (markup: string): Markup => ({ [text]: markup });

/** The finished HTML. */
export const htmlOf = (markup: Markup): string => markup[text];

/** A link where the address is one of the web, the label alone where it is anything else. */
export const link = (href: string | undefined, label: string): Markup => {
  const url = href !== undefined && href.length < 2000 && URL.canParse(href) ? new URL(href) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) return h`${label}`;
  return h`<a href="${url.href}" rel="noopener noreferrer">${label}</a>`;
};

/** Text of the catalogue and of the guide, in which backticks stand around code. */
export const prose = (whole: string): Content =>
  clip(whole, limits.text)
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 === 1 ? h`<code>${part}</code>` : part));
