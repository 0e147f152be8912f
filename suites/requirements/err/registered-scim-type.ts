/** Judges of errors act only on values of scimType whose meaning is defined; any other value says nothing. */
import { cursorScimTypes, scimTypes } from '../../../schemas/names.js';

const registered: readonly unknown[] = [...scimTypes, ...cursorScimTypes];

/** Whether this scimType is defined in RFC 7644 §3.12 or RFC 9865. */
export const isRegistered = (scimType: unknown): boolean => registered.includes(scimType);
