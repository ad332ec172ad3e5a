import type { NativeName } from './code.js';
import { readScriptPickle, type ScriptValue } from './values.js';
import { append } from '../../model/append.js';

/**
 * What a mobile archive's `bytecode.pkl` names (torch/csrc/jit/serialization/export_module.cpp, `getFunctionTuple`):
 *
 *   (version, (name, (("instructions", …), ("operators", ((name, overload, arguments), …)), ("constants", …),
 *    ("types", (text, …)), …)), …)
 *
 * Texts among the constants are the model's own and name nothing.
 */
export function bytecodeNames(bytes: Uint8Array): NativeName[] {
  const names: NativeName[] = [];
  const open: ScriptValue[] = [readScriptPickle(bytes)];
  // What lies in the memo is there as often as the pickle says.
  const seen = new Set<ScriptValue>();
  const tables = new Set<ScriptValue>();
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (value.kind !== 'items' || seen.has(value)) continue;
    seen.add(value);
    const [key, content, another] = value.items;
    if (key?.kind === 'text' && content?.kind === 'items' && another === undefined) {
      if (key.text === 'operators' && !tables.has(content)) {
        tables.add(content);
        for (const item of content.items) append(names, operatorOf(item));
      }
      if (key.text === 'constants') continue;
    }
    for (const item of value.items) {
      if (item.kind === 'items') open.push(item);
      else if (item.kind !== 'other' && !seen.has(item)) {
        seen.add(item);
        append(names, classesIn(item.kind === 'text' ? item.text : item.name, item.offset));
      }
    }
  }
  return names;
}

function operatorOf(value: ScriptValue): NativeName[] {
  const [first] = value.kind === 'items' ? value.items : [];
  if (first?.kind !== 'text') return [];
  const at = first.text.indexOf('::');
  const namespace = at < 0 ? '' : first.text.slice(0, at);
  return [{ what: 'operator', name: first.text, namespace, offset: first.offset, line: null }];
}

/** Types as the mobile type parser reads them: `__torch__.torch.classes.namespace.Name`. */
export function classesIn(text: string, offset: number): NativeName[] {
  return [...text.matchAll(/__torch__\.torch\.classes\.(\w+)\.(\w+)/g)].map(([, namespace = '', name = '']) => ({
    what: 'class',
    namespace,
    name: `${namespace}::${name}`,
    offset,
    line: null,
  }));
}
