/**
 * Reads the text format of RFCs and Internet-Drafts. It marks neither examples nor figures: an example is found by how it begins,
 * and a figure by its caption, which stands below it.
 */
import { exampleEnd, isExampleStart } from '../examples/extent.js';
import {
  beforeSections,
  type Block,
  type DraftDocument,
  type Figure,
  type Paragraph,
  type Section,
  type SourceLine,
} from '../document.js';

/** The last line of a page, and the first line of the next one (RFC 7322 §3.1; newer texts have no pages). */
const pageFooter = /^\S.*\[Page \d+\]\s*$/;
const pageHeader =
  /^(?:RFC \d+|Internet-Draft)\s{2,}\S.*\s(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+\d{4}\s*$/;

const heading = /^((?:\d+|[A-Z])(?:\.\d+)*|Appendix [A-Z])\.\s{1,3}(\S.*?)\s*$/;
const caption = /^\s{3,}Figure\s+(\d+)[:.]\s+(\S.*?)\s*$/;

/** The lines without the furniture of pages, and without the blank lines around it. */
const withoutPages = (text: string): SourceLine[] => {
  const kept: SourceLine[] = [];
  let isAfterFooter = false;
  for (const [place, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.replaceAll('\f', '').trimEnd();
    if (pageFooter.test(line)) {
      while (kept.at(-1)?.text === '') kept.pop();
      isAfterFooter = true;
      continue;
    }
    if (isAfterFooter && (line === '' || pageHeader.test(line))) continue;
    // One blank line stands for the break: without it, paragraphs on two pages would be one.
    if (isAfterFooter) kept.push({ text: '', number: place });
    isAfterFooter = false;
    kept.push({ text: line, number: place + 1 });
  }
  return kept;
};

/** A caption may go on in the next lines. */
const captionAt = (lines: readonly SourceLine[], place: number): (Figure & { readonly end: number }) | undefined => {
  const [, number, begin] = caption.exec(lines[place]?.text ?? '') ?? [];
  if (number === undefined || begin === undefined) return undefined;
  let title = begin;
  let end = place + 1;
  for (; (lines[end]?.text ?? '') !== ''; end += 1) title += ` ${lines[end]?.text.trim() ?? ''}`;
  return { number, title, end };
};

interface Reading {
  readonly lines: readonly SourceLine[];
  readonly blocks: Block[];
  readonly paragraphs: Paragraph[];
  section: Section;
}

/** The place of the first line at or after `place` that is not blank. */
const afterBlanks = (lines: readonly SourceLine[], place: number): number => {
  let at = place;
  while (at < lines.length && lines[at]?.text === '') at += 1;
  return at;
};

/** Reads examples that follow one another, up to a caption; returns where it ends. */
const readExamples = (reading: Reading, begin: number): number => {
  const { lines, section, blocks } = reading;
  let end = begin;
  let next = begin;
  while (isExampleStart(lines[next]?.text ?? '')) {
    end = exampleEnd(lines, next, (line) => heading.test(line) || caption.test(line));
    next = afterBlanks(lines, end);
  }
  const figure = captionAt(lines, next);
  const block = { section, lines: lines.slice(begin, end) };
  blocks.push(figure === undefined ? block : { ...block, figure: { number: figure.number, title: figure.title } });
  return figure?.end ?? end;
};

/** A word that was broken at its hyphen stands in one piece again. */
const joined = (lines: readonly string[]): string =>
  lines
    .reduce((text, line) => (/\w-$/.test(text) ? text + line : `${text} ${line}`), '')
    .trim()
    .replaceAll(/\s+/g, ' ');

const readParagraph = ({ lines, section, paragraphs }: Reading, begin: number): number => {
  let end = begin;
  const words: string[] = [];
  for (; (lines[end]?.text ?? '') !== ''; end += 1) words.push(lines[end]?.text.trim() ?? '');
  paragraphs.push({ section, text: joined(words), line: lines[begin]?.number ?? 0 });
  return end;
};

export const readRfcText = (text: string): DraftDocument => {
  const reading: Reading = { lines: withoutPages(text), blocks: [], paragraphs: [], section: beforeSections };
  const { lines, blocks, paragraphs } = reading;
  for (let place = afterBlanks(lines, 0); place < lines.length; place = afterBlanks(lines, place)) {
    const line = lines[place]?.text ?? '';
    const [, number, title] = heading.exec(line) ?? [];
    if (number !== undefined && title !== undefined) {
      reading.section = { number: number.replace('Appendix ', ''), title };
      place += 1;
    } else if (isExampleStart(line)) place = readExamples(reading, place);
    else place = captionAt(lines, place)?.end ?? readParagraph(reading, place);
  }
  return { format: 'text', blocks, paragraphs };
};
