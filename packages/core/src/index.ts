/**
 * @artifact-sentinel/core, for its users. docs/library.md describes it, and packages/core/test/public-surface.test.ts lists it.
 * What our own packages share besides is in internal.ts, without any promise.
 */
export { scan, type Scan, type ScanOptions } from './api/scan.js';
export { trace, type TraceOptions } from './api/trace.js';
export type { ScanInput, ScanInputs } from './api/input.js';
export type { ArtifactResult, Progress } from './scan.js';
export type { TraceResult } from './trace.js';

// Sources of bytes.
export { blobSource, memorySource, type ByteRange, type ByteSource } from './bytes/source.js';
export { REMOTE_READS, type ReadProfile } from './bytes/read-profile.js';
export type { Limits } from './bytes/budget.js';
export type { Platform } from './platform.js';

// What is decided, and by which rules.
export { loadPolicy } from './api/policy.js';
export { RULES } from './rules/index.js';
export type { Policy } from './model/policy.js';
export type { Rule, RuleMeta } from './model/rule.js';

// What is reported.
export {
  renderCycloneDx,
  renderGitlab,
  renderHtml,
  renderJson,
  renderJunit,
  renderMarkdown,
  renderSarif,
  renderText,
  type RootOptions,
  type RuleOptions,
  type SarifOptions,
  type TextOptions,
} from './api/reporters.js';
export type {
  ArtifactReport,
  Evidence,
  Finding,
  GlobalReport,
  IncompleteReport,
  OpaqueReport,
  PartReport,
  Report,
  StreamReport,
  Summary,
  Verdict,
} from './model/report.js';
export type { Coverage } from './model/coverage.js';
export type { Action, Safety, Severity } from './model/severity.js';

// What is thrown besides TypeError.
export { PolicyError, ReadError } from './model/errors.js';
