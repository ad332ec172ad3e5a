import { VERSION } from '../src/model/version.js';
import { readFileSync } from 'node:fs';
import * as core from '@sentinel/core';
import * as node from '@sentinel/core/node';
import { expect, test } from 'vitest';

/** What others build on. A change here is a change for them: write it into CHANGELOG.md, then `vitest -u`. */

function typesOf(index: string): string[] {
  const text = readFileSync(new URL(index, import.meta.url), 'utf8');
  const exported = [...text.matchAll(/export (type )?\{([^}]*)\}/g)];
  return exported
    .flatMap(([, allTypes, names = '']) => {
      const parts = names.split(',').map((name) => name.trim());
      return parts.filter((name) => name !== '' && (allTypes !== undefined || name.startsWith('type ')));
    })
    .map((name) => name.replace(/^type /, ''))
    .toSorted();
}

test('values of @sentinel/core', () => {
  expect(Object.keys(core).toSorted()).toMatchInlineSnapshot(`
    [
      "CATALOGUE_VERSION",
      "CATEGORIES",
      "DECISIONS",
      "DEFAULT_LIMITS",
      "DEFAULT_POLICY",
      "InputError",
      "LimitError",
      "PolicyError",
      "PythonModule",
      "RULES",
      "SAFETY_LEVELS",
      "SEVERITIES",
      "UnsupportedError",
      "UsageError",
      "blobSource",
      "cellPosition",
      "checkAllowEntry",
      "classifyGlobal",
      "closest",
      "collect",
      "compareFindings",
      "couldBeArtifact",
      "cut",
      "didYouMean",
      "effectivePolicy",
      "escapeText",
      "explainTightening",
      "findRule",
      "judge",
      "loadPolicy",
      "markAgainst",
      "maximumFor",
      "memorySource",
      "notCollected",
      "parseThreshold",
      "pinnedNames",
      "plural",
      "policyJsonSchema",
      "readNotebook",
      "readPolicyText",
      "readReport",
      "readsSources",
      "refuseUserEntry",
      "renderAllowCheck",
      "renderAllowYaml",
      "renderClosureJson",
      "renderClosureMarkdown",
      "renderClosureText",
      "renderGitlab",
      "renderJson",
      "renderJunit",
      "renderMarkdown",
      "renderRulePage",
      "renderRuleText",
      "renderRulesIndex",
      "renderSarif",
      "renderSuggestions",
      "renderText",
      "rulePagePath",
      "safeJson",
      "safety",
      "scan",
      "selectRules",
      "setInflateEngine",
      "setSha256",
      "sha256Hex",
      "shellQuote",
      "showBytes",
      "sliceSource",
      "suggestAllow",
      "tighten",
      "trace",
      "unzstd",
      "userAllowEntry",
      "weightOf",
    ]
  `);
});

test('types of @sentinel/core', () => {
  expect(typesOf('../src/index.ts')).toMatchInlineSnapshot(`
    [
      "AcceptEntry",
      "AcceptReport",
      "Acceptance",
      "Action",
      "AllowEntry",
      "AllowReport",
      "ArtifactPolicy",
      "ArtifactReport",
      "ArtifactState",
      "Baseline",
      "BaselineMark",
      "BaselineReport",
      "ByteSource",
      "CallArguments",
      "Category",
      "CheckVerdict",
      "Checkout",
      "ClosureFinding",
      "ClosureRecord",
      "ClosureStatus",
      "CodecEnd",
      "CollectOptions",
      "Collected",
      "CompareOptions",
      "Comparison",
      "DangerousCall",
      "EarlierFinding",
      "EffectiveAccept",
      "EffectiveAllow",
      "EffectivePolicy",
      "EffectiveScope",
      "EntryCheck",
      "Evidence",
      "Fact",
      "FactKind",
      "FileSuggestions",
      "FindSource",
      "Finding",
      "Found",
      "GitlabOptions",
      "GlobalReport",
      "IncompleteReport",
      "InflateChoice",
      "InflateEngine",
      "InflateStep",
      "Inflater",
      "InsertPlace",
      "Insertion",
      "KeyUse",
      "KnownFinding",
      "Limits",
      "Location",
      "Marked",
      "Match",
      "Maximum",
      "Notebook",
      "Notice",
      "PathThreshold",
      "Places",
      "Policy",
      "PolicyFileReport",
      "PolicyPart",
      "PythonOptions",
      "Question",
      "ReadPolicy",
      "Report",
      "RetestTarget",
      "Rule",
      "RuleContext",
      "RuleMeta",
      "RunReport",
      "Safety",
      "SafetyLevel",
      "SafetyName",
      "SarifOptions",
      "ScanInput",
      "ScanOptions",
      "Seen",
      "Severity",
      "Sha256",
      "Sha256Choice",
      "Sha256Stream",
      "SourceCallFact",
      "SourceComment",
      "SourceConstant",
      "SourceFile",
      "SourcePlace",
      "SourceRequirement",
      "SourceReview",
      "SourceValue",
      "Sourced",
      "StreamReport",
      "SuggestOptions",
      "Suggestion",
      "Summary",
      "TextOptions",
      "Tightening",
      "Turn",
      "Verdict",
      "WeightsOnlyReport",
    ]
  `);
});

test('values and types of @sentinel/core/node', () => {
  expect([...Object.keys(node), ...typesOf('../node/index.ts')].toSorted()).toMatchInlineSnapshot(`
    [
      "FileHash",
      "FileSource",
      "FoundFile",
      "findFiles",
      "hashFile",
      "nativeInflate",
      "nativeSha256",
      "nativeSha256Stream",
      "openFile",
      "openFound",
      "walk",
    ]
  `);
});

test('the version that reports carry is that of the packages', () => {
  const manifest = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
  expect(manifest('../package.json')).toMatchObject({ version: VERSION });
  expect(manifest('../../cli/package.json')).toMatchObject({ version: VERSION });
});
