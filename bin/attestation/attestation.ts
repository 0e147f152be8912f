/**
 * An attestation: a JWS (RFC 7515) in compact form over what a run found, the digest of its report in canonical form (RFC 8785), and
 * the digest of its trace.
 */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { CompactSign, compactVerify, errors } from 'jose';
import { validate } from '../../schemas/validators.js';
import type { Attestation, Report } from '../../schemas/types.js';
import type { SigningKey } from './keys.js';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The digest does not depend on white space, or on the order of members. */
const digestOfReport = (report: Report): string => digest(canonicalize(report) ?? '');

export const attestationOf = (report: Report, trace: string): Attestation => ({
  format: 1,
  tool: report.tool,
  profile: report.profile,
  run: report.run,
  target: report.settings.target,
  startedAt: report.startedAt,
  verdict: report.verdict,
  report: { sha256: digestOfReport(report) },
  trace: { sha256: digest(trace) },
});

const type = 'scim-conformance-attestation+jws';

export const sign = (attestation: Attestation, { key, algorithm }: SigningKey): Promise<string> =>
  new CompactSign(new TextEncoder().encode(canonicalize(attestation)))
    .setProtectedHeader({ alg: algorithm, typ: type })
    .sign(key);

/** The attestation in a JWS; undefined if the key did not sign it, or if it is something else. */
export const opened = async (jws: string, { key, algorithm }: SigningKey): Promise<Attestation | undefined> => {
  try {
    const { payload, protectedHeader } = await compactVerify(jws.trim(), key, { algorithms: [algorithm] });
    const value: unknown = protectedHeader.typ === type ? JSON.parse(new TextDecoder().decode(payload)) : undefined;
    const validation = validate('files/attestation', value);
    return validation.valid ? validation.value : undefined;
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof SyntaxError) return undefined;
    throw error;
  }
};

/** Members that are not as the report and the trace say; empty if all are. */
export const differences = (attestation: Attestation, report: Report, trace: string): string[] => {
  const is = attestationOf(report, trace);
  return (Object.keys(is) as (keyof Attestation)[]).filter(
    (name) => canonicalize(is[name]) !== canonicalize(attestation[name]),
  );
};
