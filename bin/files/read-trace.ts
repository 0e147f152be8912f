/** Reads the recording of a run that the user names. */
import { readRecording, RecordingError, type Recording } from '../../suites/index.js';
import { UsageError } from '../usage/usage-error.js';
import { readText } from './read-file.js';

/** Throws UsageError. */
export const readTrace = (file: string): Recording => {
  try {
    return readRecording(readText(file, 'the trace'));
  } catch (error) {
    if (!(error instanceof RecordingError)) throw error;
    throw new UsageError(`${file} is not a recording of a run (--trace): ${error.message}`);
  }
};
