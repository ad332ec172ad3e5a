import type { RuleMeta } from '../model/rule.js';
import { palette } from './palette.js';
import { exampleRetest, recordFields, relatedRules, triageOf, WRITTEN_BAD, WRITTEN_GOOD } from './rule-page.js';
import { PAGE_COLUMNS, wrap as wrapAt } from './wrap.js';
import { append } from '../model/append.js';

const indented = (text: string): string[] => text.split('\n').map((line) => `    ${line}`);

/** The page of a rule for a terminal; code and commands are not folded. */
export function renderRuleText(
  meta: RuleMeta,
  color: boolean,
  rules: readonly RuleMeta[] = [],
  columns: number | null = null,
): string {
  const paint = palette(color);
  const wrap = (text: string, indent: string): string[] =>
    wrapAt(text, indent, Math.min(columns ?? PAGE_COLUMNS, PAGE_COLUMNS));
  const lines = [
    paint.bold(`${meta.id} ${paint.severity(meta.severity, meta.severity)}`),
    meta.title,
    ...wrap(meta.fixHint, ''),
    '',
  ];
  for (const [name, value] of recordFields(meta)) {
    const [first = '', ...rest] = wrap(value, ' '.repeat(20));
    append(lines, [`  ${paint.dim(name.padEnd(18))}${first.slice(20)}`, ...rest]);
  }
  const section = (title: string, body: readonly string[]): void => append(lines, ['', paint.bold(title), ...body]);
  section('What it finds', [...wrap(meta.description, '  '), ...wrap(meta.firesWhen, '  ')]);
  section('Why it matters', wrap(meta.why, '  '));
  const { artifacts } = meta;
  const written = (intro: string, code: string): string[] => ['', `  ${intro}`, '', ...indented(code)];
  section('Bad', [...indented(meta.bad), ...(artifacts === undefined ? [] : written(WRITTEN_BAD, artifacts.bad))]);
  section('Good', [...indented(meta.good), ...(artifacts === undefined ? [] : written(WRITTEN_GOOD, artifacts.good))]);
  section('How to fix', wrap(meta.fix, '  '));
  section(
    'Triage',
    triageOf(meta).flatMap(([name, text]) => wrap(`${name}: ${text}`, '  ')),
  );
  section('When it is wrong', wrap(meta.falsePositives, '  '));
  section('Retest', indented(exampleRetest(meta)));
  section('In sentinel-policy.yml', indented(meta.policyExample));
  section(
    'Related rules',
    relatedRules(meta, rules).map((rule) => `  ${rule}`),
  );
  return `${lines.join('\n')}\n`;
}
