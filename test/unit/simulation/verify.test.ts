import { exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import t from 'tap';
import { Chance } from '../../../simulation/chance.js';
import { createSigningKey } from '../../../simulation/signing-keys.js';
import { createVerify } from '../../../simulation/verify.js';
import { VirtualClock } from '../../../simulation/virtual-clock.js';

const keyOf = async (jwk: Parameters<typeof importJWK>[0]) => {
  const key = await importJWK(jwk);
  if (key instanceof Uint8Array) throw new Error('a public key was expected');
  return key;
};

void t.test('a key of a seed signs the same text in the same way, and only its own signatures verify', async (t) => {
  const [key, same, other] = ['1', '1', '2'].map((seed) => createSigningKey(new Chance(seed)));
  if (key === undefined || same === undefined || other === undefined) throw new Error('three keys were made');
  const header = { alg: 'EdDSA', kid: key.jwk.kid };
  const token = await key.sign({ jti: '1' }, header);
  t.equal(await same.sign({ jti: '1' }, header), token);
  t.not(await other.sign({ jti: '1' }, header), token);
  const clock = new VirtualClock();
  const verify = createVerify(clock);
  const own = await keyOf(key.jwk);
  await clock.run(async () => {
    await verify(token, own);
    for (const wrong of [await other.sign({ jti: '1' }, header), `${token.slice(0, -4)}AAAA`, `${token}.more`])
      await t.rejects(verify(wrong, own));
    await t.rejects(verify(token, await keyOf(other.jwk)), { code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' });
  });
  t.equal(clock.now(), 0);
});

void t.test('a token of another algorithm is verified, too', async (t) => {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const token = await new SignJWT({ jti: '1' }).setProtectedHeader({ alg: 'ES256' }).sign(privateKey);
  const key = await keyOf({ ...(await exportJWK(publicKey)), alg: 'ES256' });
  const clock = new VirtualClock();
  const verify = createVerify(clock);
  await clock.run(async () => {
    await verify(token, key);
    await t.rejects(verify(`${token.slice(0, -4)}AAAA`, key), { code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' });
  });
});
