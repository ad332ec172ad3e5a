import { retestCommand, retestWords } from '../command/retest-command.js';
import { append } from '../model/append.js';
import type { Finding, RunReport } from '../model/report.js';
import { showCommand, showLine } from './escape.js';
import { fold } from './fold.js';
import { row, type Layout } from './text-findings.js';
import { bySeverity, plural } from './words.js';

/** Commands of one rule that are listed. */
const SHOWN_COMMANDS = 3;

const INDENT = 4;

/**
 * The commands that show whether the findings of a rule are gone: the findings' own where there are few, and otherwise the
 * run again with this rule. Paths with a backslash stand for other bytes than their own, and are not put into a command here.
 */
function retestsOf(findings: readonly Finding[], run: RunReport | null): string[] {
  const own = [...new Set(findings.map(({ retest }) => retest))];
  const [first] = own;
  const ruleId = findings[0]?.ruleId;
  if (own.length === 1 || first === undefined || ruleId === undefined) return own.map(showCommand);
  // A command of a policy is not ours to put together.
  const isPlain = own.every((command) => command.startsWith('sentinel artifact '));
  if (run !== null && isPlain && ![...run.paths, run.policy ?? ''].some((path) => path.includes('\\')))
    return [showCommand(retestCommand(ruleId, retestWords({ paths: run.paths, policy: run.policy }, run)))];
  const left = own.length - SHOWN_COMMANDS;
  return [
    ...own.slice(0, SHOWN_COMMANDS).map(showCommand),
    ...(left > 0 ? [`… ${plural(left, 'more command')}, which the JSON report has`] : []),
  ];
}

/** The distinct values of a field, each with the severities that it is for where there are several. */
function distinct(findings: readonly Finding[], valueOf: (finding: Finding) => string): string[] {
  const values = new Map<string, Set<string>>();
  for (const finding of findings) {
    const severities = values.get(valueOf(finding)) ?? new Set();
    values.set(valueOf(finding), severities.add(finding.severity));
  }
  return [...values].map(([value, severities]) =>
    values.size === 1 ? showLine(value) : `${[...severities].join(', ')}: ${showLine(value)}`,
  );
}

/** What to do about the findings, once for each rule. `withFix`: the fix is not shown with the findings. */
export function ruleLines(
  findings: readonly Finding[],
  run: RunReport | null,
  withFix: boolean,
  layout: Layout,
): string[] {
  if (findings.length === 0) return [];
  const byRule = new Map<string, Finding[]>();
  for (const finding of bySeverity(findings)) {
    const known = byRule.get(finding.ruleId);
    if (known === undefined) byRule.set(finding.ruleId, [finding]);
    else known.push(finding);
  }
  const lines = [layout.paint.bold('What to do')];
  for (const [ruleId, own] of byRule) {
    const title = own[0]?.title ?? '';
    append(
      lines,
      fold(`  ${showLine(ruleId)}: ${showLine(title)} (${plural(own.length, 'finding')})`, layout.width, INDENT),
    );
    const rows: [string, string[]][] = [
      ['fix', withFix ? distinct(own, ({ fix }) => fix) : []],
      ['owner', distinct(own, ({ owner }) => owner)],
      ['decision', distinct(own, ({ decision }) => decision)],
    ];
    for (const [name, values] of rows) for (const value of values) append(lines, row(name, value, layout, INDENT));
    // Commands are pasted: they are never folded.
    const unfolded = { ...layout, width: null };
    for (const command of retestsOf(own, run)) append(lines, row('retest', command, unfolded, INDENT));
    append(lines, row('more', `sentinel explain ${showLine(ruleId)}`, unfolded, INDENT));
  }
  return [...lines, ''];
}
