/** A state of the model says what has to be gone, because «no longer as it was» is not «never there». */
import { isObject, type JsonObject } from '../../trace/message.js';

/** In place of a value that was removed. A provider may put a default there, but not keep the value. */
export class Gone {
  constructor(readonly was: unknown) {}
}

/** Whether it is the object of a complex attribute. */
export const isComplex = (value: unknown): value is JsonObject => isObject(value) && !(value instanceof Gone);

/** What is left if a value is removed: nothing new has to go if there was none. */
export const gone = (value: unknown): unknown =>
  value === undefined || value === null || value instanceof Gone ? value : new Gone(value);
