import ts from 'typescript';
import { expect, test } from 'vitest';
import { FULL_SIZE } from '../../../../oracles/full-size.js';
import { nodesOf, pathOf, programOfSources, shown } from './sources.js';

/*
 * Nothing that a file decides may be as deep, or as long, as the stack of the program (CWE-674): no list is spread into the
 * arguments of a call, and functions that call themselves say what bounds that.
 */

test.runIf(FULL_SIZE)('no list is spread into the arguments of a call', () => {
  const found = programOfSources().files.flatMap((file) =>
    [...nodesOf(file)]
      .filter((node) => ts.isCallExpression(node) || ts.isNewExpression(node))
      .filter(({ arguments: given }) => given?.some((argument) => isLong(argument)) === true)
      .map(shown),
  );
  expect(found).toEqual([]);
});

/** A list of unknown length. A tuple has as many items as its type, and what a function was given it may hand on. */
function isLong(argument: ts.Expression): boolean {
  if (!ts.isSpreadElement(argument)) return false;
  const { expression } = argument;
  const { checker } = programOfSources();
  if (checker.isTupleType(checker.getTypeAtLocation(expression))) return false;
  const symbol = checker.getSymbolAtLocation(expression);
  const declared = symbol?.valueDeclaration;
  return declared === undefined || !ts.isParameter(declared) || declared.dotDotDotToken === undefined;
}

test.runIf(FULL_SIZE)('`apply` is given blocks only', () => {
  const { checker, files } = programOfSources();
  const found = files.flatMap((file) =>
    [...nodesOf(file)].filter(ts.isPropertyAccessExpression).flatMap((node) => {
      if (node.name.text !== 'apply' || !ts.isCallExpression(node.parent)) return [];
      const of = checker.getTypeAtLocation(node.expression);
      // A method of ours that is called so.
      if (of.isClass()) return [];
      return [`${pathOf(file)} ${node.getText()}`];
    }),
  );
  // 4,096 units at a time.
  expect(found).toEqual(['packages/core/src/bytes/read.ts Reflect.apply']);
});

type Fn = ts.FunctionLikeDeclaration;

function isFunction(node: ts.Node): node is Fn {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isArrowFunction(node) ||
    ts.isFunctionExpression(node) ||
    ts.isGetAccessor(node) ||
    ts.isConstructorDeclaration(node)
  );
}

function around(node: ts.Node): Fn | null {
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent) if (isFunction(at)) return at;
  return null;
}

/** The functions that a name refers to. */
function functionsOf(name: ts.Node): Fn[] {
  let symbol = programOfSources().checker.getSymbolAtLocation(name);
  if (symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0)
    symbol = programOfSources().checker.getAliasedSymbol(symbol);
  return (symbol?.declarations ?? []).flatMap((declaration) => {
    if (isFunction(declaration)) return [declaration];
    const holds =
      ts.isVariableDeclaration(declaration) ||
      ts.isPropertyDeclaration(declaration) ||
      ts.isPropertyAssignment(declaration);
    const value = holds ? declaration.initializer : undefined;
    return value !== undefined && isFunction(value) ? [value] : [];
  });
}

/** Who is given to one of these runs on a stack of its own: from the event loop, or when a list of work comes to it. */
const ON_ANOTHER_STACK = new Set(
  'on once off removeListener addListener setTimeout setImmediate setInterval then catch finally push'.split(' '),
);

function runsLater(node: ts.Node): boolean {
  const { parent } = node;
  if (!ts.isCallExpression(parent) || parent.expression === node) return false;
  const { expression } = parent;
  const name = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
  return ON_ANOTHER_STACK.has(name.getText());
}

/**
 * The names that may refer to a function: as one is declared, or as an import or export calls something anew. To look up what
 * another name refers to would find a type first, and no function.
 */
function namesOfFunctions(): Set<string> {
  const names = new Set<string>();
  for (const file of programOfSources().files) {
    for (const node of nodesOf(file)) {
      const name = nameOfFunction(node);
      if (name !== undefined) names.add(ts.isStringLiteralLike(name) ? name.text : name.getText());
    }
  }
  return names;
}

function nameOfFunction(node: ts.Node): ts.Node | undefined {
  if (ts.isImportClause(node)) return node.name;
  if (ts.isImportSpecifier(node) || ts.isExportSpecifier(node))
    return node.propertyName === undefined ? undefined : node.name;
  if (isFunction(node)) return node.name;
  const holds = ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node) || ts.isPropertyAssignment(node);
  return holds && node.initializer !== undefined && isFunction(node.initializer) ? node.name : undefined;
}

/** Which functions a function names or holds: everything it may run. */
function graph(): Map<Fn, Set<Fn>> {
  const edges = new Map<Fn, Set<Fn>>();
  const names = namesOfFunctions();
  const add = (from: Fn | null, to: Fn): void => {
    if (from === null) return;
    const known = edges.get(from);
    if (known === undefined) edges.set(from, new Set([to]));
    else known.add(to);
  };
  for (const file of programOfSources().files) {
    for (const node of nodesOf(file)) {
      if (isFunction(node) && !runsLater(node)) add(around(node), node);
      if (!ts.isIdentifier(node) && !ts.isPrivateIdentifier(node)) continue;
      if (!names.has(node.text)) continue;
      const { parent } = node;
      const declares = (isFunction(parent) || ts.isVariableDeclaration(parent)) && parent.name === node;
      if (!declares && !runsLater(node)) for (const to of functionsOf(node)) add(around(node), to);
    }
  }
  return edges;
}

/** What bounds the recursion, as the comment before a function says: "Recursion: as deep as …". */
/** By a comment of its own, or one at the head of its file that speaks for all of its functions. */
function isBounded(node: Fn): boolean {
  if (/^\/\/ Recursion in this file: \S/.test(node.getSourceFile().text)) return true;
  let statement: ts.Node = node;
  while (!ts.isStatement(statement) && !ts.isClassElement(statement)) statement = statement.parent;
  const text = statement.getSourceFile().text;
  const comments = ts.getLeadingCommentRanges(text, statement.getFullStart()) ?? [];
  return comments.some(({ pos, end }) => /\bRecursion: \S/.test(text.slice(pos, end)));
}

/** The functions that lie on a cycle, by Tarjan's algorithm, with those left out that say what bounds them. */
function onCycles(edges: ReadonlyMap<Fn, ReadonlySet<Fn>>): Fn[] {
  const after = (node: Fn): Fn[] => [...(edges.get(node) ?? [])].filter((next) => !isBounded(next));
  const index = new Map<Fn, number>();
  const low = new Map<Fn, number>();
  const stack: Fn[] = [];
  const onStack = new Set<Fn>();
  const found: Fn[] = [];
  const lower = (node: Fn, value: number): void => void low.set(node, Math.min(low.get(node) ?? value, value));
  const enter = (node: Fn): { node: Fn; next: Fn[] } => {
    lower(node, index.size);
    index.set(node, index.size);
    stack.push(node);
    onStack.add(node);
    return { node, next: after(node) };
  };
  for (const start of edges.keys()) {
    if (index.has(start) || isBounded(start)) continue;
    const open = [enter(start)];
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const next = top.next.pop();
      if (next !== undefined) {
        if (!index.has(next)) open.push(enter(next));
        else if (onStack.has(next)) lower(top.node, index.get(next) ?? 0);
        continue;
      }
      open.pop();
      const above = open.at(-1);
      if (above !== undefined) lower(above.node, low.get(top.node) ?? 0);
      if (low.get(top.node) !== index.get(top.node)) continue;
      const component = stack.splice(stack.indexOf(top.node));
      for (const node of component) onStack.delete(node);
      if (component.length > 1 || edges.get(top.node)?.has(top.node) === true)
        for (const node of component) found.push(node);
    }
  }
  return found;
}

test.runIf(FULL_SIZE)('a function that may call itself says what bounds that', () => {
  const found = onCycles(graph()).map(shown);
  expect([...new Set(found)].toSorted()).toEqual([]);
});
