/** Writes recorded exchanges for human readers: as HTTP text, and as a curl command that sends the request again. */
import type { Exchange, HeaderList } from '../../schemas/types.js';
import { beginning, clip, limits } from '../../suites/events.js';
import { visible } from './visible-text.js';

/** Environment variables that stand for credentials in a curl line. */
const credentialVariables: [marker: string, variable: string][] = [
  ['{{primary}}', '$SCIM_TOKEN'],
  ['{{second}}', '$SCIM_SECOND_TOKEN'],
  ['{{invalid}}', 'an-invalid-token'],
];

const withVariables = (text: string): string =>
  credentialVariables.reduce((result, [marker, variable]) => result.replaceAll(marker, variable), text);

const singleQuoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** In double quotes, so that the shell replaces the variables and nothing else. */
const doubleQuoted = (text: string): string => `"${withVariables(text.replaceAll(/[\\"`$!]/g, String.raw`\$&`))}"`;

const quoted = (text: string): string => (text.includes('{{') ? doubleQuoted(text) : singleQuoted(text));

/** A POSIX shell command that sends the request again; credentials come from SCIM_TOKEN and SCIM_SECOND_TOKEN. */
export const curlLine = ({ request }: Exchange): string => {
  const headers = request.headers.filter(([name]) => name.toLowerCase() !== 'user-agent');
  return [
    'curl -i --path-as-is',
    ...(request.method === 'GET' ? [] : [`-X ${request.method}`]),
    ...headers.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(request.body === undefined ? [] : [`--data-binary ${quoted(request.body)}`]),
    quoted(request.url),
  ].join(' ');
};

const bodyLines = ({ body, truncated = false }: { body?: string; truncated?: boolean } = {}): string[] => {
  if (body === undefined || body === '') return [];
  const shown = truncated
    ? `${beginning(body, limits.body)}… (${body.length} characters and more)`
    : clip(body, limits.body);
  return ['', ...visible(shown).split('\n')];
};

/** A start line or a header field, always on one line. */
const line = (text: string): string => visible(text.replaceAll(/\s*[\r\n]\s*/g, ' '));

/**
 * The exchange as lines of HTTP text, with `>` before the request and `<` before the response. The lines are safe to
 * print.
 */
export const httpLines = (exchange: Exchange): string[] => {
  const { request, response, failure } = exchange;
  const fields = (list: HeaderList): string[] => list.map(([name, value]) => `${name}: ${value}`);
  const asked = [`${request.method} ${request.url}`, ...fields(request.headers)];
  const answered =
    response === undefined
      ? [`no answer: ${failure?.message ?? 'no reason known'}`]
      : [`HTTP ${response.status}`, ...fields(response.headers)];
  return [
    ...[...asked.map(line), ...bodyLines(request)].map((line) => `> ${line}`.trimEnd()),
    ...[...answered.map(line), ...bodyLines(response)].map((line) => `< ${line}`.trimEnd()),
  ];
};
