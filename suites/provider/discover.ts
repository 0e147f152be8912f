/**
 * Finds out what the target is before the scenarios run: whether it is a SCIM provider that accepts the credential, what
 * it advertises, and which asynchronous bindings it serves.
 */
import { header, mediaType, urn } from '../../schemas/names.js';
import type { HeaderList, TargetFacts } from '../../schemas/types.js';
import { atPath, isObject, responseJsonAsSent, responseObject, type JsonObject } from '../trace/message.js';
import type { Answered } from '../trace/trace.js';
import type { Exchange } from '../../schemas/types.js';
import { Unreachable } from '../errors/errors.js';
import { whyNoScim } from './why-no-scim.js';

const refusedCredential = (answer: Answered, facts: Pick<TargetFacts, 'authenticated'>): string =>
  facts.authenticated
    ? `GET ${answer.request.url} was answered ${answer.response.status}: the target does not accept the credential. Check --token (or SCIM_TOKEN, --token-file, --header, credentials in the target file).`
    : `GET ${answer.request.url} was answered ${answer.response.status}: the target wants a credential. Give one with --token, --token-file, SCIM_TOKEN, --header or a target file.`;

/**
 * Throws `Unreachable` if the first two answers show that this is no SCIM provider, or that it refuses the credential.
 * `config` answers GET /ServiceProviderConfig, `users` GET /Users?count=1.
 */
export const preflight = (config: Exchange, users: Exchange, facts: Pick<TargetFacts, 'authenticated'>): void => {
  for (const exchange of [config, users]) {
    if (exchange.failure !== undefined) {
      const { url } = exchange.request;
      const overTls = url.startsWith('https:')
        ? ' Where it demands a client certificate, check tls in the target file.'
        : '';
      throw new Unreachable(
        'no-connection',
        `${url} could not be reached: ${exchange.failure.message}. A SCIM provider was expected to answer: check --target, and that the provider runs and may be reached from here.${overTls}`,
      );
    }
  }
  if (config.response?.truncated === true) {
    throw new Unreachable(
      'config-too-long',
      `GET ${config.request.url} was answered ${config.response.status} with a body that is too long to be read, so nothing is known about the target. A ServiceProviderConfig of a few kilobytes was expected (RFC 7643 §5): check that --target is the SCIM base URL.`,
    );
  }
  const answers = [config, users].filter((exchange): exchange is Answered => exchange.response !== undefined);
  const isScim = answers.some((answer) => answer.response.status === 200 && responseObject(answer) !== undefined);
  const refused = answers.find((answer) => answer.response.status === 401);
  // ServiceProviderConfig may be public, so that only GET /Users shows whether the credential is accepted.
  if (users.response?.status === 401 || (!isScim && refused !== undefined)) {
    throw new Unreachable('credential-refused', refusedCredential(refused ?? (answers[1] as Answered), facts));
  }
  if (isScim) return;
  throw whyNoScim(answers);
};

/** For a target that may lack a header field of the user in requests of other clients. */
const adviceOn = ({ guardedFields = [] }: Pick<TargetFacts, 'guardedFields'>): string =>
  guardedFields.length === 0
    ? ''
    : ` Its requests went without ${guardedFields.join(', ')}, which may be a credential of the first client: give what is none with --public-header.`;

/** Throws `Unreachable` if the second credential is not accepted: every judgement that uses it would be wrong. */
export const secondPreflight = (users: Exchange, facts: Pick<TargetFacts, 'guardedFields'>): void => {
  const { guardedFields = [] } = facts;
  const { status } = users.response ?? {};
  const isRefused = status === 401 || (guardedFields.length > 0 && [400, 404, 421].includes(status ?? 0));
  if (!isRefused) return;
  throw new Unreachable(
    'second-credential-refused',
    `GET ${users.request.url} was answered ${status} with the second credential, and not with the first: the target does not accept it. Check --second-token (or SCIM_SECOND_TOKEN), or leave it out: the scenarios that need a second client are then skipped.${adviceOn(facts)}`,
  );
};

const supported = (config: JsonObject | undefined, name: string): boolean => {
  const member = config?.[name];
  return isObject(member) && member.supported === true;
};

const wholeNumber = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];

/** The most bytes that one operation of the suite adds to a bulk request. */
const bytesOfOperation = 800;

/** Whether a value is one that RFC 9967 §4 defines for `asyncRequest`. */
const isAsyncRequest = (value: unknown): boolean => typeof value === 'string' && /^(none|long|request)$/i.test(value);

/** Finds `asyncRequest` in a wrong place, where no client would find it (RFC 9967 §4). */
const asyncRequestElsewhere = (body: JsonObject | undefined): Pick<TargetFacts, 'asyncRequestElsewhere'> => {
  // If the right place has a member, the other one belongs to some other extension (profile §2).
  if (isObject(body?.securityEvents)) return {};
  const place = Object.entries(body ?? {}).find(
    ([name, member]) =>
      (name === 'asyncRequest' && isAsyncRequest(member)) || (isObject(member) && isAsyncRequest(member.asyncRequest)),
  )?.[0];
  return place === undefined ? {} : { asyncRequestElsewhere: place };
};

/** The event URIs stay as they were sent: the other members are read in any letter case. */
const securityEventsIn = (config: Exchange, body: JsonObject | undefined): Pick<TargetFacts, 'securityEvents'> => {
  const { securityEvents } = body ?? {};
  if (securityEvents === undefined || securityEvents === null) return {};
  const eventUris = atPath(responseJsonAsSent(config), 'securityEvents.eventUris');
  return {
    securityEvents:
      isObject(securityEvents) && eventUris !== undefined ? { ...securityEvents, eventUris } : securityEvents,
  };
};

/** The ways of paging that are advertised or denied (RFC 9865 §4). */
const pagingIn = (body: JsonObject | undefined): Pick<TargetFacts['capabilities'], 'cursor' | 'index'> => {
  const { cursor, index } = isObject(body?.pagination) ? body.pagination : {};
  return {
    ...(typeof cursor === 'boolean' ? { cursor } : {}),
    ...(typeof index === 'boolean' ? { index } : {}),
  };
};

/** Reads ServiceProviderConfig; `bindings` holds those that it advertises. `templateBytes`: bytes that a template adds. */
export const readConfig = (
  config: Exchange,
  given: Pick<TargetFacts, 'baseUrl' | 'authenticated' | 'secondCredential' | 'capabilities'>,
  templateBytes = 0,
): TargetFacts => {
  const body = config.response?.status === 200 ? responseObject(config) : undefined;
  const extension = body?.[urn.asyncServiceProviderConfig];
  const members = isObject(extension) ? extension : {};
  const modes = strings(members.requestModes);
  const bulk = isObject(body?.bulk) ? body.bulk : {};
  const maxOperations = wholeNumber(bulk.maxOperations);
  const maxPayloadSize = wholeNumber(bulk.maxPayloadSize);
  const advertised = modes.some((mode) => mode.toLowerCase() === 'asynchronous');
  const room = Math.min(
    maxOperations ?? Infinity,
    maxPayloadSize === undefined ? Infinity : Math.floor(maxPayloadSize / (bytesOfOperation + templateBytes)),
  );
  return {
    ...given,
    bindings: advertised ? { 'request-mode': 'advertised' } : {},
    bindingNote: advertised ? 'request-mode is advertised' : 'no asynchronous binding is advertised',
    capabilities: {
      patch: supported(body, 'patch'),
      bulk: supported(body, 'bulk'),
      filter: supported(body, 'filter'),
      groups: given.capabilities.groups,
      ...pagingIn(body),
    },
    ...(maxOperations === undefined ? {} : { bulkMaxOperations: maxOperations }),
    ...(maxPayloadSize === undefined ? {} : { bulkMaxPayloadSize: maxPayloadSize }),
    ...(Number.isFinite(room) ? { bulkRoom: Math.max(1, room) } : {}),
    features: strings(members.features),
    ...(modes.length === 0 ? {} : { requestModes: modes }),
    ...(typeof members.statusEndpoint === 'string' ? { statusEndpoint: members.statusEndpoint } : {}),
    ...(extension === undefined || extension === null ? {} : { asyncExtension: extension }),
    ...securityEventsIn(config, body),
    ...asyncRequestElsewhere(body),
  };
};

/** Header fields of a SCIM request (RFC 7644 §3.1). */
export const scimHeaders: Readonly<Record<'withBody' | 'withoutBody', HeaderList>> = {
  withBody: [
    [header.accept, mediaType.scim],
    [header.contentType, mediaType.scim],
  ],
  withoutBody: [[header.accept, mediaType.scim]],
};
