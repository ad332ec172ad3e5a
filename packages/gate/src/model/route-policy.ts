import type { InspectionLimits } from './limits.js';
import type { GateRule } from './rules.js';

/**
 * How a body of a known protocol is read: `plain` by its media type, the others as JSON with any content type, since
 * their servers do so; `v2-infer` with tensors behind it.
 */
export type Protocol = 'v2-infer' | 'json' | 'plain';

/** Something that is accepted in spite of a rule, until its last day. */
export interface Exception {
  readonly rule: GateRule;
  /** The key, form field, part or header that it holds for; null for any. */
  readonly field: string | null;
  readonly owner: string;
  readonly why: string;
  /** Its last day, in UTC: `2027-01-31`. */
  readonly expires: string;
}

/** What the inspection has to know of a route; plain data, so that a worker can be given it. */
export interface RoutePolicy {
  readonly id: string;
  readonly protocol: Protocol;
  /** Media types that the route takes, without parameters; `image/*` for all of a kind. */
  readonly contentTypes: readonly string[];
  /** JSON Schema (2020-12) of JSON bodies; null takes any JSON. */
  readonly schema: Readonly<Record<string, unknown>> | null;
  /** The schema asks for types only, so that long lists of numbers need not be held. */
  readonly schemaIsLight: boolean;
  readonly limits: InspectionLimits;
  /** Nothing is refused here: the inspection goes on behind a reason, as far as it can, and gives all of them. */
  readonly observes?: boolean;
  readonly exceptions?: readonly Exception[];
  /** JSON as Python writes and reads it, with NaN: an answer is refused for what it carries, not for how it is written. */
  readonly readsAsPython?: true;
}

/** One request as the inspection sees it. */
export interface InspectionJob {
  readonly route: string;
  readonly contentType: string | null;
  readonly contentEncoding: string | null;
  /** `Inference-Header-Content-Length` of the binary extension of v2. */
  readonly inferHeaderLength: string | null;
  /** The query behind `?`, as it was sent. */
  readonly query: string;
  /** The inspected values of the head; none where only a body is given. */
  readonly head?: readonly { readonly where: string; readonly text: string }[];
  readonly body: Uint8Array;
  /** A body in the pieces in which it came, one behind the other: `body` is empty then, and has all of it in isolation. */
  readonly pieces?: readonly Uint8Array[];
  /** Whom it is from: those who wait are served in turn. */
  readonly client?: string;
  /** Size of a body that lies on disk and is read by windows; `body` is empty then. */
  readonly spooled?: number;
  /** Most bytes of a body that passes while it is inspected; `body` is empty then. */
  readonly passing?: number;
  /** `body` is one message of gRPC, which is opened before it is inspected. */
  readonly grpc?: GrpcEnvelope;
}

export interface GrpcEnvelope {
  /** The path of the method, which says what the message is. */
  readonly method: string;
  /** The coding that is applied to this message; null where it is sent as it is. */
  readonly coding: string | null;
  /** It is one of the server's. */
  readonly isAnswer?: true;
}
