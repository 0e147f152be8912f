/** Writes recorded exchanges for people: as HTTP text, and as a curl line that sends the request again. */
import type { Exchange } from '../schemas/types.js';

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

/** Makes what a target sent harmless for a terminal or a log: control characters are shown, not obeyed. */
export const printable = (text: string): string =>
  // eslint-disable-next-line no-control-regex -- control characters are what this is about
  text.replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]/g, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u${code.toString(16).padStart(4, '0')}`;
  });

const longestBody = 1500;

const bodyLines = (body: string | undefined): string[] => {
  if (body === undefined || body === '') return [];
  const cut = body.length > longestBody ? `${body.slice(0, longestBody)}… (${body.length} characters)` : body;
  return ['', ...printable(cut).split('\n')];
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
    ...[...asked.map(printable), ...bodyLines(request.body)].map((line) => `> ${line}`.trimEnd()),
    ...[...answered.map(printable), ...bodyLines(response?.body)].map((line) => `< ${line}`.trimEnd()),
  ];
};
