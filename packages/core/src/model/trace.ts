import type { StreamRole } from './fact.js';

/**
 * What a trace shows, one item after the other. Plain data: a terminal prints it, a page shows it. `path` is as in a
 * `Location`, without escapes; every `text` is escaped already.
 */
export type TraceItem = TraceStream | TraceLine | TraceGap | TraceRemark;

/** The head of a stream: the lines up to the next one are its program. */
export interface TraceStream {
  readonly kind: 'stream';
  readonly path: string;
  readonly offset: number;
  readonly length: number;
  readonly role: StreamRole;
  readonly protocol: number;
  /** `torch checkpoint, protocol 2, 120 bytes` */
  readonly about: string;
}

/** What the catalogue says of the global that a line is about. */
export interface TraceMark {
  readonly tone: 'dangerous' | 'unexpected';
  readonly text: string;
}

export interface TraceLine {
  readonly kind: 'line';
  readonly path: string;
  /** As `Location.offset`: of the opcode. */
  readonly offset: number;
  readonly text: string;
  readonly mark: TraceMark | null;
  readonly note: { readonly text: string; readonly warns: boolean } | null;
  /** The stream ends here by an error. */
  readonly stops: boolean;
  /** How often the same follows, and where and under which name it does last. */
  readonly again: { readonly count: number; readonly offset: number; readonly variable: string | null } | null;
}

/** Within a stream, without an offset: what is left out, how another reader goes on. */
export interface TraceGap {
  readonly kind: 'gap';
  readonly text: string;
}

/** About the file or a member; without a path, about the trace itself. */
export interface TraceRemark {
  readonly kind: 'remark';
  readonly path: string | null;
  readonly offset: number | null;
  readonly text: string;
  /** Something could not be read. */
  readonly incomplete: boolean;
}
