/** What our own packages share of the Node part, besides its public names (index.ts). */
export { isWithin, pathOf, shownBytes, shownName, typedName } from './file-name.js';
export { identityOf, OPEN_FLAGS, openFile } from './file-source.js';
export { hashFile, type InputHash } from './hash-file.js';
export { hashInput } from './inputs/hash.js';
export type { Input } from './inputs/input.js';
export { openInput } from './inputs/open.js';
export { now } from './clock.js';
export { nodePlatform } from './platform.js';
// One file each: a program that scans loads nothing of the others.
export { collect } from './collect.js';
export { suggestAllow } from './suggest-allow.js';
export { findFiles, type FindOptions } from './find-files.js';
export { sourceNeighbours } from './source-neighbours.js';
export { isEnvironment, isSystemError, systemReason, type SystemError } from './system-error.js';
export type { JobFailure, Outcome, Provider } from './workers/job.js';
export { JobLoop, type Work } from './workers/job-loop.js';
export { WorkerPool } from './workers/pool.js';
export type { Job, LinkEvents, StartWorker, ToWorker, WorkerLink } from './workers/protocol.js';
export { serveThread } from './workers/serve-thread.js';
export { isFromWorker } from './workers/protocol.js';
export { threadLink } from './workers/thread.js';
export { nanoseconds, otlpAttributes, OtlpExporter, SPAN_KIND, type Attributes } from './telemetry/otlp.js';
export { traceOf, traceparentOf, type Trace } from './telemetry/trace-context.js';
