/** A draft as it is read: its sections and its blocks of examples, each with the lines of the file that it came from. */

export interface SourceLine {
  readonly text: string;
  /** Counts from 1, in the file. */
  readonly number: number;
}

export interface Section {
  /** As in `2.4.1` or `A.1`; empty if the file does not number its sections. */
  readonly number: string;
  readonly title: string;
}

export interface Figure {
  /** As in `3`; empty if the text gives it no number. */
  readonly number: string;
  readonly title: string;
}

/** Lines that are no prose, and that may hold several messages. */
export interface Block {
  readonly section: Section;
  readonly figure?: Figure;
  readonly lines: readonly SourceLine[];
}

/** A paragraph of prose, without its line breaks. */
export interface Paragraph {
  readonly section: Section;
  readonly text: string;
  /** The line on which it begins. */
  readonly line: number;
}

export type DraftFormat = 'text' | 'markdown' | 'xml';

export interface DraftDocument {
  readonly format: DraftFormat;
  readonly blocks: readonly Block[];
  readonly paragraphs: readonly Paragraph[];
}

export const beforeSections: Section = { number: '', title: '' };
