// The bundled command line for the tests that start it: with one file replaced, or with marks that say which files ran.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { bundleCommand } from '../../packages/cli/bundle.mjs';

/** Sources of which the tests of the program say something: the command line's own. */
const OWN = /\/packages\/cli\/src\/(?!.*\.test\.ts$).*\.ts$/;

/** The program as it is, but for one file. `text` null: as it is. */
export async function bundleWith(bundle, path, text) {
  await bundleCommand(bundle, [
    { name: 'one-change', load: (id) => (text !== null && id === path ? { code: text, moduleType: 'ts' } : null) },
  ]);
}

/** The program, of which each file writes its path to `log` when one of its functions runs, or when it is loaded if it has none. */
export async function bundleWithMarks(bundle, log) {
  const load = (id) => {
    if (!OWN.test(id)) return null;
    return { code: marked(id, readFileSync(id, 'utf8'), log), moduleType: 'ts' };
  };
  await bundleCommand(bundle, [{ name: 'marks', load }]);
}

/** What was written since the last call. */
export function takeMarks(log) {
  if (!existsSync(log)) return [];
  const marks = new Set(readFileSync(log, 'utf8').split('\n'));
  marks.delete('');
  rmSync(log);
  return [...marks];
}

function marked(path, text, log) {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const inserts = [];
  const visit = (node) => {
    if (ts.isFunctionLike(node) && node.body !== undefined) {
      if (ts.isBlock(node.body)) inserts.push([node.body.getStart() + 1, ' __ran();']);
      else inserts.push([node.body.getStart(), '(__ran(), '], [node.body.end, ')']);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  let code = text;
  // The last first. Of two at one offset the inner one was found later, and stays within.
  for (const [at, insert] of inserts.toSorted(([a], [b]) => b - a)) code = code.slice(0, at) + insert + code.slice(at);
  const write = `__append(${JSON.stringify(log)}, ${JSON.stringify(`${path}\n`)})`;
  const lines = [
    "import { appendFileSync as __append } from 'node:fs';",
    `let __has = false; function __ran() { if (!__has) { __has = true; ${write}; } }`,
    inserts.length === 0 ? '__ran();' : '',
  ];
  const [first, ...rest] = code.split('\n');
  return first.startsWith('#!') ? [first, ...lines, ...rest].join('\n') : [...lines, code].join('\n');
}

/** Processor milliseconds of the processes that this one started, ended or not, and the IDs of those that run. Of Linux. */
export function children() {
  const ticks = (fields, from) => (Number(fields[from]) + Number(fields[from + 1])) * 10;
  const stat = (id) => {
    try {
      const text = readFileSync(join('/proc', id, 'stat'), 'latin1');
      // Behind the name in brackets: state, parent, ... 11 and 12 are user and system time, 13 and 14 those of ended children.
      return text.slice(text.lastIndexOf(')') + 2).split(' ');
    } catch (error) {
      if (error.code === 'ENOENT' || error.code === 'ESRCH') return null;
      throw error;
    }
  };
  const own = stat('self');
  if (own === null) return { milliseconds: 0, running: [] };
  let milliseconds = ticks(own, 13);
  const running = [];
  for (const id of readdirSync('/proc')) {
    const fields = /^\d+$/.test(id) ? stat(id) : null;
    if (fields === null || Number(fields[1]) !== process.pid) continue;
    milliseconds += ticks(fields, 11) + ticks(fields, 13);
    running.push(Number(id));
  }
  return { milliseconds, running };
}
