/** What @sentinel/core publishes, by name. */
export { checkAllowEntry, type CheckVerdict, type EntryCheck } from './allow/check.js';
export type { Question } from './allow/entry.js';
export { renderAllowYaml, renderSuggestions, type SuggestOptions } from './allow/render-suggest.js';
export { suggestAllow, type FileSuggestions, type Suggestion } from './allow/suggest.js';
export type { WeightsOnlyReport } from './allow/weights-only.js';
export type { DangerousCall, SourcePlace, SourceReview } from './allow/review.js';
export type { FindSource, SourceFile } from './allow/source-tree.js';
export { PythonModule, type CallArguments, type PythonOptions } from './python/module.js';
export { cellPosition, readNotebook, type Notebook } from './python/notebook.js';
export { renderAllowCheck } from './allow/render-check.js';
export { FILE_READS, REMOTE_READS, type ReadProfile } from './bytes/read-profile.js';
export { blobSource, memorySource, sliceSource, type ByteRange, type ByteSource } from './bytes/source.js';
export { DEFAULT_LIMITS, runIsOver, type Limits, type RunDeadline } from './bytes/budget.js';
export type { CodecEnd } from './codecs/codec.js';
export { unzstd } from './codecs/unzstd.js';
export { breaksAtOnce } from './pickle/breaks-at-once.js';
export { canStartStream } from './pickle/opcodes.js';
export { couldBeArtifact } from './formats/could-be-artifact.js';
export { followPickles, type Followed, type FollowOptions } from './follow.js';
export { markAgainst, type Baseline } from './closure/baseline.js';
export { readReport } from './closure/read-report.js';
export type { RetestTarget } from './command/retest-command.js';
export { shellQuote } from './command/shell-quote.js';
export { compareFindings, type Comparison, type CompareOptions, type Seen } from './closure/compare.js';
export { renderClosureJson, renderClosureMarkdown, renderClosureText } from './closure/render.js';
export { CATALOGUE_VERSION, classifyGlobal, refuseUserEntry } from './catalogue/classify.js';
export type { Found, Marked } from './model/baseline.js';
export { InputError, LimitError, PolicyError, ReadError, UnsupportedError, UsageError } from './model/errors.js';
export type {
  ArtifactState,
  ClosureFinding,
  ClosureRecord,
  ClosureSetting,
  ClosureStatus,
  EarlierFinding,
} from './model/closure.js';
export { append } from './model/append.js';
export { cut, escapeText } from './model/escape.js';
export { sha256Hex, type Sha256, type Sha256Stream } from './model/sha256.js';
export { portablePlatform, type Inflater, type InflateEngine, type InflateStep, type Platform } from './platform.js';
export type { Fact, FactKind, Location, Notice, Unread } from './model/fact.js';
export {
  plausibilityBehindPrefix,
  plausibilityInBody,
  plausibilityInWhole,
  type BodyBytes,
  type BodyKind,
} from './pickle/plausibility/body.js';
export { hasStrongMark, plausibilityOfBodyGap } from './pickle/plausibility/marks.js';
export { isKnownGlobal } from './pickle/plausibility/names.js';
export { plausibilityWhilePassing, type Beginning } from './pickle/plausibility/passing.js';
export { isChance, type Likelihood, type Plausibility, type PlausibilityReason } from './model/plausibility.js';
export type { NeighbourFile, SourceNeighbours } from './model/neighbours.js';
export type {
  SourceCallFact,
  SourceComment,
  SourceConstant,
  InsertPlace,
  SourceRequirement,
  SourceValue,
  SourceFactKind,
} from './model/source-fact.js';
export type { AcceptEntry, AllowEntry, PathThreshold, Policy, PolicyPart, Tightening } from './model/policy.js';
export type {
  Acceptance,
  AcceptReport,
  AllowReport,
  ArtifactReport,
  BaselineMark,
  BaselineReport,
  Evidence,
  Finding,
  GlobalReport,
  GateReport,
  IncompleteReport,
  KnownFinding,
  OpaqueReport,
  PartReport,
  PolicyFileReport,
  PolicyOrigin,
  PolicyReport,
  Report,
  RunReport,
  StreamReport,
  Summary,
  Verdict,
} from './model/report.js';
export { streamsOf } from './model/report.js';
export type { Coverage } from './model/coverage.js';
export { isOutdated, OUTDATED } from './model/fingerprint.js';
export type { Identity } from './model/identity.js';
export {
  CATEGORIES,
  type Category,
  type Insertion,
  type Match,
  type Rule,
  type RuleContext,
  type RuleMeta,
} from './model/rule.js';
export {
  DECISIONS,
  SAFETY_LEVELS,
  safety,
  SEVERITIES,
  type Action,
  type Safety,
  type SafetyLevel,
  type SafetyName,
  type Severity,
} from './model/severity.js';
export { closest, didYouMean } from './model/suggest.js';
export { DEFAULT_POLICY } from './policy/defaults.js';
export { pinnedNames } from './policy/allow.js';
export { loadPolicy, readPolicyText, userAllowEntry, userEntry, type ReadPolicy } from './policy/load.js';
export {
  effectivePolicy,
  type EffectiveAccept,
  type EffectiveAllow,
  type EffectivePolicy,
  type EffectiveScope,
  type Sourced,
} from './policy/effective.js';
export { explainTightening, type KeyUse } from './policy/key-use.js';
export { maximumFor, type Maximum, type PolicyPaths } from './policy/maximum.js';
export { policyJsonSchema } from './policy/schema.js';
export { parseThreshold } from './policy/threshold.js';
export { tighten } from './policy/tighten.js';
export { safeJson } from './report/escape.js';
export { renderGitlab, type GitlabOptions } from './report/gitlab.js';
export { renderJunit } from './report/junit.js';
export { renderJson } from './report/json.js';
export { renderMarkdown } from './report/markdown.js';
export { renderRulePage } from './report/rule-page.js';
export { renderRuleText } from './report/rule-text.js';
export { renderRulesIndex, rulePagePath } from './report/rules-index.js';
export { renderSarif, type Checkout, type SarifOptions } from './report/sarif.js';
export { renderText, type TextOptions } from './report/text.js';
export { contradictions } from './policy/contradictions.js';
export { describePolicyOrigin, plural, reachOf, showBytes } from './report/words.js';
export { RULES } from './rules/index.js';
export { findRule, selectRules, sourceFactsFor } from './rules/select.js';
export { collect, notCollected, weightOf, type Collected, type CollectOptions, type ScanInput } from './collect.js';
export { judge, scan, type ArtifactPolicy, type ScanOptions, type Turn } from './scan.js';
export { trace } from './trace.js';
