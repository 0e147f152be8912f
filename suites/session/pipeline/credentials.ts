/** Authenticates a request: adds the header fields with the credential, and renews an expired token. */
import { header } from '../../../schemas/names.js';
import type { HeaderList } from '../../../schemas/types.js';
import { Blocked, NoAccessToken } from '../../errors/errors.js';
import { scimHeaders } from '../../provider/discover.js';
import { credentialHeaders, type TargetDescription } from '../../provider/target.js';
import type { CredentialName } from '../../redaction/vault.js';
import type { RequestPlan } from '../request-plan.js';
import type { RunContext } from '../run-context.js';
import type { Outgoing, Sent, Stage } from './stage.js';
import { whyRefused } from './why-refused.js';

const mergeHeaders = (defaults: HeaderList, own: HeaderList | undefined): HeaderList => {
  if (own === undefined || own.length === 0) return defaults;
  const replaced = new Set(own.map(([name]) => name.toLowerCase()));
  return [...defaults.filter(([name]) => !replaced.has(name.toLowerCase())), ...own].filter(
    ([, value]) => value !== '',
  );
};

/** The target with the current tokens. Throws Blocked. */
const targetNow = async (
  { target, tokens, signal }: RunContext,
  { purpose }: RequestPlan,
): Promise<TargetDescription> => {
  if (tokens === undefined) return target;
  try {
    return await tokens.current(signal);
  } catch (error) {
    if (!(error instanceof NoAccessToken)) throw error;
    // The cleanup is tried with the last token: the target may still accept it.
    if (purpose === 'cleanup') return tokens.last;
    throw new Blocked('no-access-token', error.message);
  }
};

/** All header fields of a request, with the tokens of this target. */
const headersOf = (
  { version, vault }: RunContext,
  { plan, credential, body }: Outgoing,
  target: TargetDescription,
): HeaderList => {
  const { statusToken, spoiled } = plan;
  const bearer: HeaderList =
    statusToken === undefined
      ? credentialHeaders(target, credential, spoiled)
      : [...credentialHeaders(target, 'none'), [header.authorization, `Bearer ${vault.reveal(statusToken)}`]];
  const usual: HeaderList = [
    [header.userAgent, `scim-conformance/${version}`],
    // Without this field a provider may choose any content coding (RFC 9110 §12.5.3).
    [header.acceptEncoding, 'identity'],
    ...(body === undefined ? scimHeaders.withoutBody : scimHeaders.withBody),
  ];
  return mergeHeaders(mergeHeaders(usual, bearer), plan.headers);
};

const isRefused = ({ answer }: Sent): boolean => answer.type === 'response' && answer.status === 401;

/** The message for a credential that was accepted at first, and is refused everywhere now. */
const lost = (name: CredentialName, method: string, url: string): string =>
  `The target accepted the ${name === 'second' ? 'second credential' : 'credential'} at first, and answers 401 to it now (${method} ${url}): has it expired? Give one that lasts as long as the run, or an OAuth client in a target file.`;

export const credentials: Stage = (context, next) => async (outgoing) => {
  const { plan, credential, url } = outgoing;
  const { admission, vault } = context;
  for (let renewals = 0; ; renewals += 1) {
    const target = await targetNow(context, plan);
    const sent = await next({ ...outgoing, target, headers: headersOf(context, outgoing, target) });
    if (!isRefused(sent) || !admission.isAccepted(credential)) return sent;
    const refusal = await whyRefused(context, credential, target);
    if (refusal === 'renewed' && renewals === 0) continue;
    if (refusal === 'here' || plan.purpose === 'cleanup') return sent;
    const reason = lost(credential, plan.method, vault.redact(url));
    admission.lose(reason);
    throw new Blocked('credential-lost', admission.lost ?? reason);
  }
};
