import type { RuleMeta } from '../model/rule.js';
import { palette } from './palette.js';
import { exampleRetest, recordFields } from './rule-page.js';
import { wrap } from './wrap.js';

const indented = (text: string): string[] => text.split('\n').map((line) => `    ${line}`);

/** The page of a rule for a terminal. */
export function renderRuleText(meta: RuleMeta, color: boolean): string {
  const paint = palette(color);
  const lines = [
    paint.bold(`${meta.id} ${paint.severity(meta.severity, meta.severity)}`),
    meta.title,
    meta.fixHint,
    '',
  ];
  for (const [name, value] of recordFields(meta)) {
    const [first = '', ...rest] = wrap(value, ' '.repeat(20));
    lines.push(`  ${paint.dim(name.padEnd(18))}${first.slice(20)}`, ...rest);
  }
  const section = (title: string, body: readonly string[]): void => void lines.push('', paint.bold(title), ...body);
  section('What it finds', [...wrap(meta.description, '  '), ...wrap(meta.firesWhen, '  ')]);
  section('Why it matters', wrap(meta.why, '  '));
  section('Bad', indented(meta.bad));
  section('Good', indented(meta.good));
  section('How to fix', wrap(meta.fix, '  '));
  section('Triage', [
    ...wrap(`Source: ${meta.triage.source}`, '  '),
    ...wrap(`Impact: ${meta.triage.impact}`, '  '),
    ...wrap(`Control: ${meta.triage.control}`, '  '),
    ...wrap(`Evidence: ${meta.triage.evidence}`, '  '),
  ]);
  section('In sentinel-policy.yml', indented(meta.policyExample));
  section('When it is wrong', wrap(meta.falsePositives, '  '));
  section('Retest', indented(exampleRetest(meta)));
  return `${lines.join('\n')}\n`;
}
