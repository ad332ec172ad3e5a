/** Fingerprints of other versions name nothing: what they cover is another. Those of the first had no version. */
export const FINGERPRINT_VERSION = 'v2';

/** A fingerprint of this version or of an earlier one, which is recognised to be reported. */
export const ANY_FINGERPRINT = /^(?:v2-)?[0-9a-f]{32}$/;

/** Made by a version whose fingerprints covered less. */
export function isOutdated(fingerprint: string): boolean {
  return !fingerprint.startsWith(`${FINGERPRINT_VERSION}-`);
}

/** What is to be said of one. */
export const OUTDATED =
  'its fingerprint is of an earlier version of Sentinel, which covered less of what would run: look at the finding again and take its new fingerprint';

/** The name that SARIF has for it. */
export function sarifFingerprint(fingerprint: string): string {
  return `sentinelFingerprint/${isOutdated(fingerprint) ? 'v1' : FINGERPRINT_VERSION}`;
}

/** Among names of globals whose artifacts are hashed: those that may become a finding. */
export const ANY_FINDING = '*';

/** Every artifact, whatever is found in it. */
export const EVERY_ARTIFACT = '**';
