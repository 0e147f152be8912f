/**
 * Workflow commands of GitHub Actions. Text is escaped, because a line of it that begins with `::` would itself be a command.
 */
import { printable } from './visible-text.js';

const escapedData = (text: string): string =>
  printable(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapedProperty = (text: string): string => escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** A command without a line break at its end. */
export const workflowCommand = (
  kind: 'error' | 'warning',
  properties: Readonly<Record<string, string | number>>,
  text: string,
): string => {
  const written = Object.entries(properties).map(([name, value]) => `${name}=${escapedProperty(String(value))}`);
  return `::${kind} ${written.join(',')}::${escapedData(text)}`;
};
