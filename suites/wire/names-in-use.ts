/** The names that a wire has already: a rename that takes one of them would make two things one. */
import { header, mediaType } from '../../schemas/names.js';
import type { NamesInUse } from '../../schemas/wire/mistakes.js';
import { allNames, urns } from '../trace/vocabulary.js';

/** Claims of security event tokens (RFC 8417 §2.2), and members of their delivery (RFC 8935 §2.3, RFC 8936 §2). */
const ofTokens =
  'iss iat jti aud sub sub_id events txn toe exp sets ack maxEvents returnImmediately moreAvailable setErrs err description';

const resourcePaths = ['/Users', '/Groups', '/Schemas', '/ResourceTypes'].flatMap((path) => [path, `${path}/{id}`]);

export const namesInUse: NamesInUse = {
  fields: Object.values(header),
  members: [...allNames, ...ofTokens.split(' ')],
  urns,
  mediaTypes: Object.values(mediaType),
  paths: [...resourcePaths, '/Bulk', '/Me', '/ServiceProviderConfig', '/.search'],
};
