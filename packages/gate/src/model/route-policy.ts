import type { InspectionLimits } from './limits.js';

/**
 * How a body of a known protocol is read: `plain` by its media type, the others as JSON with any content type, since
 * their servers do so; `v2-infer` with tensors behind it.
 */
export type Protocol = 'v2-infer' | 'json' | 'plain';

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
}
