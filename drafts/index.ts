/** Drafts under test: what the commands under `draft` take from here. */
export { checkDraft } from './check/check-draft.js';
export { diffDrafts } from './diff/diff-drafts.js';
export type { DraftDocument } from './document.js';
export { checkMap, type MappedRequirement } from './map/check-map.js';
export { updateMap } from './map/update-map.js';
export { NotReadable } from './not-readable.js';
export { readDraft } from './read/read-draft.js';
export { draftFormats, type DraftFormatName } from './report/check-formats.js';
export { diffFormats, type TouchedChange } from './report/diff-formats.js';
export { mapFormats } from './report/map-formats.js';
export type { JudgedProvider, OutcomeChange } from './report/provider-change.js';
export { normativeSentences } from './sentences/sentences.js';
