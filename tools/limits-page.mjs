// The tables of limits as a page.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const TABLES = [
  ['The core', 'packages/core/src/model/limits.ts'],
  ['Python source', 'packages/core/src/python/limits.ts'],
  ['What sources pass on', 'packages/core/src/flow/limits.ts'],
  ['Remote sources', 'packages/sources/src/model/limits.ts'],
  ['Remote sources on this machine', 'packages/sources/node/limits.ts'],
  ['The command line', 'packages/cli/src/limits.ts'],
  ['The gate', 'packages/gate/src/model/limits.ts'],
  ['The page', 'packages/page/src/limits.ts'],
  ['The fleet', 'packages/fleet/src/limits.ts'],
  ['The dashboard of the fleet', 'packages/fleet/src/dashboard/limits.ts'],
];

const HEAD = `# Limits

Generated from the tables of limits in the sources by \`node tools/generate-docs.mjs\`; no other file declares one
(\`packages/core/test/sources/limits.test.ts\`). A limit that is reached is reported: by a notice, which leaves the artifact incomplete (exit
code 2), by an error of the file, or by counting as unknown, which is judged as such. Limits of what is shown say how much is
left out. Sizes of buffers and caches are not listed: no result depends on them.

\`--timeout\` sets the time for one artifact, its hash included, and \`--total-timeout\` the time for a whole run; what that does
not reach is incomplete. The limits of one request of the gate are set in its configuration (\`docs/gate.md\`).
`;

/** The value of a product or power of numbers. */
function valueOf(node) {
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (ts.isParenthesizedExpression(node)) return valueOf(node.expression);
  if (!ts.isBinaryExpression(node)) return null;
  const [left, right] = [valueOf(node.left), valueOf(node.right)];
  if (left === null || right === null) return null;
  switch (node.operatorToken.kind) {
    case ts.SyntaxKind.AsteriskToken:
      return left * right;
    case ts.SyntaxKind.AsteriskAsteriskToken:
      return left ** right;
    case ts.SyntaxKind.LessThanLessThanToken:
      return left << right;
    default:
      return null;
  }
}

function shownValue(value, unit) {
  for (const [size, name] of [
    [2 ** 30, 'GiB'],
    [2 ** 20, 'MiB'],
    [2 ** 10, 'KiB'],
  ])
    if (unit === 'bytes' && value >= size && value % size === 0) return `${value / size} ${name}`;
  return `${value.toLocaleString('en-US')} ${unit}`;
}

function rowsOf(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
  return source.statements.filter(ts.isVariableStatement).flatMap((statement) => {
    const [{ name, initializer }] = statement.declarationList.declarations;
    const value = initializer === undefined ? null : valueOf(initializer);
    const doc = ts.getJSDocCommentsAndTags(statement).find(ts.isJSDoc);
    const sentences = typeof doc?.comment === 'string' ? doc.comment.replace(/\s+/g, ' ').trim() : '';
    if (value === null || sentences === '') return [];
    const tag = (wanted) => ts.getJSDocTags(statement).find(({ tagName }) => tagName.text === wanted)?.comment;
    const unit =
      tag('unit') ??
      sentences
        .split(' ', 1)[0]
        .toLowerCase()
        .replace(/[^a-z-]/g, '');
    const cwe = tag('cwe') ?? /\(CWE-(\d+)\)/.exec(sentences)?.[1] ?? '';
    const reason = sentences.replace(/ \(CWE-\d+\)/, '').replaceAll('|', '\\|');
    return [
      `| \`${name.getText()}\` | ${shownValue(value, String(unit))} | ${cwe === '' ? '' : `CWE-${String(cwe)}`} | ${reason} |`,
    ];
  });
}

export function limitsPage(root) {
  const parts = TABLES.map(([title, file]) => {
    const rows = rowsOf(file, readFileSync(join(root, file), 'utf8'));
    return [`## ${title}`, '', '| name | value | stops | reason |', '| --- | --- | --- | --- |', ...rows, ''].join(
      '\n',
    );
  });
  return `${HEAD}\n${parts.join('\n')}`;
}
