import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { escapeText } from '../model/escape.js';

/** Hex characters kept: 128 bits, beyond chance and beyond search. */
const LENGTH = 32;

/** The member's path beginning with the artifact's own file name, so that a moved folder changes nothing. */
export function memberPath(path: string, artifactPath: string): string {
  const name = artifactPath.split(/[/\\]/).at(-1) ?? artifactPath;
  return path.startsWith(artifactPath) ? name + path.slice(artifactPath.length) : path;
}

/** Runs of white space become one space, offsets (`@123`) fall away. */
export function normaliseEvidence(text: string): string {
  return text.replace(/@\d+/g, '@').replace(/\s+/g, ' ').trim();
}

export interface FingerprintParts {
  readonly ruleId: string;
  readonly path: string;
  readonly artifactPath: string;
  readonly signal: string;
  /** The full names and arguments behind the signal, where the evidence shown is cut. */
  readonly identity: string;
  /** 1 for the first of several equal findings in one artifact. */
  readonly occurrence: number;
}

/** Names a finding for as long as it exists: over the rule, the member and the evidence, and nothing else. */
export function fingerprint(parts: FingerprintParts): string {
  const fields = [
    parts.ruleId,
    memberPath(parts.path, parts.artifactPath),
    normaliseEvidence(parts.signal),
    normaliseEvidence(parts.identity),
    String(parts.occurrence),
  ];
  // JSON keeps the fields apart; escaping first keeps lone surrogates apart, which UTF-8 cannot hold.
  return bytesToHex(sha256(new TextEncoder().encode(escapeText(JSON.stringify(fields))))).slice(0, LENGTH);
}
