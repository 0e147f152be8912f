/** Drafts under test: what the commands under `draft` take from here. */
export { checkDraft } from './check/check-draft.js';
export { NotReadable } from './not-readable.js';
export { readDraft } from './read/read-draft.js';
export { draftFormats, type DraftFormatName } from './report/formats.js';
