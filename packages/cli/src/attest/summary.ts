import { createHash } from 'node:crypto';
import { CATALOGUE_VERSION } from '@artifact-sentinel/core/internal';
import { VERSION } from '../version.js';
import { STATEMENT_TYPE, type ScanPredicate, type Statement } from './statement.js';

/** SLSA Verification Summary, https://slsa.dev/spec/v1.1/verification_summary: what other tools read of a scan. */
export const SUMMARY_TYPE = 'https://slsa.dev/verification_summary/v1';

/** What the policy of a summary is called; its digest is that of the policy as it held. */
const POLICY_URI = 'urn:sentinel:policy:effective:1';
/** The level of a summary: SLSA asks that levels of others do not begin with SLSA_. */
const LEVEL = 'SENTINEL_SCAN_PASSED';

export interface SummaryPredicate {
  readonly verifier: { readonly id: string; readonly version: Readonly<Record<string, string>> };
  readonly timeVerified: string;
  readonly resourceUri: string;
  readonly policy: { readonly uri: string; readonly digest: { readonly sha256: string } };
  readonly inputAttestations: readonly { readonly digest: { readonly sha256: string } }[];
  readonly verificationResult: 'PASSED' | 'FAILED';
  readonly verifiedLevels: readonly string[];
}

export interface SummaryNames {
  /** URI of who verified. */
  readonly verifier: string;
  /** URI of what was verified; null: made of the digests of the subjects. */
  readonly resource: string | null;
}

/** A name for artifacts that only they have: SHA-256 over their digests, in order. */
export function resourceOf(subject: Statement['subject']): string {
  const digests = subject.map(({ digest }) => digest.sha256).toSorted();
  return `urn:sentinel:artifacts:sha256:${createHash('sha256').update(digests.join('\n')).digest('hex')}`;
}

/** The summary of a scan, about the same subjects. `envelope`: the signed statement of the scan, as it is written. */
export function summaryOf(
  scan: Statement<ScanPredicate>,
  envelope: string,
  { verifier, resource }: SummaryNames,
): Statement<SummaryPredicate> {
  const { subject, predicate } = scan;
  const { verdict, startedAt, policy } = predicate;
  const passed = verdict === 'pass';
  return {
    _type: STATEMENT_TYPE,
    subject,
    predicateType: SUMMARY_TYPE,
    predicate: {
      verifier: { id: verifier, version: { sentinel: VERSION, catalogue: CATALOGUE_VERSION } },
      timeVerified: startedAt,
      resourceUri: resource ?? resourceOf(subject),
      policy: { uri: POLICY_URI, digest: { sha256: policy.sha256 } },
      inputAttestations: [{ digest: { sha256: createHash('sha256').update(envelope).digest('hex') } }],
      verificationResult: passed ? 'PASSED' : 'FAILED',
      verifiedLevels: [passed ? LEVEL : 'FAILED'],
    },
  };
}
