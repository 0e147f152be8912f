/** Reads RFCXML (RFC 7991): `sourcecode` and `artwork` may hold examples; `t` is prose. */
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import {
  beforeSections,
  type Block,
  type DraftDocument,
  type Figure,
  type Paragraph,
  type Section,
  type SourceLine,
} from '../document.js';
import { NotReadable } from '../not-readable.js';
import { SectionNumbers } from './section-numbers.js';
import { unfold } from './unfold.js';

interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly line: number;
  text: string;
}

const linesFrom = (text: string, first: number): SourceLine[] => {
  const lines = text.split('\n').map((line, place): SourceLine => ({ text: line.trimEnd(), number: first + place }));
  while (lines[0]?.text === '') lines.shift();
  while (lines.at(-1)?.text === '') lines.pop();
  return lines;
};

class Reader {
  readonly blocks: Block[] = [];
  readonly paragraphs: Paragraph[] = [];
  private readonly open: Open[] = [];
  private readonly sections: Section[] = [];
  private readonly numbers = new SectionNumbers();
  private figures = 0;
  private figure: { number: string; title: string; readonly first: number } | undefined;
  private isBack = false;

  begin(tag: SaxesTagPlain, line: number): void {
    this.open.push({ name: tag.name, attributes: tag.attributes, line, text: '' });
    if (tag.name === 'back') this.isBack = true;
    if (tag.name === 'section') {
      const number = this.numbers.next(this.sections.length + 1, this.isBack);
      this.sections.push({ number, title: tag.attributes.title ?? '' });
    }
    if (tag.name === 'figure') {
      this.figures += 1;
      this.figure = { number: String(this.figures), title: tag.attributes.title ?? '', first: this.blocks.length };
    }
  }

  write(text: string): void {
    for (const each of this.open)
      if (['t', 'sourcecode', 'artwork', 'name', 'xref'].includes(each.name)) each.text += text;
  }

  end(): void {
    const { name, attributes, line, text } = this.open.pop() ?? { name: '', attributes: {}, line: 0, text: '' };
    const section = this.sections.at(-1) ?? beforeSections;
    if (name === 'section') this.sections.pop();
    else if (name === 'name') this.named(text);
    else if (name === 'xref') this.refer(attributes, text);
    else if (name === 't') this.paragraphs.push({ section, text: text.replaceAll(/\s+/g, ' ').trim(), line });
    else if (name === 'sourcecode' || name === 'artwork')
      this.blocks.push({ section, lines: unfold(linesFrom(text, line)) });
    else if (name === 'figure') this.endFigure();
  }

  /** A reference without words of its own is shown by its target, as in `[RFC9493]`. */
  private refer({ target = '', section }: Readonly<Record<string, string>>, text: string): void {
    if (text.trim() === '') this.write(section === undefined ? `[${target}]` : `Section ${section} of [${target}]`);
  }

  /** The name of a figure or of a section is its first child. */
  private named(text: string): void {
    const title = text.replaceAll(/\s+/g, ' ').trim();
    const parent = this.open.at(-1)?.name;
    const section = this.sections.at(-1);
    if (parent === 'figure' && this.figure !== undefined) this.figure.title = title;
    else if (parent === 'section' && section !== undefined)
      this.sections[this.sections.length - 1] = { ...section, title };
  }

  private endFigure(): void {
    if (this.figure === undefined) return;
    const { number, title, first } = this.figure;
    const figure: Figure = { number, title };
    for (let place = first; place < this.blocks.length; place += 1) {
      const block = this.blocks[place];
      if (block !== undefined) this.blocks[place] = { ...block, figure };
    }
    this.figure = undefined;
  }
}

/** Throws NotReadable if the text is not well-formed XML. */
export const readRfcxml = (text: string): DraftDocument => {
  const reader = new Reader();
  const parser = new SaxesParser();
  parser.on('opentag', (tag) => reader.begin(tag, parser.line));
  parser.on('text', (part) => reader.write(part));
  parser.on('cdata', (part) => reader.write(part));
  parser.on('closetag', () => reader.end());
  try {
    parser.write(text).close();
  } catch (error) {
    throw new NotReadable(`it is not well-formed XML: ${error instanceof Error ? error.message : String(error)}`);
  }
  return { format: 'xml', blocks: reader.blocks, paragraphs: reader.paragraphs };
};
