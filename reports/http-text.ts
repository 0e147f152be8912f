/** Writes recorded exchanges for people: as HTTP text, and as a curl line that sends the request again. */
import type { Exchange } from '../schemas/types.js';
import { beginning, clip, limits } from '../suites/events.js';
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

/** In double quotes, so that the shell fills in the variables and nothing else. */
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

/** The exchange as lines of HTTP text, request first, `>` and `<` before them; safe to print. */
export const httpLines = (exchange: Exchange): string[] => {
  const { request, response, failure } = exchange;
  const asked = [`${request.method} ${request.url}`, ...request.headers.map(([name, value]) => `${name}: ${value}`)];
  const answered =
    response === undefined
      ? [`no answer: ${failure?.message ?? 'no reason known'}`]
      : [`HTTP ${response.status}`, ...response.headers.map(([name, value]) => `${name}: ${value}`)];
  return [
    ...[...asked.map(visible), ...bodyLines(request)].map((line) => `> ${line}`.trimEnd()),
    ...[...answered.map(visible), ...bodyLines(response)].map((line) => `< ${line}`.trimEnd()),
  ];
};
