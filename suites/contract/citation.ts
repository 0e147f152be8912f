/** Turns the source column of docs/profile.md into citations with links, so that a link is built in one place. */

/** The source of a requirement, with a link if the source has a stable address. */
export interface Citation {
  readonly label: string;
  readonly href?: string;
}

const paperSections: Record<string, string> = {
  'P-A': 'Design Overview',
  'P-B': 'Request Mode Specifications',
  'P-C': 'Status Tracking Schema',
  'P-D': 'Lifecycle Management Protocols',
  'P-S': 'Status Endpoint Definitions',
  'P-Sec': 'Security Considerations',
  'P-Use': 'Use Cases and Applications',
};

const one = (source: string, previousRfc: string | undefined): Citation => {
  const rfc = /^(?:RFC (\d+) )?§(\d+(?:\.\d+)*)(.*)$/.exec(source);
  const number = rfc?.[1] ?? previousRfc;
  if (rfc?.[2] !== undefined && number !== undefined) {
    return {
      label: `RFC ${number} §${rfc[2]}${rfc[3] ?? ''}`,
      href: `https://www.rfc-editor.org/rfc/rfc${number}#section-${rfc[2]}`,
    };
  }
  if (/^RFC \d+$/.test(source)) {
    return { label: source, href: `https://www.rfc-editor.org/rfc/rfc${source.slice(4)}` };
  }
  if (source.startsWith('draft-')) return { label: source, href: `https://datatracker.ietf.org/doc/${source}/` };
  if (/^D\d+$/.test(source)) return { label: `profile 1.0, decision ${source}` };
  if (source === 'Fig1') return { label: 'the paper, figure 1' };
  const [section = '', part] = source.split(' ');
  const title = paperSections[section];
  if (title === undefined)
    throw new Error(`docs/profile.md cites «${source}», which no rule here can turn into a citation.`);
  return { label: `the paper, «${title}»${part === undefined ? '' : ` ${part}`}` };
};

/**
 * Citations of a source cell such as `RFC 7644 §4, RFC 7643 §5` or `P-D, Fig1`. A section without its document
 * belongs to the document before it. The parts of `P-Use A, C` are one citation each.
 */
export const cite = (cell: string): Citation[] => {
  const citations: Citation[] = [];
  let rfc: string | undefined;
  let section: string | undefined;
  for (const source of cell.split(/, /)) {
    rfc = /^RFC (\d+)/.exec(source)?.[1] ?? (source.startsWith('§') ? rfc : undefined);
    const whole = /^[A-C]$/.test(source) && section !== undefined ? `${section} ${source}` : source;
    section = /^P-\w+/.exec(whole)?.[0];
    citations.push(one(whole, rfc));
  }
  return citations;
};
