import type { Refusal } from '../model/rules.js';
import type { RoutePolicy } from '../model/route-policy.js';

/** What an inspector is started with: plain data, no secrets. */
export interface WorkerSetup {
  readonly policies: readonly RoutePolicy[];
}

/** What comes of one inspection. */
export interface Verdict {
  /** What the request is refused for; null where it may pass. */
  readonly refusal: Refusal | null;
  /** Further reasons, where a route observes, and those that an exception lets pass. */
  readonly also?: readonly Refusal[];
  /** Hex SHA-256 of the body, for the event; only of what is refused. */
  readonly sha256: string | null;
}

/** What an inspector asks for of the body that it has in hand. */
export interface Wanted {
  readonly offset: number;
  readonly length: number;
  /** Of a body that passes: what lies before may go on. */
  readonly settled?: number;
}

/** What it is given: the bytes at that offset. */
export interface Given {
  readonly given: Uint8Array;
  /** Nobody waits for the answer any more. */
  readonly isGone?: true;
}
