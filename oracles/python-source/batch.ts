// Reads paths from standard input, one for each line, and prints what the analysis finds in each as a line of JSON.
// compare.py builds it and holds it against Python's own ast.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { UnsupportedError } from '../../packages/core/src/model/errors.js';
import { PythonModule } from '../../packages/core/src/python/module.js';
import { parsePython } from '../../packages/core/src/python/parse.js';
import type { Expression } from '../../packages/core/src/python/syntax.js';

/** `a.b.c`, or null. */
function dotted(node: Expression): string | null {
  if (node.kind === 'name') return node.id;
  if (node.kind !== 'attribute') return null;
  const object = dotted(node.object);
  return object === null ? null : `${object}.${node.name}`;
}

interface Found {
  readonly path: string;
  readonly milliseconds: number;
  /** Of processor time. */
  readonly processor: number;
  readonly problems: readonly string[];
  /** line, column in UTF-8 bytes as ast counts, dotted name, in a format string */
  readonly calls: readonly (readonly [number, number, string, boolean])[];
}

function analyse(path: string): Found {
  const bytes = readFileSync(path);
  const started = performance.now();
  const usage = process.cpuUsage();
  try {
    const module = PythonModule.read(bytes);
    const milliseconds = performance.now() - started;
    const { user, system } = process.cpuUsage(usage);
    const processor = (user + system) / 1000;
    const { text } = module.source;
    const formats = callsInFormats(text);
    const calls = module.calls.flatMap(({ call }) => {
      const name = dotted(call.callee);
      if (name === null) return [];
      const { line, column } = module.position(call.from);
      const before = Buffer.byteLength(text.slice(call.from - column + 1, call.from));
      return [[line, before, name, formats.has(call.from)] as const];
    });
    return { path, milliseconds, processor, problems: module.problems.map(({ message }) => message), calls };
  } catch (error) {
    if (!(error instanceof UnsupportedError)) throw error;
    return { path, milliseconds: 0, processor: 0, problems: [error.message], calls: [] };
  }
}

/** Starts of the calls in format strings: Python before 3.12 gives no usable positions there. */
function callsInFormats(text: string): ReadonlySet<number> {
  const found = new Set<number>();
  const walk = (node: unknown, inside: boolean): void => {
    if (typeof node !== 'object' || node === null) return;
    if (inside && 'kind' in node && node.kind === 'call' && 'from' in node) found.add(Number(node.from));
    for (const [key, value] of Object.entries(node)) walk(value, inside || key === 'fields');
  };
  walk(parsePython(text, () => undefined).body, false);
  return found;
}

for await (const path of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(analyse(path))}\n`);
}
