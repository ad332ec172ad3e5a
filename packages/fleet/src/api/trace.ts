import { randomBytes } from 'node:crypto';

/** W3C Trace Context, section 3.2: version, trace-id, parent-id, flags. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

export interface Trace {
  /** Hex, 16 bytes. */
  readonly traceId: string;
  /** As it is passed on: our own span below that of the caller. */
  readonly traceparent: string;
}

/** Goes on with the trace that a request names, or begins one that nobody samples. */
export function traceOf(given: string | undefined): Trace {
  const [, traceId = randomBytes(16).toString('hex'), , flags = '00'] = TRACEPARENT.exec(given ?? '') ?? [];
  return { traceId, traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-${flags}` };
}
