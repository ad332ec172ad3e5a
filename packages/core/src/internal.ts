/**
 * What our own packages share of the core, besides its public names (index.ts). It may change with every version, and nobody
 * else should import it.
 */
export { checkAllowEntry, type CheckVerdict } from './allow/check.js';
export { renderAllowYaml, renderSuggestions } from './allow/render-suggest.js';
export { suggestAllow, type FileSuggestions } from './allow/suggest.js';
export type { FindSource, SourceFile } from './allow/source-tree.js';
export { renderAllowCheck } from './allow/render-check.js';
export { FILE_READS } from './bytes/read-profile.js';
export { sliceSource } from './bytes/source.js';
export { DEFAULT_LIMITS, runIsOver, type RunDeadline } from './bytes/budget.js';
export { unzstd } from './codecs/unzstd.js';
export { mayBeginZlib } from './codecs/zlib-beginning.js';
export { lengthAt } from './pickle/decode.js';
export { canStartStream, LENGTH_BYTES } from './pickle/opcodes.js';
export { breaksAtOnce } from './pickle/breaks-at-once.js';
export { courseOf, leadsTo, stepBudget, type StepBudget } from './pickle/may-act.js';
export { couldBeArtifact } from './formats/could-be-artifact.js';
export { followPickles, type Followed } from './follow.js';
export { markAgainst } from './closure/baseline.js';
export { readReport } from './closure/read-report.js';
export { readLock } from './closure/read-lock.js';
export type { BatchRecord } from './model/batch.js';
export type { Lock, LockedFile } from './model/lock.js';
export type { RetestTarget } from './command/retest-command.js';
export { shellQuote } from './command/shell-quote.js';
export { compareFindings, type Seen } from './closure/compare.js';
export { renderClosureJson, renderClosureMarkdown, renderClosureText } from './closure/render.js';
export { CATALOGUE_VERSION, refuseUserEntry } from './catalogue/classify.js';
export type { Found, Marked } from './model/baseline.js';
export { InputError, LimitError, UnsupportedError, UsageError } from './model/errors.js';
export type { ArtifactState, ClosureFinding, ClosureRecord, ClosureSetting, EarlierFinding } from './model/closure.js';
export { append } from './model/append.js';
export { cut, escapeText } from './model/escape.js';
export { perObject } from './model/lazy.js';
export { sha256Hex, type Sha256, type Sha256Stream } from './model/sha256.js';
export { portablePlatform, type Inflater, type InflateStep } from './platform.js';
export type { Fact } from './model/fact.js';
export {
  plausibilityBehindPrefix,
  plausibilityInBody,
  plausibilityInWhole,
  type BodyBytes,
  type BodyKind,
} from './plausibility/body.js';
export { hasStrongMark, hasWeakMark, plausibilityOfBodyGap } from './plausibility/marks.js';
export { IN_FINDINGS, IN_LATER_FINDINGS } from './rules/standing.js';
export { isKnownGlobal, isKnownName } from './plausibility/known-names.js';
export { plausibilityWhilePassing, type Beginning } from './plausibility/passing.js';
export { isChance, type Plausibility } from './model/plausibility.js';
export type { SourceNeighbours } from './model/neighbours.js';
export { SLASH_PATHS, treeNeighbours, type FileTree, type PathWords } from './neighbours/tree-neighbours.js';
export type { SourceFactKind } from './model/source-fact.js';
export type { AcceptEntry, AllowEntry, Tightening } from './model/policy.js';
export type { PolicyFileReport, PolicyOrigin, PolicyReport, RunReport } from './model/report.js';
export { streamsOf } from './model/report.js';
export { NO_FINDING, type HashChoice } from './model/hash-choice.js';
export { ANY_FINDING, EVERY_ARTIFACT, isOutdated, OUTDATED } from './model/fingerprint.js';
export { SAFETY_LEVELS, safety } from './model/severity.js';
export { didYouMean } from './model/suggest.js';
export { DEFAULT_POLICY } from './policy/defaults.js';
export { pinnedNames } from './policy/allow.js';
export { loadPolicy, readPolicyText, userAllowEntry, userEntry } from './policy/load.js';
export { effectivePolicy, type EffectivePolicy, type EffectiveScope, type Sourced } from './policy/effective.js';
export { explainTightening, type KeyUse } from './policy/key-use.js';
export { maximumFor, type PolicyPaths } from './policy/maximum.js';
export { policyJsonSchema } from './policy/schema.js';
export { parseThreshold } from './policy/threshold.js';
export { tighten } from './policy/tighten.js';
export { safeJson, showCommand, showLine, showPath } from './report/escape.js';
export { renderFindings } from './report/explain-finding.js';
export { renderRulePage } from './report/rule-page.js';
export { renderRuleText } from './report/rule-text.js';
export { eachReporter, formatOfFile, REPORTERS, type ReportContext, type ReportFormat } from './report/reporters.js';
export type { Checkout } from './report/sarif.js';
export { contradictions } from './policy/contradictions.js';
export {
  countsInWords,
  describeAction,
  describeComments,
  describeCover,
  describeExcused,
  describeLevel,
  describePass,
  describePolicies,
  describePolicyOrigin,
  describeReach,
  describeState,
  plural,
  reachOf,
  showBytes,
  showLocation,
} from './report/words.js';
export { describeBriefly } from './report/brief.js';
export { describeRepositories } from './report/repositories.js';
export { contents, memberBytes } from './contents.js';
export type { ContentItem, ContentsResult, MemberContent, TensorContent } from './model/contents.js';
export { traceItems } from './trace.js';
export type { TraceItem } from './model/trace.js';
export { asksForRepositories, findRule, selectRules, sourceFactsFor } from './rules/select.js';
export { collect, notCollected, weightOf, type Collected, type CollectOptions, type ScanInput } from './collect.js';
export { aBoolean, checkedOptions, type OptionChecks } from './api/check.js';
export { SCAN_CHECKS, startScan } from './api/scan.js';
export { judge, judgeEach, type ArtifactPolicy, type Turn } from './scan.js';
