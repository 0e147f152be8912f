/** Traces that are written by hand, for what no provider at hand does: each entry gets its place and its time. */
import type { Exchange, ReceivedToken, Settlement, Submission, TargetFacts } from '../../schemas/types.js';
import type { BindingName } from '../../suites/contract/binding-name.js';
import { judgeTrace } from '../../suites/engine/case.js';
import type { CodeOf } from '../../suites/errors/codes.js';
import type { Requirement } from '../../suites/definitions/requirement.js';
import type { Scenario } from '../../suites/definitions/scenario.js';
import type { Finding } from '../../suites/judging/judge.js';
import type { Trace, TraceEntry } from '../../suites/trace/trace.js';

export const baseUrl = 'https://provider.example/scim/v2';

type About = Partial<Exchange>;

/** An answer, or no answer if `status` is missing, with further details of the exchange. */
export type Answer = About & {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  /** The body as text, instead of `body`. */
  text?: string;
  /** Whether only the beginning of the answer was kept. */
  isCut?: boolean;
  /** The body of the request. */
  sent?: unknown;
  /** The body of the request if it is not JSON. */
  sentText?: string;
  requestHeaders?: Record<string, string>;
};

export class HandMadeTrace {
  /** The code of why the scenario could not go on. */
  blockedBy: CodeOf<'Blocked'> | undefined;
  private readonly entries: TraceEntry[] = [];

  constructor(
    private readonly scenario: Pick<Scenario, 'name'>,
    private readonly binding: BindingName,
    /** Facts about the target, in addition to the binding. */
    private readonly facts: Partial<TargetFacts> = {},
  ) {}

  private add<E extends TraceEntry>(entry: Omit<E, 'n'>): E {
    const placed = { ...entry, n: this.entries.length } as E;
    this.entries.push(placed);
    return placed;
  }

  /** One exchange, each 10 ms after the one before. */
  exchange(
    purpose: Exchange['purpose'],
    request: `${string} ${string}`,
    { status, headers = {}, body, text, isCut = false, sent, sentText, requestHeaders = {}, ...about }: Answer,
  ): Exchange {
    const [method = '', path = ''] = request.split(' ');
    return this.add<Exchange>({
      type: 'exchange',
      purpose,
      credential: 'primary',
      at: this.entries.length * 10,
      took: 5,
      request: {
        method,
        url: path.startsWith('/') ? `${baseUrl}${path}` : path,
        headers: Object.entries(requestHeaders),
        ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
        ...(sentText === undefined ? {} : { body: sentText }),
      },
      ...(status === undefined
        ? {}
        : {
            response: {
              status,
              headers: Object.entries(headers),
              body: text ?? (body === undefined ? '' : JSON.stringify(body)),
              truncated: isCut,
            },
          }),
      ...about,
    });
  }

  /** The last exchange once more. */
  sentAgain(answer: Answer): Exchange {
    const last = this.entries.findLast((entry) => entry.type === 'exchange');
    if (last === undefined) throw new Error('there is no exchange yet');
    const { purpose, request, n: retryOf, submission } = last;
    const about = submission === undefined ? {} : { submission };
    return this.exchange(purpose, `${request.method} ${request.url}`, { retryOf, ...about, ...answer });
  }

  submission(asked: Exchange, about: Partial<Submission> = {}): Submission {
    return this.add<Submission>({
      type: 'submission',
      binding: this.binding,
      shape: 'single',
      exchange: asked.n,
      accepted: asked.response?.status === 202,
      operations: [{ method: 'POST', path: '/Users', expected: 'success' }],
      ...about,
    });
  }

  /** An asynchronous request. It is accepted if its answer is 202, with the Location of that answer. */
  submitted(request: `${string} ${string}`, answer: Answer, about: Partial<Submission> = {}): Submission {
    const asked = this.exchange('submit', request, answer);
    const location = answer.headers?.Location;
    const located = location === undefined ? {} : { location: new URL(location, asked.request.url).href };
    return this.submission(asked, { ...located, ...about });
  }

  /** A GET of the status resource of a submission. */
  looked({ n: submission, location = '' }: Submission, answer: Answer): Exchange {
    return this.exchange('status-read', `GET ${location}`, { submission, ...answer });
  }

  /** An asynchronous create that is answered 202 with this Location. */
  accepted(location: string, about: Partial<Submission> = {}): Submission {
    const headers = { Location: location };
    const asked = this.exchange('submit', 'POST /Users', { status: 202, headers });
    return this.submission(asked, { location: new URL(location, `${baseUrl}/`).href, ...about });
  }

  /** A security event token that an exchange brought. */
  token(by: Exchange, { n: submission }: Submission, claims: Record<string, unknown>): void {
    this.received(by, { submission, claims });
  }

  /** A security event token as recorded; without a submission if none explains it. */
  received(by: Exchange, token: Partial<ReceivedToken>): void {
    this.add<ReceivedToken>({ type: 'token', exchange: by.n, via: 'result', signature: 'unsigned', ...token });
  }

  settled({ n: submission }: Submission, outcome: Settlement['outcome']): void {
    this.add<Settlement>({ type: 'settlement', submission, outcome, waited: 100 });
  }

  /** As it is in a run, at this place among the inputs of its scenario. */
  at(path: string): Trace {
    return {
      scenario: this.scenario.name,
      path,
      input: null,
      target: {
        baseUrl,
        authenticated: true,
        secondCredential: false,
        bindings: { [this.binding]: 'advertised' },
        bindingNote: '',
        capabilities: { patch: true, bulk: true, filter: true, groups: true },
        features: [],
        ...this.facts,
      },
      entries: this.entries,
      ...(this.blockedBy === undefined ? {} : { blocked: 'It could not go on.', blockedBy: this.blockedBy }),
    };
  }

  /** What a judge says of it. */
  judged(requirement: Requirement): { exercised: number; findings: readonly Finding[] } {
    return judgeTrace(requirement, this.at('0'));
  }
}
