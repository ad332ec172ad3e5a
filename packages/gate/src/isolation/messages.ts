import type { Refusal } from '../model/rules.js';
import type { InspectionJob, RoutePolicy } from '../model/route-policy.js';

/** What a worker is started with: plain data, no secrets. */
export interface WorkerSetup {
  readonly policies: readonly RoutePolicy[];
}

/** The order of one inspection. */
export interface Order {
  readonly id: number;
  readonly job: InspectionJob;
}

export interface Answer {
  readonly id: number;
  readonly refusal: Refusal | null;
  /** Hex SHA-256 of the body, for the event; only of what is refused. */
  readonly sha256: string | null;
}

/** What an inspector asks for of the body that it has in hand. */
export interface Wanted {
  readonly id: number;
  readonly wanted: { readonly offset: number; readonly length: number };
  /** Of a body that passes: what lies before may go on. */
  readonly settled?: number;
}

/** What it is given: the bytes at that offset. */
export interface Given {
  readonly id: number;
  readonly offset: number;
  readonly given: Uint8Array;
  /** Nobody waits for the answer any more. */
  readonly isGone?: true;
}
