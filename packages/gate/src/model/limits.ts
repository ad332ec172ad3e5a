/** Bounds of one inspection, each with the weakness that it stops. */
export interface InspectionLimits {
  /** Bytes that all decoders together may put out for one request (CWE-409). */
  readonly decodedBytes: number;
  /** Decoded against encoded bytes (CWE-409); deflate makes at most 1,032 of one, honest JSON some 20. */
  readonly ratio: number;
  /** Encodings and containers inside each other (CWE-674). Honest requests have two: base64 in JSON in gzip. */
  readonly depth: number;
  /** Lists and maps of JSON inside each other (CWE-674). */
  readonly jsonDepth: number;
  /** Parts of one multipart body (CWE-770). */
  readonly parts: number;
  /** Leaves of one request that are decoded and looked at (CWE-400). */
  readonly leaves: number;
  /** Milliseconds that the engine may take for one piece of a request. */
  readonly engineMs: number;
}

export const DEFAULT_INSPECTION_LIMITS: InspectionLimits = {
  decodedBytes: 64 * 2 ** 20,
  ratio: 200,
  depth: 8,
  jsonDepth: 64,
  parts: 128,
  leaves: 200_000,
  engineMs: 5_000,
};

/** Below so many decoded bytes no ratio counts: a small body of spaces compresses well. */
export const RATIO_FREE_BYTES = 2 ** 20;

/** Shortest text that is taken for an encoding of something: base64 of eight bytes. No pickle that names anything has fewer. */
export const SHORTEST_ENCODED = 11;
