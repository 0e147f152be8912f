/** A word for what an operation writes, of which there are few, so that it can be a label of a metric. */
import { typeOfPath } from '../resources/resource-type.js';

/** `other` if the path is that of no type of resource. */
export const resourceTypeNameOf = (path: string): string => typeOfPath(path)?.name ?? 'other';
