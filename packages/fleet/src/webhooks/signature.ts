import { createHmac } from 'node:crypto';
import { isSame } from '../access/secret.js';
import { MAX_SIGNATURES, SIGNATURE_SECONDS } from '../limits.js';

/*
 * Signatures of webhooks: HMAC-SHA-256 over the time and the body, so that what was recorded once cannot be sent again later.
 */

export const TIMESTAMP_HEADER = 'x-sentinel-timestamp';
export const SIGNATURE_HEADER = 'x-sentinel-signature';
export const EVENT_HEADER = 'x-sentinel-event';
export const DELIVERY_HEADER = 'x-sentinel-delivery';

/** `v1=` and hex. `timestamp`: seconds since 1970 in digits. */
export function signature(secret: string, timestamp: string, body: string | Uint8Array): string {
  return `v1=${createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')}`;
}

/** Of MLflow, in its words: `v1,` and Base64 of the HMAC over delivery ID, time and body, each followed by a dot. */
export function mlflowSignature(
  secret: string,
  delivery: string,
  timestamp: string,
  body: string | Uint8Array,
): string {
  return `v1,${createHmac('sha256', secret).update(`${delivery}.${timestamp}.`).update(body).digest('base64')}`;
}

/** Several signatures may be given, parted by spaces, while a secret is changed. */
export function hasSignature(given: string, expected: string): boolean {
  let found = false;
  for (const one of given.split(' ', MAX_SIGNATURES)) found = isSame(one, expected) || found;
  return found;
}

/** Whether a time in digits is near enough to now. */
export function isFresh(timestamp: string, nowMs: number): boolean {
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  return Math.abs(nowMs / 1000 - Number(timestamp)) <= SIGNATURE_SECONDS;
}
