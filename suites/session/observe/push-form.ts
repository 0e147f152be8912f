/** Whether a pushed delivery has the form of RFC 8935 §2.1; EVT-08 judges it again in the trace. */
import { header, mediaType } from '../../../schemas/names.js';
import type { HeaderList } from '../../../schemas/types.js';
import { isCompact, readJwt } from '../../security-events/security-event-token.js';
import { headerValue } from '../../trace/message.js';

/** Why a delivery is refused (RFC 8935 §2.3, §2.4). */
export interface PushRefusal {
  readonly err: 'invalid_request';
  readonly description: string;
}

const typeOf = (headers: HeaderList): string | undefined =>
  headerValue(headers, header.contentType)?.split(';')[0]?.trim().toLowerCase();

/** Undefined if the form is right. */
export const refusalOf = (headers: HeaderList, body: string): PushRefusal | undefined => {
  const type = typeOf(headers);
  if (type !== mediaType.securityEventToken)
    return {
      err: 'invalid_request',
      description: `Content-Type ${mediaType.securityEventToken} was expected (RFC 8935 2.1), and it is ${type === undefined ? 'absent' : 'another'}.`,
    };
  return isCompact(body) && readJwt(body).claims !== undefined
    ? undefined
    : { err: 'invalid_request', description: 'One SET as a compact JWT was expected as the body (RFC 8935 2.1).' };
};
