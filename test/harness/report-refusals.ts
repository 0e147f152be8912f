/** Validates a report with a parser of its format. Returns what is wrong; undefined if it is valid. */
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import harSchemas from 'har-schema';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Parser } from 'tap-parser';
import type { formats } from '../../reports/formats.js';
import { schemaRefusal } from './valid.js';

type Refusal = (text: string) => string | undefined;

/** As har-validator does: the schemas are of draft-06, and know each other by their names. */
const ajv = new Ajv({ strict: false });
ajv.addMetaSchema(createRequire(import.meta.url)('ajv/lib/refs/json-schema-draft-06.json') as object);
addFormats.default(ajv);
ajv.addSchema(Object.values(harSchemas));

/** Also checks every schema of a CI system that is added to this folder. */
const junitSchemas = readdirSync(new URL('.', import.meta.url))
  .filter((name) => name.endsWith('.xsd'))
  .map((name) => ({ name, text: readFileSync(new URL(name, import.meta.url), 'utf8') }));

const thrownBy = (read: () => void): string | undefined => {
  try {
    read();
    return undefined;
  } catch (error) {
    return String(error);
  }
};

export const refusals = {
  annotations: (text) =>
    text.split('\n').find((line) => line !== '' && !/^::(?:error|warning) title=[^:]*::/.test(line)),
  badge: (text) =>
    thrownBy(() => {
      using document = XmlDocument.fromString(text);
      if (document.root.name !== 'svg') throw new Error(`the root is ${document.root.name}`);
    }),
  har: (text) => (ajv.validate('har.json#', JSON.parse(text)) ? undefined : ajv.errorsText()),
  // html.test.ts opens it in a browser. Here it is enough that it contains only tags of our templates.
  html: (text) => {
    const scripts = text.match(/<script/gi)?.length;
    const page = text.replace(/<(script|style)>[^]*?<\/\1>/g, '');
    return scripts === 1 ? /<(?:img|iframe|object|embed|link)\b|<[^>]*\son\w+=/i.exec(page)?.[0] : `${scripts} scripts`;
  },
  json: (text) => schemaRefusal('files/report', JSON.parse(text)),
  junit: (text) => {
    using document = XmlDocument.fromString(text);
    for (const { name, text: schemaText } of junitSchemas) {
      using schema = XmlDocument.fromString(schemaText);
      using validator = XsdValidator.fromDoc(schema);
      const refusal = thrownBy(() => validator.validate(document));
      if (refusal !== undefined) return `${name}: ${refusal}`;
    }
    return undefined;
  },
  markdown: (text) => (text.startsWith('## ') ? undefined : text.slice(0, 80)),
  pretty: () => undefined,
  tap: (text) => {
    const parser = new Parser({ strict: true });
    parser.end(text);
    const { failures, plan, count } = parser.results ?? {};
    const broken = failures?.find((failure) => 'tapError' in failure && failure.tapError !== null);
    return broken === undefined && plan?.end === count ? undefined : JSON.stringify(broken ?? plan);
  },
} satisfies Record<keyof typeof formats, Refusal>;
