/** Searches a text for what a hostile target may have put there: credentials, and what could harm a reader. */
import type { Test } from 'tap';
import type { Report } from '../../schemas/types.js';
import { spellingsOf } from '../providers/poison.js';

/** One that may stand in the name of a field, and one with what URLs and JSON escape. */
export const secrets = { token: 'Tok3n.of~the+run-that-nobody_may-see', second: 'Second+token/of-the_run/too==' };

export const mebibyte = 1024 * 1024;

/** Bytes of a report: half of one answer of the target, and what no CI system refuses as an artefact. */
export const mostOfReport = 5 * mebibyte;

/** Bytes of a recording: what long bodies share, escaped as JSON, and for every exchange the rest of it. */
export const mostOfTrace = ({ traffic }: Report): number => 2 * 64 * mebibyte + traffic.exchanges * 64 * 1024;

/** The text without escapes, as a reader might decode it. */
const undone = (text: string): string =>
  text
    .replaceAll(/\\{0,8}u00([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replaceAll(/&#x([0-7]?[0-9a-f]);/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replaceAll(/&#(\d{1,3});/g, (_, decimal: string) => String.fromCharCode(Number(decimal)))
    .replaceAll(/%(?:25)?([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replaceAll(/\\+(?=\/)/g, '');

/** Base64 at its three places, without what its neighbours have a part in. */
const base64Of = (secret: string): string[] =>
  [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.from('x'.repeat(before) + secret);
    const inner = (text: string): string => text.slice(4, -4);
    return [inner(bytes.toString('base64')), inner(bytes.toString('base64url'))];
  });

/** The places of a credential in a text: whole, cut, or in any spelling. */
export const leakIn = (text: string): string | undefined => {
  const plain = undone(text);
  for (const secret of Object.values(secrets)) {
    const forms = [secret, secret.slice(0, 12), secret.slice(-12), ...spellingsOf(secret), ...base64Of(secret)];
    const form = forms.find((each) => text.includes(each) || plain.includes(each));
    if (form !== undefined) {
      const shown = text.includes(form) ? text : plain;
      return shown.slice(Math.max(0, shown.indexOf(form) - 100), shown.indexOf(form) + 50);
    }
  }
  return undefined;
};

/** What could harm a reader of the text: control characters, invisible characters, a script. */
export const harmIn = (text: string): string | undefined =>
  // eslint-disable-next-line no-control-regex -- control characters are what this is about
  /.{0,80}(?:[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\ufffe\uffff]|<script).{0,20}/iu.exec(
    text,
  )?.[0];

export const inspect = (t: Test, name: string, bytes: Buffer, most: number): string => {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  t.equal(leakIn(text), undefined, `${name} holds no credential`);
  // The one script of the HTML report is its own, and its policy lets no other run.
  t.equal(harmIn(name === 'html' ? text.replace('<script>', '') : text), undefined, `${name} is harmless`);
  t.equal(bytes.length < most, true, `${name} is small: ${bytes.length} bytes`);
  return text;
};
