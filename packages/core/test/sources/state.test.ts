import ts from 'typescript';
import { expect, test } from 'vitest';
import { FULL_SIZE } from '../../../../oracles/full-size.js';
import { nodesOf, parsedSources, pathOf, programOfSources, shown } from './sources.js';

/*
 * One scan leaves nothing behind that another one could see: no module has state of its own. What is made of constants
 * when it is first asked for goes through `lazy` and `remembered` (model/lazy.ts).
 */

/** Entries of the programs: one process or thread runs them once, and they are the state of it. */
const ENTRIES: ReadonlySet<string> = new Set([
  // Whether the program has ended, and how.
  'packages/cli/src/main.ts',
  // Whether standard output was closed by its reader: a process has one of it.
  'packages/cli/src/streams.ts',
  // The one inspector of an inspecting process.
  'packages/gate/src/isolation/process.ts',
  // The digests of the program as it is installed: the same for all who ask, read once in a process.
  'packages/fleet/src/verdicts/versions.ts',
]);

/** What is known of an object as long as somebody holds it. The core has `perObject` for that. */
const OF_OBJECTS: readonly string[] = [
  // How long a list was before it was cut; it is set with the list.
  'packages/gate/src/inspect/json.ts cutLengths',
];

/** Names that a file declares outside of all functions, classes and blocks. */
function declared(file: ts.SourceFile): ts.VariableDeclaration[] {
  return file.statements
    .filter(ts.isVariableStatement)
    .flatMap((statement) => [...statement.declarationList.declarations]);
}

function isWithinFunction(node: ts.Node): boolean {
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent)
    if (ts.isFunctionLike(at) || ts.isPropertyDeclaration(at)) return true;
  return false;
}

const CHANGING =
  /^(?:set|add|delete|clear|push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin|update|set(?:Int|Uint|Float|BigInt|BigUint)\d+)$/;

/** Where a sticky expression begins: it is set before each use. */
const CURSOR = 'lastIndex';

/** Whether an expression that begins with a name changes what the name holds: `x = `, `x[i] += `, `x.push(`, `x.y++`. */
function changes(name: ts.Identifier): boolean {
  let at: ts.Node = name;
  while (
    ((ts.isPropertyAccessExpression(at.parent) || ts.isElementAccessExpression(at.parent)) &&
      at.parent.expression === at) ||
    ts.isNonNullExpression(at.parent)
  ) {
    at = at.parent;
    const { parent } = at;
    if (ts.isPropertyAccessExpression(at) && ts.isCallExpression(parent) && parent.expression === at)
      return CHANGING.test(at.name.text);
  }
  const { parent } = at;
  if (ts.isPropertyAccessExpression(at) && at.name.text === CURSOR) return false;
  if (ts.isBinaryExpression(parent) && parent.left === at)
    return (
      parent.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
      parent.operatorToken.kind <= ts.SyntaxKind.LastAssignment
    );
  if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent))
    return parent.operator === ts.SyntaxKind.PlusPlusToken || parent.operator === ts.SyntaxKind.MinusMinusToken;
  return ts.isDeleteExpression(parent);
}

test('nothing outside of functions can be assigned anew', () => {
  const found = parsedSources().flatMap((file) =>
    ENTRIES.has(pathOf(file))
      ? []
      : declared(file)
          .filter(({ parent }) => (parent.flags & ts.NodeFlags.Const) === 0)
          .map(shown),
  );
  expect(found).toEqual([]);
});

test.runIf(FULL_SIZE)('no function changes what a module holds', () => {
  const { checker, files } = programOfSources();
  const found: string[] = [];
  for (const file of files) {
    if (ENTRIES.has(pathOf(file))) continue;
    const names = new Set(declared(file).map((one) => checker.getSymbolAtLocation(one.name)));
    for (const node of nodesOf(file)) {
      if (!ts.isIdentifier(node) || !isWithinFunction(node) || !changes(node)) continue;
      let symbol = checker.getSymbolAtLocation(node);
      if (symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0)
        symbol = checker.getAliasedSymbol(symbol);
      const from = symbol?.valueDeclaration;
      const isOfModule =
        (symbol !== undefined && names.has(symbol)) ||
        (from !== undefined &&
          ts.isVariableDeclaration(from) &&
          ts.isSourceFile(from.parent.parent.parent) &&
          !from.getSourceFile().isDeclarationFile);
      if (isOfModule && !OF_OBJECTS.includes(`${pathOf(file)} ${node.text}`)) found.push(`${shown(node)} ${node.text}`);
    }
  }
  expect(found).toEqual([]);
});

/** Classes of the language whose objects are tables; the test above sees what changes them. */
const TABLES = /^(?:Map|Set|RegExp|TextEncoder|TextDecoder|\w+Array)$/;

test.runIf(FULL_SIZE)('objects that a module of the core holds have no fields that change', () => {
  const { checker, files } = programOfSources();
  const core = files.filter((file) => pathOf(file).startsWith('packages/core/'));
  const found = core.flatMap((file) =>
    declared(file).flatMap(({ name, initializer }) => {
      if (initializer === undefined || !ts.isNewExpression(initializer)) return [];
      const made = initializer.expression;
      if (TABLES.test(made.getText())) return [];
      let symbol = checker.getSymbolAtLocation(made);
      if (symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0)
        symbol = checker.getAliasedSymbol(symbol);
      const of = symbol?.valueDeclaration;
      const isFixed =
        of !== undefined &&
        ts.isClassDeclaration(of) &&
        of.members
          .filter(ts.isPropertyDeclaration)
          .every(({ modifiers }) => modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ReadonlyKeyword) === true);
      return isFixed ? [] : [`${pathOf(file)} ${name.getText()}`];
    }),
  );
  expect(found).toEqual([]);
});
