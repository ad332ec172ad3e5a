import type { Disposition } from '../model/dispositions.js';
import type { Exception } from '../model/route-policy.js';
import type { Refusal } from '../model/rules.js';
import { LONGEST_EVENT_TEXT } from '../model/limits.js';

/** One refusal or anomaly. Nothing of the payload but its digest. */
export interface GateEvent {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly requestId: string;
  /** `clientRequestId`; null where there is none, or it may be a payload. */
  readonly clientRequestId: string | null;
  readonly disposition: Disposition;
  readonly status: number;
  readonly refusal: Refusal;
  readonly route: string | null;
  readonly client: { readonly address: string; readonly port: number };
  readonly server: { readonly address: string; readonly port: number };
  readonly method: string;
  /** Without the query; cut and escaped. */
  readonly path: string;
  readonly contentType: string | null;
  /** The exception of the configuration that let it pass. */
  readonly exception: Exception | null;
  readonly payload: { readonly bytes: number; readonly sha256: string | null };
}

export const PRODUCT = { name: 'Sentinel Gate', vendor_name: 'Sentinel', version: '0.1.0' } as const;

/** Text of a client for a log: printable ASCII, cut. */
export function logText(text: string): string {
  const shown = text.slice(0, LONGEST_EVENT_TEXT).replaceAll(/[^\x20-\x7e]/g, '?');
  return text.length > LONGEST_EVENT_TEXT ? `${shown}…` : shown;
}
