import ts from 'typescript';
import { expect, test } from 'vitest';
import { nodesOf, parsedSources, pathOf, shown } from './sources.js';

/* One table says how likely it is that something is there on purpose, by the reason. */

const TABLE = 'packages/core/src/model/plausibility.ts';
const LEVELS: ReadonlySet<string> = new Set(['certain', 'likely', 'chance']);

const files = parsedSources();

test('no other file says how likely something is', () => {
  const found = files
    .filter((file) => pathOf(file) !== TABLE)
    .flatMap((file) => [...nodesOf(file)].filter(ts.isStringLiteral))
    .filter(({ text }) => LEVELS.has(text))
    .map(shown);
  expect(found).toEqual([]);
});

test('every reason of the table is given somewhere', () => {
  const table = files.find((file) => pathOf(file) === TABLE);
  const reasons = [...(table === undefined ? [] : nodesOf(table))]
    .filter(ts.isPropertyAssignment)
    .filter(({ initializer }) => ts.isStringLiteral(initializer) && LEVELS.has(initializer.text))
    .map(({ name }) => (ts.isStringLiteral(name) ? name.text : name.getText()));
  expect(reasons.length).toBeGreaterThan(30);
  const texts = new Set(
    files
      .filter((file) => pathOf(file) !== TABLE)
      .flatMap((file) => [...nodesOf(file)].filter(ts.isStringLiteral))
      .map(({ text }) => text),
  );
  expect(reasons.filter((reason) => !texts.has(reason))).toEqual([]);
});

/* The fault of an input is a field; what people read must not say something else. */
test('an error that is called truncated says so by its field', () => {
  const errors = files
    .flatMap((file) => [...nodesOf(file)].filter(ts.isNewExpression))
    .filter(({ expression }) => expression.getText() === 'InputError');
  expect(errors.length).toBeGreaterThan(50);
  const odd = errors.filter(({ arguments: given }) => {
    const [message, , fault] = given ?? [];
    const says = message !== undefined && /^['`]truncated/.test(message.getText());
    return says !== (fault !== undefined && fault.getText() === "'truncated'");
  });
  expect(odd.map(shown)).toEqual([]);
});
