import type { closureSchema } from './shape/closure.js';
import type { Finding, Frozen } from './report.js';
import type * as z from 'zod/mini';

/** What a retest takes from a finding of an earlier report. */
export type EarlierFinding = Pick<
  Finding,
  'ruleId' | 'severity' | 'title' | 'owner' | 'artifact' | 'location' | 'evidence' | 'fingerprint'
>;

/** The closure record. Its shape is defined in `shape/closure.ts`, where each field is described; these are its parts. */
export type ClosureRecord = Frozen<z.output<typeof closureSchema>>;
export type ClosureFinding = ClosureRecord['findings'][number];
/** What became of an earlier finding. */
export type ClosureStatus = ClosureFinding['status'];
/** The bytes that an artifact had. */
export type ArtifactState = ClosureFinding['before'];
/** One thing that the scan of a retest was asked for. */
export type ClosureSetting = ClosureRecord['settings'][number];
