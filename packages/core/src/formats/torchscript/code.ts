import { MAX_ATTRIBUTES } from '../../model/limits.js';
import { isBuiltinOperator } from '../../catalogue/lookup.js';
import { PythonModule } from '../../python/module.js';
import { Resolver } from '../../python/resolve.js';
import type { Scope } from '../../python/scope.js';
import type { Expression } from '../../python/syntax.js';

/**
 * Operators and classes that the sources of a TorchScript archive name (`code/` there; torch/csrc/jit/serialization/
 * import_source.cpp). The dialect is a part of Python: `ops.NAMESPACE.NAME(...)`, `torch.NAME(...)` for aten,
 * `__torch__.torch.classes.NAMESPACE.NAME`.
 */

/** A name that the archive's reader looks up among what libraries have registered. */
export interface NativeName {
  readonly what: 'operator' | 'class';
  /** `namespace::name`, as the registry has it. */
  readonly name: string;
  readonly namespace: string;
  readonly offset: number;
  readonly line: number | null;
  /** The expression as it stands in the source. */
  readonly text?: string;
}

export interface ScriptCode {
  readonly names: readonly NativeName[];
  /** What is no Python, with its offset; the names are those of the rest. */
  readonly problem: { readonly offset: number; readonly message: string } | null;
}

/** `ops.NAMESPACE.NAME.OVERLOAD`. */
const LONGEST_NAME = 3;
/** UTF-16 units of an expression that are shown; it may go on for megabytes. */
const SHOWN = 1_000;
const CLASSES = '__torch__.torch.classes.';

/** Bytes are UTF-8 to its reader, whatever a comment says. */
export function scriptCode(bytes: Uint8Array): ScriptCode {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const module = PythonModule.readText(text);
  const names: NativeName[] = [];
  const seen = new Set<Expression>();
  let deep: number | null = null;
  const add = (value: Expression, scope: Scope): void => {
    if (seen.has(value)) return;
    seen.add(value);
    if (isDeep(value)) {
      deep ??= value.from;
      return;
    }
    for (const path of pathsOf(module, value, scope)) {
      const found = nativeName(path);
      if (found === null) continue;
      const { line } = module.position(value.from);
      names.push({
        ...found,
        offset: value.from,
        line,
        text: text.slice(value.from, Math.min(value.to, value.from + SHOWN)),
      });
    }
  };
  for (const { call, scope } of module.calls) add(call.callee, scope);
  for (const { value, scope } of module.uses) add(value, scope);
  const [first] = module.problems;
  return {
    names: withByteOffsets(names, text),
    problem:
      first !== undefined
        ? { offset: first.at, message: first.message }
        : deep !== null
          ? { offset: deep, message: `a name has more than ${MAX_ATTRIBUTES} attributes` }
          : null,
  };
}

/** Each of its beginnings is asked for as well: all their names together would be the square of its length. */
function isDeep(value: Expression): boolean {
  let object = value;
  for (let count = 0; object.kind === 'attribute'; count += 1) {
    if (count === MAX_ATTRIBUTES) return true;
    object = object.object;
  }
  return false;
}

/** The offsets are those of UTF-16 units; what stands before each of them is counted once, for all. */
function withByteOffsets(names: readonly NativeName[], text: string): NativeName[] {
  const units = names.map(({ offset }) => offset).sort((a, b) => a - b);
  const bytes = new Map<number, number>();
  let unit = 0;
  let byte = 0;
  for (const end of units) {
    for (; unit < end; unit += 1) byte += utf8Length(text.charCodeAt(unit));
    bytes.set(end, byte);
  }
  return names.map((name) => ({ ...name, offset: bytes.get(name.offset) ?? name.offset }));
}

/** Bytes of a UTF-16 unit in UTF-8; the two halves of a pair have two each. */
function utf8Length(unit: number): number {
  if (unit < 0x80) return 1;
  return unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3;
}

/** `ops` is what the reader's environment has, unless a parameter is called so: an assignment hides it only behind itself. */
function pathsOf(module: PythonModule, value: Expression, scope: Scope): string[] {
  const paths = module
    .resolve({ value, scope })
    .flatMap((meaning) => (meaning.kind === 'path' ? [meaning.path.replace(/^builtins\./, '')] : []));
  const parts: string[] = [];
  let object = value;
  while (object.kind === 'attribute') {
    // What has more parts names nothing.
    if (parts.length === LONGEST_NAME) return paths;
    parts.push(object.name);
    object = object.object;
  }
  if (object.kind !== 'name' || object.id !== 'ops') return paths;
  const bindings = Resolver.bindings('ops', scope) ?? [];
  if (bindings.some(({ kind }) => kind === 'parameter' || kind === 'instance')) return paths;
  return [...new Set([...paths, ['ops', ...parts.toReversed()].join('.')])];
}

function nativeName(path: string): Pick<NativeName, 'what' | 'name' | 'namespace'> | null {
  if (path.startsWith(CLASSES)) {
    const [namespace = '', name] = path.slice(CLASSES.length).split('.');
    return name === undefined ? null : { what: 'class', namespace, name: `${namespace}::${name}` };
  }
  const parts = path.split('.');
  const [root, namespace, name] = parts;
  // `torch` is the namespace aten there, and so is `torch.autograd` (torch/csrc/jit/frontend/sugared_value.h, `BuiltinModule`).
  const operator = namespace === 'autograd' ? parts[2] : parts[1];
  if (root === 'torch' && operator !== undefined && parts.length === (namespace === 'autograd' ? 3 : 2))
    return isBuiltinOperator('aten', operator)
      ? null
      : { what: 'operator', namespace: 'aten', name: `aten::${operator}` };
  if (root !== 'ops' || namespace === undefined || name === undefined || parts.length > 3) return null;
  return { what: 'operator', namespace, name: `${namespace}::${name}` };
}
