import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../../..');
const FOLDERS = [
  'packages/core/src',
  'packages/core/node',
  'packages/sources/src',
  'packages/sources/node',
  'packages/cli/src',
  'packages/gate/src',
  'packages/page/src',
  'packages/fleet/src',
];

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
    .map((name) => join(root, folder, name))
    .toSorted();
}

let parsed: readonly ts.SourceFile[] | null = null;

/** The sources of all packages without their tests. Test files that share this module share them; nothing changes them. */
export function parsedSources(): readonly ts.SourceFile[] {
  parsed ??= FOLDERS.flatMap(filesIn).map((name) =>
    ts.createSourceFile(name, readFileSync(name, 'utf8'), ts.ScriptTarget.ES2023, true),
  );
  return parsed;
}

interface Typed {
  readonly checker: ts.TypeChecker;
  readonly files: readonly ts.SourceFile[];
}

let typed: Typed | null = null;

/** The same, with types, which takes some ten seconds: at full size only. Shared as well. */
export function programOfSources(): Typed {
  typed ??= read();
  return typed;
}

function read(): Typed {
  const names = FOLDERS.flatMap(filesIn);
  const config = ts.readConfigFile(join(root, 'tsconfig.test.json'), (file) => ts.sys.readFile(file));
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
  const program = ts.createProgram(names, { ...options, noEmit: true });
  const wanted = new Set(names);
  // The checker is asked for at once: nodes have no parents before.
  const checker = program.getTypeChecker();
  return { checker, files: program.getSourceFiles().filter(({ fileName }) => wanted.has(fileName)) };
}

export function shown(node: ts.Node): string {
  const source = node.getSourceFile();
  const { line } = source.getLineAndCharacterOfPosition(node.getStart());
  return `${relative(root, source.fileName)}:${line + 1}`;
}

export function pathOf(source: ts.SourceFile): string {
  return relative(root, source.fileName);
}

/** All nodes below, without recursion of our own to mind. */
export function* nodesOf(source: ts.SourceFile): Generator<ts.Node> {
  const open: ts.Node[] = [source];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    yield node;
    const inside: ts.Node[] = [];
    ts.forEachChild(node, (child) => {
      inside.push(child);
    });
    for (const child of inside.toReversed()) open.push(child);
  }
}
