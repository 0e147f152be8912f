import t from 'tap';
import { eventUri, header, mediaType, respondAsync, urn } from '../../../schemas/names.js';
import type { Handler, HandlerReply } from '../../../suites/index.js';
import { readJson } from '../../../suites/trace/json.js';
import { legalRun, outcomeOf, redIn } from '../../harness/legal-run.js';

t.setTimeout(600_000);

const prefersAsync = (headers: readonly (readonly [string, string])[]): boolean =>
  headers.some(([name, value]) => name.toLowerCase() === 'prefer' && value.includes(respondAsync));

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The completion event of a request that could not be parsed, as figure 15 of RFC 9967 shows it. */
const eventOf = (txn: string): HandlerReply => {
  const response = { schemas: [urn.error], scimType: 'invalidSyntax', detail: 'Request is unparsable', status: '400' };
  const claims = {
    iss: 'https://provider.example',
    iat: 1_767_225_600,
    jti: `jti-${txn}`,
    txn,
    sub_id: { format: 'scim', uri: '/Users' },
    events: { [eventUri.asyncResponse]: { method: 'POST', status: '400', response } },
  };
  const body = `${encoded({ alg: 'none' })}.${encoded(claims)}.`;
  return { status: 200, headers: [['Content-Type', mediaType.securityEventToken]], body };
};

/** Accepts every write with the preference before it parses the body. */
const parsesLater = (next: Handler): Handler => {
  let last = 0;
  return async (request) => {
    const [, txn] = /\/unparsed\/(.+)$/.exec(request.url) ?? [];
    if (txn !== undefined) return eventOf(txn);
    const isUnparsable = request.body !== undefined && readJson(request.body) === undefined;
    const isSent = isUnparsable && request.method === 'POST' && prefersAsync(request.headers);
    const answer = isSent ? await next(request) : undefined;
    if (answer === undefined || !('status' in answer) || answer.status !== 400) return answer ?? next(request);
    const name = `0f7e2a58b1c94d63${(last += 1)}`;
    return {
      status: 202,
      headers: [
        [header.setTxn, name],
        [header.preferenceApplied, respondAsync],
        [header.location, `${request.url.replace(/\/(Users|Bulk)$/, '')}/unparsed/${name}`],
      ],
      body: '',
    };
  };
};

void t.test('malformed JSON that is answered 202, and by an event with invalidSyntax, is ambiguous', async (t) => {
  const report = await legalRun({
    around: parsesLater,
    run: { burst: 0, binding: 'respond-async', only: ['ERR', 'LIFE-01', 'LIFE-05', 'EVT', 'PREF'] },
  });
  t.strictSame(redIn(report), []);
  t.equal(outcomeOf(report, 'ERR-02'), 'ambiguous');
});
