import type { Readable } from 'node:stream';
import type { Report } from '@artifact-sentinel/core';
import type { Intake, IntakeKind, VerdictAnswer } from './shapes.js';

/*
 * What the rooms of the fleet ask of each other. Each is made once, by serve.ts or worker.ts, and passed in.
 */

/** Who asks: the name of a token, the subject of a session, or a part of the fleet such as `schedule`. */
export interface Actor {
  readonly name: string;
  /** `traceparent` of the request in which they ask: what follows from it is part of the same trace. */
  readonly trace?: string;
}

export interface Verdicts {
  /** Of bytes; null where they were never analysed. `path`: the name under which they would be loaded; all names unless given. */
  of(sha256: string, path?: string): Promise<VerdictAnswer | null>;
  /** The JSON report of one artifact, made of its facts under the policy in force; null where it has none yet. */
  report(artifact: string): Promise<Report | null>;
}

export interface IntakeRequest {
  readonly kind: Exclude<IntakeKind, 'upload'>;
  /** As people write it: hf://org/model@rev, s3://bucket/prefix, oci://..., https://... */
  readonly address: string;
  /** 0 to 100. */
  readonly importance: number;
}

export interface Intakes {
  /** Throws a RefusedError for an address that is none, or that no service may ask. */
  create(request: IntakeRequest, by: Actor): Promise<Intake>;
  /** Streams to the object store, hashes, and never parses. Throws a RefusedError beyond the limit: nothing is left then. */
  upload(name: string, body: Readable, by: Actor): Promise<{ readonly intake: Intake; readonly artifact: string }>;
  /** The newest intake of a pinned address. */
  latest(pinned: string): Promise<Intake | null>;
  /** Reads it again, also where everything about it is known. `undoes`: also where a person promoted or rejected it. */
  retest(artifact: string, by: Actor, undoes?: boolean): Promise<void>;
  /** Passed, incomplete or failed (which wants a reason) to promoted or rejected. Throws a RefusedError where it is not ready. */
  decide(artifact: string, decision: 'promoted' | 'rejected', reason: string | null, by: Actor): Promise<void>;
}

/** Bytes by their SHA-256. */
export interface ObjectStore {
  /** Stores what comes under its hash. `most`: bytes, beyond which a RefusedError is thrown and nothing is left. */
  put(body: Readable, most: number): Promise<{ readonly sha256: string; readonly size: number }>;
  /** Null where it is not there. */
  get(sha256: string): Promise<Readable | null>;
  remove(sha256: string): Promise<void>;
}

/** What happened, for webhooks: written in the transaction in which it happened, sent afterwards. */
export type FleetEvent =
  | { readonly kind: 'artifact.state'; readonly artifact: string; readonly state: string }
  | { readonly kind: 'intake.done'; readonly intake: string; readonly verdict: string }
  | { readonly kind: 'waiver.expires'; readonly waiver: string };
