import { InputError } from '../../model/errors.js';
import type { NativeName } from './code.js';
import { classesIn } from './bytecode.js';
import { append } from '../../model/append.js';

/**
 * Operators of a program that `torch.export.save` wrote (torch/_export/serde/schema.py): JSON, in which each node of a graph
 * has the full name of what it calls as its `target`: `torch.ops.aten.linear.default`.
 */
export function exportedNames(bytes: Uint8Array): NativeName[] {
  let root: unknown;
  try {
    root = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new InputError(`no JSON: ${error.message}`, 0);
  }
  const names: NativeName[] = [];
  const open: unknown[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'string') append(names, classesIn(value, 0));
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'target' && typeof inner === 'string') append(names, targetOf(inner));
      else open.push(inner);
    }
  }
  return names;
}

function targetOf(target: string): NativeName[] {
  const [, kind, namespace = '', name = ''] = /^torch\.(ops|classes)\.([^.]+)\.([^.]+)/.exec(target) ?? [];
  if (kind === undefined) return [];
  const what = kind === 'ops' ? 'operator' : 'class';
  return [{ what, namespace, name: `${namespace}::${name}`, offset: 0, line: null }];
}
