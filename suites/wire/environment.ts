/** Puts the translation between the suite and the network: the suite speaks with the names of the profile. */
import type { Translator } from '../../schemas/wire/translator.js';
import type { CreateTransport } from '../client/transport.js';
import type { RunEnvironment } from '../environment/environment.js';
import type { OpenPushServer, PushDelivery } from '../environment/push-server.js';
import type { TargetDescription } from '../provider/target.js';
import { translateFields } from './records.js';

/** Scheme, host and port; a parser would refuse some of the URLs that a run sends on purpose. */
const originOf = (url: string): string | undefined => /^https?:\/\/[^/?#]+/i.exec(url)?.[0].toLowerCase();

/** Whether a request is SCIM: what goes to other hosts, or to the endpoint for access tokens, has its own names. */
const createIsScim = ({ baseUrl, oauth }: TargetDescription, setPoll: string | undefined) => {
  const origins = [baseUrl, ...(setPoll === undefined ? [] : [setPoll])].map(originOf);
  const tokenUrls = [oauth?.primary?.tokenUrl, oauth?.second?.tokenUrl];
  return (url: string): boolean => origins.includes(originOf(url)) && !tokenUrls.includes(url);
};

const translateTransport =
  (create: CreateTransport, isScim: (url: string) => boolean, wire: Translator): CreateTransport =>
  (settings) => {
    const transport = create(settings);
    return {
      close: () => transport.close(),
      send: async (request, signal) => {
        if (!isScim(request.url)) return transport.send(request, signal);
        const { url, headers, body } = request;
        const translated = {
          ...request,
          url: wire.url(url),
          headers: translateFields(headers, wire),
          ...(body === undefined ? {} : { body: wire.body(body) }),
        };
        const answer = await transport.send(translated, signal);
        return answer.type === 'failure'
          ? answer
          : { ...answer, headers: translateFields(answer.headers, wire), body: wire.body(answer.body) };
      },
    };
  };

/** A longer delivery is refused by its reader, who stops reading it. */
const mostRead = 1024 * 1024;

/** Reads a token as a whole before it is translated. Nothing is read before the reader asks for it. */
async function* translateStream(body: AsyncIterable<Uint8Array>, wire: Translator): AsyncGenerator<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > mostRead) {
      yield* chunks.splice(0);
      yield chunk;
    } else chunks.push(chunk);
  }
  const whole = Buffer.concat(chunks);
  const text = whole.toString('latin1');
  const translated = wire.token(text);
  yield translated === text ? whole : Buffer.from(translated, 'latin1');
}

/** Only tokens are translated: the body of a webhook is what its signature was made of, and no judge reads names in it. */
const translateDelivery = (delivery: PushDelivery, wire: Translator): PushDelivery => {
  const { headers, body } = delivery;
  return {
    ...delivery,
    headers: translateFields(headers, wire),
    body: typeof body === 'string' ? wire.token(body) : translateStream(body, wire),
  };
};

const translatePushServer =
  (open: OpenPushServer, wire: Translator): OpenPushServer =>
  (place, receive) =>
    open(place, async (delivery) => {
      const reply = await receive(translateDelivery(delivery, wire));
      return { ...reply, headers: translateFields(reply.headers, wire) };
    });

/** `setPoll`: where tokens are polled. */
export const translateEnvironment = (
  environment: RunEnvironment,
  { target, setPoll }: { readonly target: TargetDescription; readonly setPoll?: string | undefined },
  wire: Translator,
): RunEnvironment => ({
  ...environment,
  createTransport: translateTransport(environment.createTransport, createIsScim(target, setPoll), wire),
  openPushServer: translatePushServer(environment.openPushServer, wire),
  bytesOf: (body) => Buffer.byteLength(wire.body(body)),
  // A token is signed as it was on the wire.
  verify: (jwt, key) => environment.verify(wire.token(jwt), key),
});
