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
  /** Leaves of one request that are decoded and inspected (CWE-400). */
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

// The gate.

/**
 * A configuration written by people; more is a mistake or an attack.
 * @unit characters
 * @cwe 400
 */
export const MAX_CONFIG_CHARACTERS = 1_000_000;

/**
 * Longest text of a client in an event, in characters.
 * @unit characters
 * @cwe 770
 */
export const LONGEST_EVENT_TEXT = 256;

/**
 * Longest id of a client that goes to the upstream and to the logs; those of vLLM's proxies have a hundred characters.
 * @unit characters
 * @cwe 770
 */
export const LONGEST_REQUEST_ID = 128;

/**
 * Series of one metric: labels are rules, routes and outcomes, never anything that a client chose.
 * @unit series
 * @cwe 770
 */
export const MAX_SERIES = 20_000;

/**
 * Events that wait for a target that does not take them.
 * @unit events
 * @cwe 770
 */
export const MAX_WAITING_EVENTS = 10_000;

/**
 * Codings that may be applied to one body; more than one is unheard of.
 * @unit codings
 * @cwe 674
 */
export const MAX_CODINGS = 2;

/**
 * Header lines of one part together.
 * @unit bytes
 * @cwe 770
 */
export const MAX_PART_HEADERS = 8 * 1024;

/**
 * Blanks that may follow a boundary, and what follows them (RFC 2046 sets no bound; nobody writes any).
 * @unit bytes
 * @cwe 400
 */
export const LONGEST_PADDING = 64;

/**
 * A preamble that nobody reads; nobody writes one of more.
 * @unit bytes
 * @cwe 400
 */
export const LONGEST_PREAMBLE = 64 * 1024;

/**
 * Offsets that may be pickles and wait for bytes far on: a gigabyte of noise has some 800, of 10 KB each.
 * @unit offsets
 * @cwe 770
 */
export const MAX_FOLLOWERS = 4_096;

/**
 * Bytes that may wait for the decision on one offset: twice what a reader reads at once.
 * @unit bytes
 * @cwe 770
 */
export const MAX_WAITING_BYTES = 4 * 2 ** 20;

/**
 * Longest number that anybody writes, with room.
 * @unit bytes
 * @cwe 400
 */
export const LONGEST_NUMBER = 1_024;

/**
 * Keys of the maps that are open, in characters, and some for each: repeated ones are refused.
 * @unit characters
 * @cwe 770
 */
export const MAX_KEY_CHARACTERS = 4 * 2 ** 20;

/**
 * Longest module or name in a GLOBAL that is searched for.
 * @unit bytes
 * @cwe 400
 */
export const LONGEST_NAME = 128;

/**
 * YAML takes long to read; no request has more of it.
 * @unit characters
 * @cwe 400
 */
export const MAX_YAML_CHARACTERS = 2 ** 20;

/**
 * Aliases of one document of YAML.
 * @unit aliases
 * @cwe 776
 */
export const MAX_ALIASES = 64;

/**
 * Indentation and brackets inside each other, roughly: the parser recurses.
 * @unit levels
 * @cwe 674
 */
export const MAX_YAML_NESTING = 200;

/**
 * Longest JSON of an answer: a refusal has some hundred bytes. Setups hold the schemas of all routes.
 * @unit bytes
 * @cwe 770
 */
export const MAX_JSON = 64 * 2 ** 20;

/**
 * Header section of an answer.
 * @unit bytes
 * @cwe 770
 */
export const MAX_ANSWER_HEADERS = 64 * 1024;

/**
 * Headers of a request. Servers of Node take no more into account by default.
 * @unit headers
 * @cwe 444
 */
export const MAX_HEADERS = 1_000;

/**
 * Frames of a message with few bytes each cost more than they carry.
 * @unit frames
 * @cwe 400
 */
export const MAX_FRAMES = 4_096;

/**
 * Lists and maps of a configuration within each other. A configuration with more is refused.
 * @unit levels
 * @cwe 674
 */
export const MAX_CONFIG_NESTING = 50;

/**
 * Configurations that were replaced and still have requests, each with its inspectors. The oldest ends where more come.
 * @unit configurations
 * @cwe 770
 */
export const MAX_OLD_GENERATIONS = 3;

/**
 * Clients whose requests are counted; the one that was silent for longest is forgotten.
 * @unit clients
 * @cwe 770
 */
export const MAX_CLIENTS = 65_536;

/**
 * Spans that wait for their delivery; of more the rest is lost, and counted.
 * @unit spans
 * @cwe 770
 */
export const MAX_WAITING_SPANS = 4_096;

/**
 * Reasons that are given for one request, where it is only observed; further ones are not looked for.
 * @unit reasons
 * @cwe 770
 */
export const MAX_REASONS = 32;

/**
 * What may stand before an encoded value in the same text: `image/png;base64,`, `user:`, `base64:`.
 * @unit bytes
 * @cwe 400
 */
export const LONGEST_PREFIX = 128;

/**
 * The head of a data URL, with its media type and parameters.
 * @unit bytes
 * @cwe 400
 */
export const LONGEST_URL_HEAD = 300;

/**
 * Blanks at the end of a soft line of quoted-printable.
 * @unit bytes
 * @cwe 400
 */
export const LONGEST_SOFT_END = 80;

/**
 * A tag of YAML: longer ones name nothing.
 * @unit bytes
 * @cwe 400
 */
export const LONGEST_TAG = 256;

/**
 * Blanks before a tag of YAML in text that is not parsed as YAML.
 * @unit bytes
 * @cwe 400
 */
export const LONGEST_INDENT = 256;

/**
 * Blanks in a row that no indentation of YAML has.
 * @unit bytes
 * @cwe 400
 */
export const LONGEST_BLANK = 1_000;

/**
 * Blanks between `=` and a value in XML.
 * @unit bytes
 * @cwe 400
 */
export const LONGEST_GAP = 64;

/**
 * Dimensions of a tensor in a message of gRPC; NumPy has as many (NPY_MAXDIMS).
 * @unit dimensions
 * @cwe 770
 */
export const MAX_DIMENSIONS = 64;

/**
 * Bytes of a name by which an exception may name a field.
 * @unit bytes
 * @cwe 400
 */
export const LONGEST_FIELD = 128;

/**
 * A body that a thread inspects in memory that is used again. Larger ones are rare, and have memory of their own.
 * @unit bytes
 * @cwe 400
 */
export const MAX_SHARED_BYTES = 4 * 2 ** 20;
