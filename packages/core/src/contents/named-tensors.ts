import { MAX_TENSOR_NAME } from '../model/limits.js';
import { cut } from '../model/escape.js';
import type { TensorRecord, TensorValue } from './tensor-values.js';

/** Attributes of a module that its state dict leaves out of the names (torch/nn/modules/module.py). */
const SILENT = new Set(['_modules', '_parameters', '_buffers']);

/** The tensors that are reachable from a value, with the keys that lead to them: `model.encoder.weight`. */
export function* namedTensors(root: TensorValue): Generator<readonly [name: string, tensor: TensorRecord]> {
  const waiting: { readonly name: string; readonly value: TensorValue }[] = [{ name: '', value: root }];
  const seen = new Set<TensorValue>();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { name, value } = next;
    if (value.kind === 'tensor') {
      yield [name === '' ? 'tensor' : name, value];
      continue;
    }
    if (value.kind !== 'items' && value.kind !== 'dict' && value.kind !== 'object') continue;
    // A value that lies in itself, or in several others, is gone through once.
    if (seen.has(value)) continue;
    seen.add(value);
    const inner = [...partsOf(name, value)];
    for (const part of inner.toReversed()) waiting.push(part);
  }
}

function* partsOf(
  name: string,
  value: Extract<TensorValue, { kind: 'items' | 'dict' | 'object' }>,
): Generator<{ readonly name: string; readonly value: TensorValue }> {
  if (value.kind === 'object') {
    for (const part of value.parts) yield { name, value: part };
    return;
  }
  if (value.kind === 'items') {
    for (const [index, item] of value.items.entries())
      if (isHolder(item)) yield { name: joined(name, String(index)), value: item };
    return;
  }
  for (let i = 0; i + 1 < value.entries.length; i += 2) {
    const [key, item] = [value.entries[i], value.entries[i + 1]];
    if (key === undefined || item === undefined || !isHolder(item)) continue;
    const text = key.kind === 'text' ? key.text : key.kind === 'int' ? String(key.value) : '?';
    yield { name: SILENT.has(text) ? name : joined(name, text), value: item };
  }
}

function isHolder({ kind }: TensorValue): boolean {
  return kind === 'tensor' || kind === 'items' || kind === 'dict' || kind === 'object';
}

function joined(name: string, part: string): string {
  return name.length > MAX_TENSOR_NAME ? name : cut(name === '' ? part : `${name}.${part}`, MAX_TENSOR_NAME);
}
