/** Reads the version of this package from package.json, so that it is written in one place only. */
import { createRequire } from 'node:module';
import { isObject } from './trace/message.js';

const description: unknown = createRequire(import.meta.url)('scim-conformance/package.json');

export const version = isObject(description) && typeof description.version === 'string' ? description.version : '0.0.0';
