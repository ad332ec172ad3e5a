import ts from 'typescript';
import { expect, test } from 'vitest';
import { nodesOf, parsedSources, pathOf, shown } from './sources.js';

/*
 * Texts for people may be worded anew at any time, so nothing is decided by what they say: that takes a field, an error class
 * or an id. What reads such a text only to show it differently is listed here, each with its reason.
 */

const files = parsedSources();

/** Fields that hold sentences, and methods that ask for words in them. */
const SENTENCES: ReadonlySet<string> = new Set(['message', 'reason', 'detail', 'why', 'fix', 'signal']);
const ASKING: ReadonlySet<string> = new Set(['startsWith', 'endsWith', 'includes', 'indexOf', 'match', 'search']);
const EXPRESSIONS: ReadonlySet<string> = new Set(['test', 'exec']);

const SHOWN_OTHERWISE: Readonly<Record<string, string>> = {
  'packages/cli/src/sources/remote-turns.ts message.startsWith': 'a name is not shown twice',
  'packages/core/src/policy/in-source.ts test(reason)': 'text of the user: it has to have a letter',
  'packages/core/src/report/brief.ts exec(signal)': 'the name is shown without its opcode',
  'packages/core/src/report/brief.ts message.indexOf': 'the first clause is shown',
  'packages/core/src/rules/pickle/describe-global.ts test(why)': 'two sentences are joined',
  'packages/fleet/src/database/pool.ts test(message)': 'text of the database driver, which has no code for it',
  'packages/sources/src/hub/errors.ts test(message)': 'text of the Hub, which has no code for it',
};

/** `x.reason` and `reason`: the name of the last part. */
function nameOf(node: ts.Expression): string | null {
  if (ts.isIdentifier(node)) return node.text;
  return ts.isPropertyAccessExpression(node) ? node.name.text : null;
}

function isSentence(node: ts.Expression | undefined): node is ts.Expression {
  return node !== undefined && SENTENCES.has(nameOf(node) ?? '');
}

/** Calls that ask for words in a sentence. */
function* asked(file: ts.SourceFile): Generator<string> {
  for (const node of nodesOf(file)) {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) continue;
    const { expression: of, name } = node.expression;
    const [first] = node.arguments;
    if (ASKING.has(name.text) && isSentence(of)) yield `${pathOf(file)} ${nameOf(of)}.${name.text}`;
    if (EXPRESSIONS.has(name.text) && isSentence(first)) yield `${pathOf(file)} ${name.text}(${nameOf(first)})`;
  }
}

test('nothing is decided by words of a sentence', () => {
  const found = new Set(files.flatMap((file) => [...asked(file)]));
  expect([...found].toSorted()).toEqual(Object.keys(SHOWN_OTHERWISE).toSorted());
});

test('no two sentences are compared', () => {
  const isOfError = (node: ts.Expression): boolean =>
    ts.isPropertyAccessExpression(node) && node.name.text === 'message';
  const found = files.flatMap((file) =>
    [...nodesOf(file)].filter(ts.isBinaryExpression).flatMap(({ operatorToken, left, right }) => {
      const { kind } = operatorToken;
      const isEqual =
        kind === ts.SyntaxKind.EqualsEqualsEqualsToken || kind === ts.SyntaxKind.ExclamationEqualsEqualsToken;
      return isEqual && [left, right].some(isOfError) && [left, right].every(isSentence) ? [shown(left)] : [];
    }),
  );
  expect(found).toEqual([]);
});

const CONSTANT = /^[A-Z][A-Z_]+$/;

test('a limit that a message states is the one that the error names', () => {
  const found = files.flatMap((file) =>
    [...nodesOf(file)].filter(ts.isNewExpression).flatMap((node) => {
      const [limit, message] = node.arguments ?? [];
      if (node.expression.getText() !== 'LimitError' || limit === undefined || message === undefined) return [];
      if (!ts.isStringLiteral(limit) || !ts.isTemplateExpression(message)) return [];
      const stated = message.templateSpans.map(({ expression }) => expression.getText());
      const limits = stated.filter((text) => CONSTANT.test(text));
      return limits.length === 0 || !CONSTANT.test(limit.text) || limits.includes(limit.text)
        ? []
        : [`${shown(node)} ${limit.text}`];
    }),
  );
  expect(found).toEqual([]);
});
