import type { RunReport } from '../model/report.js';
import { quotePath, shellQuote } from './shell-quote.js';

/** What the retest commands of one artifact are made of: quoted, ready to be joined. */
export interface RetestWords {
  readonly paths: string;
  /** Options with a space before each of them; empty where there are none. */
  readonly options: string;
}

/** What a retest of one artifact names, so that it comes under the policy of this run. */
export interface RetestTarget {
  readonly paths: readonly string[];
  /** The policy file; null where it is searched for again, from these paths. */
  readonly policy: string | null;
}

/**
 * The options of a run that decide what is found and what it means. `--rule` is the finding's; a baseline would let
 * what it knows pass; outputs, colours and threads change no result.
 */
function retestOptions(run: RunReport): readonly string[] {
  return [
    ...run.alsoAllow.flatMap((entry) => ['--also-allow', shellQuote(entry)]),
    ...(run.maxAcceptableSeverity === null ? [] : ['--max-acceptable-severity', shellQuote(run.maxAcceptableSeverity)]),
    ...(run.timeoutSeconds === null ? [] : ['--timeout', String(run.timeoutSeconds)]),
    ...(run.requireArtifacts ? ['--require-artifacts'] : []),
    ...(run.followLinks === true ? ['--follow-links'] : []),
    ...(run.allowPrivate === true ? ['--allow-private'] : []),
    ...(run.maxDownload === undefined ? [] : ['--max-download', String(run.maxDownload)]),
    ...(run.thorough === true ? ['--thorough'] : []),
  ];
}

/** The folder of the globs is given with a named policy; for one that is searched for again, so is whether the tree is trusted. */
function policyOptions(policy: string | null, run: RunReport | null): string[] {
  if (policy === null) return run?.trustPolicyInTree === true ? ['--trust-policy-in-tree'] : [];
  const folder = run?.policyFolder;
  return ['--policy', quotePath(policy), ...(folder === undefined ? [] : ['--policy-folder', quotePath(folder)])];
}

/** `run` is null where no command line asked for the scan. */
export function retestWords({ paths, policy }: RetestTarget, run: RunReport | null): RetestWords {
  const options = [...policyOptions(policy, run), ...(run === null ? [] : retestOptions(run))];
  return { paths: paths.map(quotePath).join(' '), options: options.map((word) => ` ${word}`).join('') };
}

/** The command that shows whether one finding is gone: its artifact, its rule, and otherwise the run that found it. */
export function retestCommand(ruleId: string, words: RetestWords): string {
  return `sentinel artifact ${words.paths} --rule ${ruleId}${words.options}`;
}

/** A command of a policy: `{path}`, `{rule}` and `{options}` stand for what `retestCommand` would name. */
export function fillRetest(template: string, ruleId: string, words: RetestWords): string {
  return template.replace(/\{(path|rule|options)\}/g, (_match, name: string) =>
    name === 'path' ? words.paths : name === 'rule' ? ruleId : words.options.trimStart(),
  );
}
