import { describeAtlas } from '../model/atlas.js';
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
    ['MITRE ATLAS', meta.atlas.map(describeAtlas).join(', ')],
    ...(meta.mappings ?? []).map(({ framework, id, title }): [string, string] => [framework, `${id} — ${title}`]),
    ['FP risk', meta.fpRisk],
    ['Owner', meta.owner],
    ['Release decision', meta.decision],
    ['Evidence format', meta.evidenceFormat],
    ['Expected evidence', meta.expectedEvidence],
    ['Fix hint', meta.fixHint],
    ['Related rules', meta.related.join(', ')],
  ];
}

/** The questions before a release decision. */
export function triageOf(meta: RuleMeta): readonly (readonly [string, string])[] {
  const { source, impact, control, evidence } = meta.triage;
  return [
    ['Source', source],
    ['Impact', impact],
    ['Control', control],
    ['Evidence', evidence],
  ];
}

/** `PICKLE-STRUCT: Pickle Opcode Structural Tampering`, where the other rule is known. */
export function relatedRules(meta: RuleMeta, rules: readonly RuleMeta[]): readonly string[] {
  return meta.related.map((id) => {
    const title = rules.find((other) => other.id === id)?.title;
    return title === undefined ? id : `${id}: ${title}`;
  });
}

const SOURCE_BAD = 'What this rule finds:';
const SOURCE_GOOD = 'The same without a finding:';
export const WRITTEN_BAD = 'An artifact that is written like this has the finding:';
export const WRITTEN_GOOD = 'One that is written like this has none:';

/** Artifacts are no part of a loader's code: what loads them and what writes them are two blocks. */
function example(
  code: string,
  [source, sourceIntro]: readonly [string | undefined, string],
  [artifact, intro]: readonly [string | undefined, string],
): string[] {
  return [
    ...fence('python', code),
    ...(source === undefined || source === code ? [] : [sourceIntro, '', ...fence('python', source)]),
    ...(artifact === undefined ? [] : [intro, '', ...fence('python', artifact)]),
  ];
}

/** The headings below the table; the same for every rule. */
function sections(meta: RuleMeta, rules: readonly RuleMeta[], level: string): string[] {
  return [
    `${level} What it finds`,
    '',
    meta.description,
    '',
    meta.firesWhen,
    '',
    `${level} Why it matters`,
    '',
    meta.why,
    '',
    `${level} Bad`,
    '',
    ...example(meta.bad, [meta.sources?.bad, SOURCE_BAD], [meta.artifacts?.bad, WRITTEN_BAD]),
    `${level} Good`,
    '',
    ...example(meta.good, [meta.sources?.good, SOURCE_GOOD], [meta.artifacts?.good, WRITTEN_GOOD]),
    `${level} How to fix`,
    '',
    meta.fix,
    '',
    `${level} Triage`,
    '',
    `Owner: ${meta.owner}. Decision: ${meta.decision}`,
    '',
    ...triageOf(meta).map(([name, text]) => `- **${name}**: ${text}`),
    '',
    `${level} When it is wrong`,
    '',
    meta.falsePositives,
    '',
    `${level} Retest`,
    '',
    ...fence('sh', exampleRetest(meta)),
    'Each finding names the command with the paths and options of its own run. The finding is closed when it comes back clean. Until then the finding opens with:',
    '',
    ...fence('text', expectedOutput(meta)),
    `${level} Policy`,
    '',
    'In `sentinel-policy.yml`:',
    '',
    ...fence('yaml', meta.policyExample),
    `${level} Related rules`,
    '',
    ...relatedRules(meta, rules).map((rule) => `- ${rule}`),
  ];
}

/** The whole page of a rule as Markdown: `<name>.md` beside the rule, `sentinel explain`. */
export function renderRulePage(meta: RuleMeta, rules: readonly RuleMeta[] = []): string {
  const table = recordFields(meta).map(([name, value]) => `| ${name} | ${value.replaceAll('|', '\\|')} |`);
  return (
    [
      `# ${meta.id}: ${meta.title}`,
      '',
      '| field | value |',
      '| --- | --- |',
      ...table,
      '',
      ...sections(meta, rules, '##'),
    ]
      .join('\n')
      .trimEnd() + '\n'
  );
}

/** The page with its fields as a list, for viewers of SARIF and as a section of a report; `level` is that of its headings. */
export function renderRuleHelp(meta: RuleMeta, rules: readonly RuleMeta[], level = '##'): string {
  const fields = recordFields(meta).map(([name, value]) => `- **${name}**: ${value}`);
  return `${[...fields, '', ...sections(meta, rules, level)].join('\n').trimEnd()}\n`;
}
