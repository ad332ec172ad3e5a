import type { RuleMeta } from '../model/rule.js';

/** Where a rule's page lies below the folder of the rules: `pickle/global-import.md`. */
export function rulePagePath(meta: RuleMeta): string {
  return `${meta.category.toLowerCase()}/${meta.id.slice(meta.category.length + 1).toLowerCase()}.md`;
}

/** The catalogue as one page; `folder` leads from it to the folder of the rules. */
export function renderRulesIndex(rules: readonly RuleMeta[], folder: string): string {
  const lines = [
    '# Rules',
    '',
    '<!-- Generated from the metadata of the rules by tools/generate-docs.mjs; do not edit. -->',
    '',
    '| rule | severity | title | CWE | OWASP LLM | MITRE ATLAS | FP risk | fix hint |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
  ];
  for (const meta of rules) {
    lines.push(
      `| [${meta.id}](${folder}/${rulePagePath(meta)}) | ${meta.severity} | ${meta.title} | ${meta.cwe.join(', ')} | ${meta.owaspLlm.join(', ')} | ${meta.atlas.join(', ')} | ${meta.fpRisk} | ${meta.fixHint} |`,
    );
  }
  lines.push(
    '',
    '`sentinel explain RULE` prints the page of a rule; `sentinel rules --format json` gives the records.',
    '',
  );
  return lines.join('\n');
}
