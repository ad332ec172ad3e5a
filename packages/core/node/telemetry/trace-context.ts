import { randomBytes } from 'node:crypto';

/** One span, and where it belongs. */
export interface Trace {
  /** Hex, 16 bytes. */
  readonly traceId: string;
  /** Hex, 8 bytes: our own span. */
  readonly spanId: string;
  /** The span of the caller, or null where the trace begins here. */
  readonly parentId: string | null;
  readonly isSampled: boolean;
}

/** W3C Trace Context, section 3.2: version, trace-id, parent-id, flags. */
const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
const NO_TRACE = '0'.repeat(32);
const NO_SPAN = '0'.repeat(16);

/** Goes on with the trace that a request names, or begins one. The caller's decision to keep it counts. */
export function traceOf(traceparent: string | undefined, sample: number): Trace {
  const spanId = randomBytes(8).toString('hex');
  const [, version, traceId = NO_TRACE, parentId = NO_SPAN, flags = '00'] = TRACEPARENT.exec(traceparent ?? '') ?? [];
  if (version !== undefined && version !== 'ff' && traceId !== NO_TRACE && parentId !== NO_SPAN)
    return { traceId, spanId, parentId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 };
  const made = randomBytes(16);
  // By the trace's own bytes, so that all who sample like this keep the same ones.
  const isSampled = made.readUIntBE(10, 6) < sample * 2 ** 48;
  return { traceId: made.toString('hex'), spanId, parentId: null, isSampled };
}

export function traceparentOf({ traceId, spanId, isSampled }: Trace): string {
  return `00-${traceId}-${spanId}-${isSampled ? '01' : '00'}`;
}
