/**
 * What a request can be refused for. The ids are written to problem documents, events and metrics: never renamed.
 * Status codes: RFC 9110; 415 for a type, 400 for content, 413 for size, 422 for a schema.
 */
export const GATE_RULES = {
  'GATE-MEDIA-TYPE': { status: 415, severity: 'MEDIUM', title: 'The media type is not accepted here' },
  'GATE-PICKLE-TYPE': { status: 415, severity: 'HIGH', title: 'The request declares an executable object format' },
  'GATE-CODING': { status: 415, severity: 'MEDIUM', title: 'The content coding is not accepted' },
  'GATE-PICKLE': { status: 400, severity: 'CRITICAL', title: 'The request carries an executable object' },
  'GATE-CODE': {
    status: 400,
    severity: 'CRITICAL',
    title: 'The request carries compiled code, or a model that names code',
  },
  'GATE-YAML-TAG': {
    status: 400,
    severity: 'CRITICAL',
    title: 'The request carries a YAML tag that constructs objects',
  },
  'GATE-ARCHIVE': { status: 400, severity: 'HIGH', title: 'The request carries an archive that is not what it seems' },
  'GATE-BOMB': { status: 413, severity: 'HIGH', title: 'The request unpacks to more than is accepted' },
  'GATE-UNREADABLE': { status: 400, severity: 'MEDIUM', title: 'The content cannot be inspected' },
  'GATE-MALFORMED': { status: 400, severity: 'LOW', title: 'The content is malformed' },
  'GATE-TENSOR': { status: 400, severity: 'MEDIUM', title: 'A tensor is not what its header says' },
  'GATE-SCHEMA': { status: 422, severity: 'LOW', title: 'The content does not fit the schema of this route' },
  'GATE-SIZE': { status: 413, severity: 'LOW', title: 'The content is too large' },
  'GATE-STREAM': { status: 413, severity: 'LOW', title: 'The content cannot be decided on while it passes' },
  'GATE-ROUTE': { status: 404, severity: 'LOW', title: 'There is no such route' },
  'GATE-METHOD': { status: 405, severity: 'LOW', title: 'The method is not allowed on this route' },
  'GATE-HTTP': { status: 400, severity: 'HIGH', title: 'The request is not well-formed HTTP' },
  'GATE-HEADERS': { status: 431, severity: 'LOW', title: 'The header section is too large' },
  'GATE-UPGRADE': { status: 403, severity: 'LOW', title: 'This route does not switch protocols' },
  'GATE-SLOW': { status: 408, severity: 'LOW', title: 'The request took too long to arrive' },
  'GATE-ABORTED': { status: 400, severity: 'LOW', title: 'The client left before the request was complete' },
  'GATE-DEADLINE': { status: 400, severity: 'HIGH', title: 'The content could not be inspected in time' },
  'GATE-CRASH': { status: 400, severity: 'HIGH', title: 'The content could not be inspected' },
  'GATE-RATE': { status: 429, severity: 'LOW', title: 'The client sends too many requests' },
  'GATE-BUSY': { status: 503, severity: 'LOW', title: 'Too many requests are being inspected' },
  'GATE-UPSTREAM': { status: 502, severity: 'LOW', title: 'The server behind the gate failed' },
  'GATE-UPSTREAM-TIMEOUT': { status: 504, severity: 'LOW', title: 'The server behind the gate did not answer in time' },
  'GATE-RESPONSE': { status: 502, severity: 'CRITICAL', title: 'The answer carries an executable object' },
  'GATE-RESPONSE-UNREADABLE': { status: 502, severity: 'MEDIUM', title: 'The answer cannot be inspected' },
} as const satisfies Record<string, { status: number; severity: string; title: string }>;

export type GateRule = keyof typeof GATE_RULES;

/** What was found, with nothing in it that the client wrote but numbers and names that the catalogue knows. */
export interface Refusal {
  readonly rule: GateRule;
  /** A stable code or opcode: `GLOBAL posix.system`, `zip`, `duplicate-key`. */
  readonly signal: string;
  /** The path to the value in the request: `body>json@34>base64>gzip`. */
  readonly path: string;
  /** Byte offset within the last step of `path`, where there is one. */
  readonly offset: number | null;
  /** What the bytes are: `pickle`, `joblib`, `npy` … */
  readonly format: string | null;
  /** Hex SHA-256 of the bytes that the last step of `path` holds. */
  readonly sha256: string | null;
  /** For people; own words only. */
  readonly detail: string;
  /** Which exception of the route lets it pass, by its index there. */
  readonly exception?: number;
}

/** What an exception may be made for: what a body holds, and not how it came. */
export const EXCEPTABLE = [
  'GATE-PICKLE',
  'GATE-CODE',
  'GATE-YAML-TAG',
  'GATE-ARCHIVE',
  'GATE-UNREADABLE',
  'GATE-SCHEMA',
  'GATE-TENSOR',
] as const satisfies readonly GateRule[];

/** Thrown inside of an inspection, and caught where it began. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.detail);
    this.refusal = refusal;
  }
}

export function refuse(
  rule: GateRule,
  signal: string,
  path: string,
  detail: string,
  more: Partial<Pick<Refusal, 'offset' | 'format' | 'sha256'>> = {},
): never {
  throw new Refused({ rule, signal, path, detail, offset: null, format: null, sha256: null, ...more });
}
