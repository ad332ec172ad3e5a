// Changes one operator of a source file at a time, and runs the tests beside that file: a change that no test notices is a
// survivor. A sample in every room of the core, the command line and the gate; survivors are listed to be judged one by one.
//
//   node oracles/mutation/run.mjs [--each 12] [--seed 1] [--room pickle] [--least 85]
//
// Works in a copy of the sources in the system's temporary folder. Exit code 1: fewer than --least percent were noticed.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const { values: options } = parseArgs({
  options: {
    each: { type: 'string', default: '12' },
    seed: { type: 'string', default: '1' },
    room: { type: 'string' },
    least: { type: 'string', default: '85' },
  },
});

/** A generator of numbers in [0, 1) that is the same everywhere (mulberry32). */
function randomOf(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Operators, and what replaces them. */
const SWAPS = new Map([
  ['<', '<='],
  ['<=', '<'],
  ['>', '>='],
  ['>=', '>'],
  ['===', '!=='],
  ['!==', '==='],
  ['&&', '||'],
  ['||', '&&'],
  ['+', '-'],
  ['-', '+'],
  ['*', '+'],
  ['|', '&'],
  ['&', '|'],
  ['<<', '>>'],
  ['>>', '<<'],
  ['>>>', '<<'],
  ['+=', '-='],
  ['-=', '+='],
]);

/** Every change of one operator, one truth value, one condition or one small number in a file. */
function changesOf(path, text) {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const changes = [];
  const add = (start, end, by) => {
    const { line } = file.getLineAndCharacterOfPosition(start);
    changes.push({ path, start, end, by, line: line + 1, was: text.slice(start, end) });
  };
  const visit = (node) => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node)) return;
    if (ts.isBinaryExpression(node)) {
      const { operatorToken } = node;
      const by = SWAPS.get(operatorToken.getText());
      const isText = [node.left, node.right].some(
        (side) => ts.isStringLiteralLike(side) || ts.isTemplateExpression(side),
      );
      if (by !== undefined && !isText) add(operatorToken.getStart(), operatorToken.end, by);
    } else if (node.kind === ts.SyntaxKind.TrueKeyword) add(node.getStart(), node.end, 'false');
    else if (node.kind === ts.SyntaxKind.FalseKeyword) add(node.getStart(), node.end, 'true');
    else if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
      add(node.getStart(), node.operand.getStart(), '');
    else if (ts.isNumericLiteral(node) && Number(node.text) < 64)
      add(node.getStart(), node.end, String(Number(node.text) + 1));
    else if (ts.isIfStatement(node)) add(node.expression.getStart(), node.expression.end, 'false');
    ts.forEachChild(node, visit);
  };
  visit(file);
  return changes;
}

/** A room: a folder of sources. Of the formats each is one. */
function roomOf(path) {
  const [, pack, , ...rest] = path.split('/');
  const folders = rest.slice(0, -1);
  return `${pack}/${folders.slice(0, folders[0] === 'formats' ? 2 : 1).join('/') || 'top'}`;
}

const tracked = execFileSync('git', ['ls-files', 'packages'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => /^packages\/\w+\/(?:src|node)\//.test(path))
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.includes('/generated/'))
  .filter((path) => existsSync(join(ROOT, path.replace(/\.ts$/, '.test.ts'))));
const rooms = groupBy(tracked, roomOf);

function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

const folder = mkdtempSync(join(tmpdir(), 'sentinel-mutation-'));
for (const name of [
  'packages',
  'oracles',
  'fixtures',
  'tools',
  'docs',
  'schemas',
  'README.md',
  'package.json',
  'vitest.config.ts',
  'tsconfig.base.json',
  'tsconfig.json',
  'tsconfig.test.json',
])
  cpSync(join(ROOT, name), join(folder, name), {
    recursive: true,
    filter: (path) => !/^(?:dist.*|node_modules)$/.test(basename(path)),
  });
symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));

/** Runs the tests beside a file; false where one fails or hangs. */
function passes(path) {
  const test = path.replace(/\.ts$/, '.test.ts');
  const args = ['node_modules/vitest/vitest.mjs', 'run', test, '--bail', '1', '--reporter', 'dot'];
  return spawnSync(process.execPath, args, { cwd: folder, timeout: 60_000, stdio: 'ignore' }).status === 0;
}

const whole = new Map();

/** Whether the tests beside the file notice a change of it. They have to pass without one. */
function isNoticed({ path, start, end, by }) {
  if (!whole.has(path)) whole.set(path, passes(path));
  if (!whole.get(path)) throw new Error(`the tests beside ${path} do not pass as they are`);
  const text = readFileSync(join(ROOT, path), 'utf8');
  writeFileSync(join(folder, path), text.slice(0, start) + by + text.slice(end));
  const isWhole = passes(path);
  writeFileSync(join(folder, path), text);
  return !isWhole;
}

let noticed = 0;
let tried = 0;
try {
  for (const [room, paths] of [...rooms].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    if (options.room !== undefined && !room.includes(options.room)) continue;
    const random = randomOf(Number(options.seed));
    const all = paths.flatMap((path) => changesOf(path, readFileSync(join(ROOT, path), 'utf8')));
    const sample = [];
    for (let i = 0; i < Number(options.each) && all.length > 0; i += 1)
      sample.push(...all.splice(Math.floor(random() * all.length), 1));
    const survivors = sample.filter((change) => !isNoticed(change));
    noticed += sample.length - survivors.length;
    tried += sample.length;
    console.log(
      `${room}: ${sample.length - survivors.length} of ${sample.length} changes noticed (${paths.length} files with a test)`,
    );
    for (const { path, line, was, by } of survivors)
      console.log(`  ${path}:${line}: ${JSON.stringify(was)} → ${JSON.stringify(by)}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const percent = tried === 0 ? 0 : (noticed * 100) / tried;
console.log(`${noticed} of ${tried} changes noticed, ${percent.toFixed(1)} %`);
if (percent < Number(options.least)) process.exitCode = 1;
