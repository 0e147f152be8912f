/** Reads kramdown-rfc Markdown: code blocks are what may hold examples, and headings are sections. */
import type { Code, Heading, Nodes, Paragraph as MarkdownParagraph } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { toString } from 'mdast-util-to-string';
import {
  beforeSections,
  type Block,
  type DraftDocument,
  type Figure,
  type Paragraph,
  type Section,
  type SourceLine,
} from '../document.js';
import { SectionNumbers } from './section-numbers.js';
import { unfold } from './unfold.js';

/** Metadata in YAML at the beginning, and the marks between the parts of the document: no Markdown. */
const withoutMarks = (text: string): string =>
  text
    .replace(/^---\r?\n[^]*?\n---(?=\s)/, (matter) => matter.replaceAll(/[^\n]/g, ''))
    .replaceAll(/^---[ \t]+(?:abstract|middle|back|note_\w+)[ \t]*$/gm, '');

/** An attribute list such as `{: #fig-poll title="A poll"}` in the line after the block or before it. */
const titleIn = (line: string | undefined): string | undefined =>
  /^\s*\{:.*\btitle=(["'])(.*?)\1.*\}\s*$/.exec(line ?? '')?.[2];

class Reader {
  readonly blocks: Block[] = [];
  readonly paragraphs: Paragraph[] = [];
  private section: Section = beforeSections;
  private figures = 0;
  private readonly numbers = new SectionNumbers();
  /** The place of the line after which appendices follow. */
  private readonly back: number;

  constructor(private readonly lines: readonly string[]) {
    const place = lines.findIndex((line) => /^---[ \t]+back[ \t]*$/.test(line));
    this.back = place < 0 ? Infinity : place;
  }

  read(node: Nodes): void {
    if (node.type === 'heading') this.heading(node);
    else if (node.type === 'code') this.code(node);
    else if (node.type === 'paragraph') this.paragraph(node);
    else if ('children' in node) for (const child of node.children) this.read(child);
  }

  private heading(node: Heading): void {
    const title = toString(node).replace(/\s*\{[#:][^}]*\}\s*$/, '');
    this.section = {
      number: this.numbers.next(node.depth, (node.position?.start.line ?? 0) > this.back),
      title,
    };
  }

  private code(node: Code): void {
    const { start, end } = node.position ?? { start: { line: 0 }, end: { line: 0 } };
    // The first line of a fenced block is the fence.
    const first = /^\s*(?:`{3}|~{3})/.test(this.lines[start.line - 1] ?? '') ? start.line + 1 : start.line;
    const lines = node.value.split('\n').map((text, place): SourceLine => ({ text, number: first + place }));
    const title = titleIn(this.lines[end.line]) ?? titleIn(this.lines[start.line - 2]);
    const figure: Figure | undefined = title === undefined ? undefined : { number: String((this.figures += 1)), title };
    this.blocks.push({ section: this.section, lines: unfold(lines), ...(figure === undefined ? {} : { figure }) });
  }

  private paragraph(node: MarkdownParagraph): void {
    const text = toString(node).replaceAll(/\s+/g, ' ');
    this.paragraphs.push({ section: this.section, text, line: node.position?.start.line ?? 0 });
  }
}

export const readMarkdown = (text: string): DraftDocument => {
  const reader = new Reader(text.split('\n'));
  reader.read(fromMarkdown(withoutMarks(text)));
  return { format: 'markdown', blocks: reader.blocks, paragraphs: reader.paragraphs };
};
