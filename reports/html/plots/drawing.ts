/** Draws a plot as SVG without a browser, in the colours of the page, and lets it be read as one image. */
import { plot, type PlotOptions } from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { h, trusted, type Markup } from '../text/markup.js';

/** The types of both packages speak of a browser's, which this project does without; `in` sees nothing of this window. */
const documentOf = (window: unknown): unknown =>
  typeof window === 'object' && window !== null ? Reflect.get(window, 'document') : undefined;

const svgOf = (drawn: unknown): string => {
  if (typeof drawn === 'object' && drawn !== null && 'outerHTML' in drawn && typeof drawn.outerHTML === 'string') {
    return drawn.outerHTML;
  }
  throw new TypeError('the plot is no element');
};

/**
 * A plot that a screen reader calls by its label. Everything in it is escaped by linkedom, and data are made visible
 * before they come here. Its style sheet goes: the page has one, and its policy allows no other.
 */
export const drawing = (label: string, options: PlotOptions): Markup => {
  const window: unknown = parseHTML('<!doctype html><html><body></body></html>');
  const drawn: unknown = plot({
    ...options,
    document: documentOf(window),
    className: 'plot',
    ariaLabel: label,
  });
  const svg = svgOf(drawn)
    .replace(/<style>[^<]*<\/style>/, '')
    .replace('<svg ', '<svg role="img" ')
    // Parts of an image have no names of their own (ARIA 1.2, role img).
    .replaceAll(/(<g\b[^>]*?) aria-label="/g, '$1 data-mark="');
  return h`<div class="drawing" tabindex="0" role="group" aria-label="${label}">${trusted(svg)}</div>
`;
};
