/** Draws a plot as SVG without a browser. For a screen reader it is one image. */
import { plot, type PlotOptions } from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { h, trusted, type Markup } from '../text/markup.js';

/**
 * The types of both packages need the types of a browser, which this project does not have. The operator `in` finds
 * nothing in this window.
 */
const documentOf = (window: unknown): unknown =>
  typeof window === 'object' && window !== null ? Reflect.get(window, 'document') : undefined;

const svgOf = (drawn: unknown): string => {
  if (typeof drawn === 'object' && drawn !== null && 'outerHTML' in drawn && typeof drawn.outerHTML === 'string') {
    return drawn.outerHTML;
  }
  throw new TypeError('the plot is not an element');
};

/**
 * A plot with a label for screen readers. linkedom escapes its text; the caller has to make invisible characters
 * visible first. The style element that the library adds is removed, because the policy of the page allows only the
 * style of the page.
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
    // Parts of an image must not have labels of their own (ARIA 1.2, role img).
    .replaceAll(/(<g\b[^>]*?) aria-label="/g, '$1 data-mark="');
  return h`<div class="drawing" tabindex="0" role="group" aria-label="${label}">${trusted(svg)}</div>
`;
};
