import { GATE_RULES, type Refusal } from '../model/rules.js';

/** Status codes of gRPC that the gate gives (grpc/grpc, doc/statuscodes.md). */
export const GRPC_STATUS = {
  cancelled: 1,
  invalidArgument: 3,
  deadlineExceeded: 4,
  permissionDenied: 7,
  resourceExhausted: 8,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
} as const;

const BY_HTTP: Readonly<Record<number, number>> = {
  400: GRPC_STATUS.invalidArgument,
  403: GRPC_STATUS.permissionDenied,
  404: GRPC_STATUS.unimplemented,
  405: GRPC_STATUS.permissionDenied,
  408: GRPC_STATUS.deadlineExceeded,
  413: GRPC_STATUS.resourceExhausted,
  415: GRPC_STATUS.invalidArgument,
  422: GRPC_STATUS.invalidArgument,
  429: GRPC_STATUS.resourceExhausted,
  431: GRPC_STATUS.resourceExhausted,
  502: GRPC_STATUS.unavailable,
  503: GRPC_STATUS.unavailable,
  504: GRPC_STATUS.deadlineExceeded,
};

export function statusOf({ rule }: Refusal): number {
  // A coding that is not read is one that the server does not implement (doc/compression.md).
  if (rule === 'GATE-CODING') return GRPC_STATUS.unimplemented;
  return BY_HTTP[GATE_RULES[rule].status] ?? GRPC_STATUS.internal;
}

/** What a client reads in the status: the rule, own words, and the request's id. Nothing that it sent. */
export function messageOf({ rule, detail }: Refusal, id: string): string {
  return `${GATE_RULES[rule].title}: ${detail} (urn:sentinel:gate:${rule}, request ${id})`;
}

/** `grpc-message` is percent-encoded but for printable ASCII other than the percent sign (PROTOCOL-HTTP2.md). */
export function encodedMessage(text: string): string {
  let out = '';
  for (const byte of Buffer.from(text)) {
    out +=
      byte >= 0x20 && byte <= 0x7e && byte !== 0x25
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return out;
}

const UNIT_MS: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1_000, m: 1, u: 1e-3, n: 1e-6 };

/** Milliseconds of a `grpc-timeout`: at most eight digits and a unit; null where it is none. */
export function timeoutMs(text: string): number | null {
  const match = /^(\d{1,8})([HMSmun])$/.exec(text);
  const unit = UNIT_MS[match?.[2] ?? ''];
  return match === null || unit === undefined ? null : Number(match[1]) * unit;
}

const EIGHT_NINES = 99_999_999;

/** What is left of a timeout, rounded up. */
export function timeoutText(ms: number): string {
  const left = Math.max(1, Math.ceil(ms));
  return left <= EIGHT_NINES ? `${left}m` : `${Math.min(EIGHT_NINES, Math.ceil(left / 1_000))}S`;
}
