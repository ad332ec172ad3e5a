import { selectRules } from '@artifact-sentinel/core/internal';

/** The catalogue as a table or as the records themselves. */
export function listRules(names: readonly string[], format: 'text' | 'json'): string {
  const metas = selectRules(names).map((rule) => rule.meta);
  if (format === 'json') return `${JSON.stringify(metas, null, 2)}\n`;
  const rows = [
    ['RULE', 'SEVERITY', 'CWE', 'TITLE'],
    ...metas.map((meta) => [meta.id, meta.severity, meta.cwe.join(' '), meta.title]),
  ];
  const widths = [0, 1, 2].map((column) => rows.reduce((most, row) => Math.max(most, row[column]?.length ?? 0), 0));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n\nsentinel explain RULE prints the full page of a rule.\n`;
}
