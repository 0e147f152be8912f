/** Reads the draft that the user names. */
import { NotReadable, readDraft, type DraftDocument } from '../../../drafts/index.js';
import { readText } from '../../files/read-file.js';
import { UsageError } from '../../usage/usage-error.js';

/** Throws UsageError. */
export const readDraftFile = (file: string): DraftDocument => {
  try {
    return readDraft(readText(file, 'the draft'));
  } catch (error) {
    if (error instanceof NotReadable) throw new UsageError(`the draft ${file} could not be read: ${error.message}`);
    throw error;
  }
};
