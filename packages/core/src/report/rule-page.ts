import type { RuleMeta } from '../model/rule.js';

/** What stands for the scanned paths where there are none. */
const EXAMPLE_PATHS = './models/';

export function exampleRetest(meta: RuleMeta): string {
  return meta.retest.replaceAll('{path}', () => EXAMPLE_PATHS);
}

/** What the text report of a finding opens with. */
export function expectedOutput(meta: RuleMeta): string {
  return `${meta.id} ${meta.severity}\n${meta.title}\n${meta.fixHint}`;
}

function fence(language: string, code: string): string[] {
  return [`\`\`\`${language}`, ...code.split('\n'), '```', ''];
}

/** The record's short fields, in the order of the page's table. */
export function recordFields(meta: RuleMeta): readonly (readonly [string, string])[] {
  return [
    ['Rule ID', meta.id],
    ['Category', meta.category],
    ['Severity', meta.severity],
    ['CWE', meta.cwe.join(', ')],
    ['OWASP LLM', meta.owaspLlm.map((item) => (item === 'LLM03' ? 'LLM03 — Supply Chain' : item)).join(', ')],
    ['FP risk', meta.fpRisk],
    ['Owner', meta.owner],
    ['Release decision', meta.decision],
    ['Evidence format', meta.evidenceFormat],
    ['Expected evidence', meta.expectedEvidence],
    ['Fix hint', meta.fixHint],
    ['Related rules', meta.related.join(', ')],
  ];
}

/** The headings below the table; the same for every rule. */
function sections(meta: RuleMeta): string[] {
  return [
    '## What it finds',
    '',
    meta.description,
    '',
    meta.firesWhen,
    '',
    '## Why it matters',
    '',
    meta.why,
    '',
    '## Bad',
    '',
    ...fence('python', meta.bad),
    '## Good',
    '',
    ...fence('python', meta.good),
    '## How to fix',
    '',
    meta.fix,
    '',
    'Before the release decision, answer four questions:',
    '',
    `- **Source**: ${meta.triage.source}`,
    `- **Impact**: ${meta.triage.impact}`,
    `- **Control**: ${meta.triage.control}`,
    `- **Evidence**: ${meta.triage.evidence}`,
    '',
    'In `sentinel-policy.yml`:',
    '',
    ...fence('yaml', meta.policyExample),
    '## When it is wrong',
    '',
    meta.falsePositives,
    '',
    '## Retest',
    '',
    ...fence('sh', exampleRetest(meta)),
    'The finding is closed when this comes back clean. Until then it opens with:',
    '',
    ...fence('text', expectedOutput(meta)),
  ];
}

/** The whole page of a rule as Markdown: `<name>.md` beside the rule, `sentinel explain`. */
export function renderRulePage(meta: RuleMeta): string {
  const table = recordFields(meta).map(([name, value]) => `| ${name} | ${value.replaceAll('|', '\\|')} |`);
  return (
    [`# ${meta.id}: ${meta.title}`, '', '| field | value |', '| --- | --- |', ...table, '', ...sections(meta)]
      .join('\n')
      .trimEnd() + '\n'
  );
}

/** The page without its table, for viewers that show the fields themselves. */
export function renderRuleHelp(meta: RuleMeta): string {
  return `${sections(meta).join('\n').trimEnd()}\n`;
}
