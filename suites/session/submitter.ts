/** Submits a request asynchronously, and records the submission. */
import { header } from '../../schemas/names.js';
import type { Exchange, Submission } from '../../schemas/types.js';
import type { Binding } from '../bindings/binding.js';
import { bindings } from '../bindings/index.js';
import type { BindingName } from '../contract/binding-name.js';
import { Blocked } from '../errors/errors.js';
import { clientOf } from '../leftovers/creators.js';
import { isObject, responseHeader } from '../trace/message.js';
import { isAnswered, type Answered } from '../trace/trace.js';
import type { TokenRecorder } from './observe/token-recorder.js';
import { underWay, type WatchedSession } from './observe/watched-session.js';
import type { RequestPlan } from './request-plan.js';
import type { SubmitPlan, Submitted } from './submitting.js';

/** The request that asks for an asynchronous answer through the binding. */
const requestOf = (plan: SubmitPlan, binding: Binding): RequestPlan => {
  const asking = plan.asking ?? binding.ask(plan.requestId === undefined ? {} : { requestId: plan.requestId });
  return {
    method: plan.method,
    url: plan.url,
    purpose: plan.purpose ?? 'submit',
    ...(plan.body === undefined ? {} : { body: plan.body }),
    ...(plan.credential === undefined ? {} : { credential: plan.credential }),
    ...(plan.spoiled === undefined ? {} : { spoiled: plan.spoiled }),
    ...(plan.subject === undefined ? {} : { subject: plan.subject }),
    ...(plan.variant === undefined ? {} : { variant: plan.variant }),
    isUrgent: plan.isUrgent ?? false,
    headers: [...asking, ...(plan.headers ?? [])],
  };
};

const errorLimitOf = ({ shape, body }: SubmitPlan): number | undefined =>
  shape === 'bulk' && isObject(body) && Number.isInteger(body.failOnErrors) ? Number(body.failOnErrors) : undefined;

/** The submission, as the answer shows it: only 202 accepts the request. */
const submissionOf = (
  plan: SubmitPlan,
  exchange: Answered,
  { binding, baseUrl }: { readonly binding: Binding; readonly baseUrl: string },
): Omit<Submission, 'n'> => {
  const accepted = exchange.response.status === 202;
  const location = accepted ? binding.location(exchange, baseUrl) : undefined;
  const txn = accepted && binding.name === 'respond-async' ? responseHeader(exchange, header.setTxn) : undefined;
  const failOnErrors = errorLimitOf(plan);
  return {
    type: 'submission',
    binding: binding.name,
    shape: plan.shape ?? 'single',
    exchange: exchange.n,
    accepted,
    ...(location === undefined ? {} : { location }),
    ...(txn === undefined ? {} : { txn }),
    ...(plan.requestId === undefined ? {} : { requestId: plan.requestId }),
    ...(failOnErrors === undefined ? {} : { failOnErrors }),
    operations: [...plan.operations],
  };
};

export class Submitter {
  constructor(
    private readonly session: WatchedSession,
    private readonly tokens: TokenRecorder,
    /** Undefined if the target serves no asynchronous binding. */
    private readonly binding: Binding | undefined,
  ) {}

  /** Throws Blocked if there is no answer. */
  async submit(plan: SubmitPlan): Promise<Submitted> {
    const binding = this.demandBinding(plan.over);
    const exchange = await this.session.send(requestOf(plan, binding));
    this.session.context.tally.submissions += 1;
    return { submission: this.record(plan, binding, exchange), exchange };
  }

  /** Submits once, whatever the answer; returns no submission if the answer is not 202. */
  async submitOnce(plan: SubmitPlan): Promise<{ exchange: Exchange; submitted?: Submitted }> {
    const binding = this.demandBinding(plan.over);
    const exchange = await this.session.attempt({ ...requestOf(plan, binding), once: true });
    this.session.context.tally.submissions += 1;
    if (!isAnswered(exchange) || exchange.response.status !== 202) return { exchange };
    return { exchange, submitted: { submission: this.record(plan, binding, exchange), exchange } };
  }

  private demandBinding(over: BindingName | undefined): Binding {
    if (over !== undefined) return bindings[over];
    if (this.binding === undefined) throw new Blocked('no-binding', 'The target serves no asynchronous binding.');
    return this.binding;
  }

  private record(plan: SubmitPlan, binding: Binding, exchange: Answered): Submission {
    const { facts, tally, cleanup } = this.session.context;
    const submission = this.session.record<Submission>(
      submissionOf(plan, exchange, { binding, baseUrl: facts.baseUrl }),
    );
    if (submission.accepted) tally.accepted += 1;
    this.tokens.submitted(submission);
    if (submission.location !== undefined || submission.txn !== undefined)
      cleanup.accepted({ ...underWay(submission), client: clientOf(exchange.credential) });
    return submission;
  }
}
