import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Fact } from '../model/fact.js';
import { FINGERPRINT_VERSION } from '../model/fingerprint.js';
import { UNKNOWN, type Identity } from '../model/identity.js';
import type { Match } from '../model/rule.js';

/** Hex characters of a digest: 128 bits, beyond chance and beyond search. */
const LENGTH = 32;

/** Names that a scan gives to bytes within a member contain their offset. */
const OFFSETS = /<bytes @\d+>|\[bytes \d+-\]/g;

/** The member's path beginning with the artifact's own file name, so that a moved folder changes nothing. */
export function memberPath(path: string, artifactPath: string): string {
  const name = artifactPath.split(/[/\\]/).at(-1) ?? artifactPath;
  const full = path.startsWith(artifactPath) ? name + path.slice(artifactPath.length) : path;
  return full.replace(OFFSETS, (shown) => shown.replace(/\d+/, ''));
}

/** What the finding is about, exactly: it depends neither on the evidence that is shown nor on how the stream encodes it. */
function subjectOf(fact: Fact, match: Match): readonly (string | boolean | null)[] {
  switch (fact.kind) {
    case 'pickle.global': {
      const { module, name } = fact.mapped ?? fact;
      return [module, name, fact.walksDots && name.includes('.')];
    }
    case 'pickle.dynamic':
      return [];
    case 'pickle.structure':
      return [fact.signal];
    case 'archive.path':
    case 'archive.ambiguous':
      return [fact.problem, fact.entry];
    case 'archive.bomb':
      return [fact.problem];
    case 'torch.load':
      return [fact.outcome];
    case 'torch.native':
      return [fact.what, fact.namespace, fact.name];
    case 'keras.object':
      return [fact.what, fact.module, fact.name, fact.registeredName];
    case 'repo.code':
      return [fact.via, fact.key, fact.names];
    case 'repo.shard':
      return [fact.problem, fact.shard];
    case 'repo.python':
      return [fact.role, match.signal];
    case 'repo.program':
      return [fact.program];
    case 'repo.dependency':
      return [fact.problem, fact.text];
    case 'repo.target':
      return [fact.key, fact.target];
    case 'template.chat':
      return [fact.key];
    case 'source.call':
    case 'source.flow':
      return [match.signal];
  }
}

/** What the fingerprint covers of the content; `unknown` where nobody computed it. */
export function coverageOf(fact: Fact): Identity {
  return fact.identity ?? UNKNOWN;
}

export interface FingerprintParts {
  readonly ruleId: string;
  readonly artifactPath: string;
  readonly fact: Fact;
  readonly match: Match;
  /** 1 for the first of several equal findings in one artifact. */
  readonly occurrence: number;
}

/** Names a finding for as long as it exists: over the rule, the member, the subject, and all that would run. */
export function fingerprint({ ruleId, artifactPath, fact, match, occurrence }: FingerprintParts): string {
  const { of, digest } = coverageOf(fact);
  const path = memberPath(fact.at.path, artifactPath);
  // JSON keeps the fields apart, and lone surrogates too, which UTF-8 cannot hold.
  const fields = JSON.stringify([ruleId, path, fact.kind, ...subjectOf(fact, match), of, digest, occurrence]);
  const hex = bytesToHex(sha256(new TextEncoder().encode(fields))).slice(0, LENGTH);
  return `${FINGERPRINT_VERSION}-${hex}`;
}
