import { basename } from 'node:path';
import { PolicyError } from '@artifact-sentinel/core';
import {
  append,
  effectivePolicy,
  explainTightening,
  maximumFor,
  readPolicyText,
  safeJson,
  UsageError,
} from '@artifact-sentinel/core/internal';
import { findFiles } from '@artifact-sentinel/core/node/internal';
import type { RunPolicy } from '../artifact/policy-file.js';
import { findPolicyFiles, namedPolicy, notRead, shownPath } from '../artifact/policy-file.js';
import { POLICY_NAME } from '../artifact/trust-boundary.js';
import { folderOf, readPolicyFile } from '../artifact/read-policy.js';
import { EXIT } from '../exit-code.js';
import { writeOut } from '../streams.js';
import type { PolicyCheck, PolicyCheckOptions, PolicyProblem } from './check-report.js';
import { renderCheck } from './render.js';

function problemsOf(file: string, named: boolean): PolicyProblem[] {
  const shown = shownPath(file);
  const { problems } = readPolicyText(readPolicyFile(file, named).toString('utf8'), shown, folderOf(file));
  return problems.map(({ line, column, message }) => ({ file: shown, line, column, message }));
}

function problemOf(error: UsageError, file: string): PolicyProblem {
  const at = error instanceof PolicyError ? error : null;
  return { file: shownPath(file), line: at?.line ?? null, column: at?.column ?? null, message: error.message };
}

interface Walk {
  readonly total: number;
  readonly byPath: readonly number[];
}

/** Comes upon the policies in the tree, and counts the files that each entry of `paths` decides. */
async function walk(paths: readonly string[], run: RunPolicy): Promise<Walk> {
  const { policy } = run;
  const byOrigin = new Map<string | null, number>();
  let total = 0;
  for await (const input of findFiles(paths)) {
    const { name } = input;
    if (input.kind === 'unreadable' && paths.includes(name)) throw new UsageError(`${name}: ${input.problem}`);
    total += 1;
    if (basename(name) === POLICY_NAME) await run.policyFor(name);
    if (policy.paths.length === 0) continue;
    const { origin } = maximumFor({ ...policy, tightenedBy: [] }, run.policyPaths(name));
    byOrigin.set(origin, (byOrigin.get(origin) ?? 0) + 1);
  }
  return { total, byPath: policy.paths.map((item) => byOrigin.get(item.origin) ?? 0) };
}

async function checked(paths: readonly string[], options: PolicyCheckOptions): Promise<PolicyCheck> {
  // Without a path nothing is scanned, and no policy lies in what is.
  const trustsTree = options.trustPolicyInTree === true;
  const found = findPolicyFiles(paths.length === 0 ? ['.'] : paths, namedPolicy(options), trustsTree, paths);
  const { named, foreign } = found;
  const own = found.own?.file ?? null;
  const base = {
    schemaVersion: 1 as const,
    file: own === null ? null : shownPath(own),
    named,
    by: found.own?.by ?? null,
    effective: null,
    inTree: [],
    files: null,
    notes: found.misnamed.map(notRead),
  };
  const broken = [
    ...(own === null ? [] : problemsOf(own, named)),
    ...[...new Set([...foreign.values()].flat())].flatMap((file) => problemsOf(file, false)),
  ];
  if (broken.length > 0) return { ...base, valid: false, problems: broken };
  const { policyOf } = await import('../artifact/run.js');
  const run = await policyOf(paths, options, found);
  const files = paths.length === 0 ? null : await walk(paths, run);
  const problems: PolicyProblem[] = [];
  for (const { file, error } of run.foreign) {
    if (error === null) continue;
    const all = error instanceof PolicyError ? problemsOf(file, false) : [];
    append(problems, all.length > 0 ? all : [problemOf(error, file)]);
  }
  if (run.unread !== null) problems.push(problemOf(run.unread.error, run.unread.file));
  return {
    ...base,
    valid: problems.length === 0,
    effective: effectivePolicy(run.policy, new Date().toISOString().slice(0, 10)),
    inTree: run.foreign.flatMap(({ file, policy }) =>
      policy === null ? [] : [{ file: shownPath(file), keys: explainTightening(run.policy, policy) }],
    ),
    files,
    problems,
  };
}

export async function checkPolicy(paths: readonly string[], options: PolicyCheckOptions): Promise<number> {
  const check = await checked(paths, options);
  await writeOut(options.format === 'json' ? safeJson(check) : renderCheck(check));
  return check.valid ? EXIT.pass : EXIT.usage;
}
