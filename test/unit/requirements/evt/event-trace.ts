/** Hand-made traces of security event tokens, on which EVT is judged. */
import { eventUri } from '../../../../schemas/names.js';
import type { ReceivedToken, Submission, SubmittedOperation, TargetFacts } from '../../../../schemas/types.js';
import type { Scenario } from '../../../../suites/definitions/scenario.js';
import { preferWrite } from '../../../../suites/scenarios/respond-async/prefer-write.js';
import { acceptedWith, PreferringTrace } from '../../preferring-trace.js';

type Claims = Record<string, unknown>;

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A JWT without a signature (RFC 7519 §6). */
export const unsecured = (claims: unknown): string => `${encoded({ alg: 'none' })}.${encoded(claims)}.`;

/** The payload of a completion event. */
export const created = { method: 'POST', status: '201' };

/** A SET with these events, as it should be; `about` replaces claims. */
export const setOf = (events: Record<string, unknown>, about: Claims = {}): Claims => ({
  iss: 'https://provider.example',
  iat: 1,
  jti: 'jti-1',
  txn: 'txn',
  sub_id: { format: 'scim', uri: '/Users/1' },
  events,
  ...about,
});

/** A SET that tells of a completion. */
export const completionSet = (about: Claims = {}, payload: unknown = created): Claims =>
  setOf({ [eventUri.asyncResponse]: payload }, about);

export class EventTrace extends PreferringTrace {
  constructor(facts: Partial<TargetFacts> = {}, scenario: Pick<Scenario, 'name'> = preferWrite) {
    super(scenario, facts);
  }

  /** A create that is accepted with the Set-Txn `txn`. */
  create(): Submission {
    return this.preferredCreate('/results/1', 'txn');
  }

  /** A single request of this kind that is accepted with the Set-Txn `txn`. */
  write(method: SubmittedOperation['method'], path: string): Submission {
    const operations: SubmittedOperation[] = [{ method, path, expected: 'success' }];
    return this.preferred(`${method} ${path}`, acceptedWith('/results/1', 'txn'), { operations });
  }

  /** A bulk request of so many creates that is accepted with the Set-Txn `txn`; their bulkIds are b0, b1 … `date`: of the 202. */
  bulk(count: number, { date, ...about }: Partial<Submission> & { readonly date?: string } = {}): Submission {
    const operations = Array.from({ length: count }, (_, place): SubmittedOperation => ({
      method: 'POST',
      path: '/Users',
      bulkId: `b${place}`,
      expected: 'success',
    }));
    const answer = acceptedWith('/results/1', 'txn');
    const headers = { ...answer.headers, ...(date === undefined ? {} : { Date: date }) };
    return this.preferred('POST /Bulk', { ...answer, headers }, { shape: 'bulk', operations, ...about });
  }

  /** A GET of the result that brings this SET as a JWT; `about` replaces what is recorded of it. */
  brings(submission: Submission, claims: Claims, about: Partial<ReceivedToken> = {}): this {
    const jwt = unsecured(claims);
    const by = this.polled(submission, { status: 200, text: jwt });
    this.received(by, { submission: submission.n, jwt, claims, ...about });
    return this;
  }

  /** A GET of the result that brings it without a token. */
  bringsBare(submission: Submission, body: unknown): this {
    this.polled(submission, { status: 200, body });
    return this;
  }
}
