import { describe, expect, test } from 'vitest';
import { lookThat, short } from '../../../test/look-double.js';
import { budgetOf } from '../../../test/open-container.js';
import { bytesOf } from '../../../test/zip-builder.js';
import { memorySource } from '../../bytes/source.js';
import { LimitError } from '../../model/errors.js';
import { MAX_KERAS_OBJECTS, SHOWN_CONFIG_KEYS } from '../../model/limits.js';
import { ENTRY } from '../../model/origin.js';
import type { Found } from '../members/look.js';
import { kerasObjects, kerasObjectsOfFolder } from './config.js';

function shown(found: Found): string {
  if (found.kind !== 'fact' || found.fact.kind !== 'keras.object') return short(found);
  const { what, module, name, registeredName, count, keyPath } = found.fact;
  return `${what} ${module}.${name} as ${registeredName ?? '-'}, ${count} at '${keyPath}'`;
}

const inFolder = (value: unknown, budget = budgetOf()): string[] =>
  [...kerasObjectsOfFolder('m/config.json', JSON.stringify(value), budget)].map(shown);

describe('a dict', () => {
  const code = "code .__lambda__ as -, 1 at ''";
  test.each<[string, unknown, readonly string[]]>([
    ['without a class', { config: {}, module: 'os' }, []],
    ['with a class alone', { class_name: 'A', module: 'os' }, []],
    ['with a configuration', { class_name: 'A', config: {}, module: 'os' }, ["class os.A as -, 1 at ''"]],
    ['without a module', { class_name: 'A', config: {} }, ["class .A as -, 1 at ''"]],
    ['of a function', { class_name: 'function', config: 'f', module: 'os' }, ["function os.f as -, 1 at ''"]],
    ['of a type', { class_name: '__typespec__', spec_name: 'S', module: 'os' }, ["class os.S as -, 1 at ''"]],
    ['registered', { class_name: 'A', config: 0, registered_name: 'p>A' }, ["class .A as p>A, 1 at ''"]],
    ['registered as itself', { class_name: 'A', config: 0, registered_name: 'A' }, ["class .A as -, 1 at ''"]],
    ['registered as no text', { class_name: 'A', config: 0, registered_name: 1 }, ["class .A as -, 1 at ''"]],
    ['of code', { class_name: '__lambda__', config: {} }, [code]],
    ['of code of Keras 2', { function: ['x'], function_type: 'lambda' }, [code]],
    ['of a shape by code', { output_shape_type: 'lambda' }, [code]],
    ['of a mask by code', { mask_type: 'lambda' }, [code]],
    ['of a mask', { mask_type: 'function' }, []],
    [
      'of a layer with code',
      { class_name: 'Lambda', config: { function: ['x'] } },
      [code, "class .Lambda as -, 1 at ''"],
    ],
    ['of a layer with a name', { class_name: 'Lambda', config: { function: 'x' } }, ["class .Lambda as -, 1 at ''"]],
    ['of another layer', { class_name: 'Other', config: { function: ['x'] } }, ["class .Other as -, 1 at ''"]],
    [
      'of an operation',
      { class_name: 'SlicingOpLambda', config: { function: 'io.f' } },
      ["function tensorflow.io.f as -, 1 at ''", "class .SlicingOpLambda as -, 1 at ''"],
    ],
    [
      'of an operation that is no text',
      { class_name: 'TFOpLambda', config: { function: 3 } },
      ["function tensorflow. as -, 1 at ''", "class .TFOpLambda as -, 1 at ''"],
    ],
    ['of no operation', { class_name: 'TFOpLambda', config: {} }, ["class .TFOpLambda as -, 1 at ''"]],
    ['of an operation of null', { class_name: 'TFOpLambda', config: null }, ["class .TFOpLambda as -, 1 at ''"]],
    ['of a name in an array', ['class_name', 'config'], []],
    ['that is a text', 'class_name', []],
    ['that is null', null, []],
  ])('%s', (_, value, expected) => {
    expect(inFolder(value)).toEqual(expected);
  });
});

describe('where objects stand', () => {
  const of = (name: string) => ({ class_name: name, config: null });

  test('they come in the order of the text, each once', () => {
    expect(inFolder({ a: [of('A'), [of('B')]], b: null, c: { d: of('A'), e: of('C') }, f: 1 })).toEqual([
      "class .A as -, 2 at 'a[0]'",
      "class .B as -, 1 at 'a[1][0]'",
      "class .C as -, 1 at 'c.e'",
    ]);
  });

  test.each([SHOWN_CONFIG_KEYS, SHOWN_CONFIG_KEYS + 1])('%i keys above them are shown or cut', (depth) => {
    let value: unknown = of('A');
    for (let i = 0; i < depth; i += 1) value = { k: value };
    const keys = Array.from({ length: SHOWN_CONFIG_KEYS }, () => 'k').join('.');
    expect(inFolder(value)).toEqual([`class .A as -, 1 at '${depth > SHOWN_CONFIG_KEYS ? '….' : ''}${keys}'`]);
  });

  test.each([MAX_KERAS_OBJECTS, MAX_KERAS_OBJECTS + 1])('%i are too many or not', (count) => {
    const all = Array.from({ length: count }, (_, i) => of(`A${i}`));
    const lines = inFolder([...all, of('A0')]);
    const isLimit = count > MAX_KERAS_OBJECTS;
    // Behind the limit nothing is counted.
    expect(lines[isLimit ? 1 : 0]).toBe(`class .A0 as -, ${isLimit ? 1 : 2} at '[0]'`);
    expect(lines).toHaveLength(MAX_KERAS_OBJECTS + (isLimit ? 1 : 0));
    expect(lines[0]?.startsWith('limit: more than')).toBe(isLimit);
    expect(lines.at(-1)).toBe(`class .A${MAX_KERAS_OBJECTS - 1} as -, 1 at '[${MAX_KERAS_OBJECTS - 1}]'`);
  });

  test('the deadline is looked at now and then', () => {
    const budget = budgetOf({ artifactMs: -1 });
    expect(
      inFolder(
        Array.from({ length: 4094 }, () => ({})),
        budget,
      ),
    ).toEqual([]);
    expect(() =>
      inFolder(
        Array.from({ length: 4095 }, () => ({})),
        budget,
      ),
    ).toThrow(LimitError);
  });
});

describe('a member', () => {
  async function read(text: string, isNamedKeras = false) {
    const { look } = lookThat(() => []);
    const source = memorySource(bytesOf(text));
    look.budget.ledger.open(source);
    const found: string[] = [];
    const member = { path: 'c', name: 'c', source, depth: 1, origin: ENTRY };
    for await (const one of kerasObjects(member, isNamedKeras, look)) found.push(shown(one));
    return { found, totals: look.budget.ledger.coverage(source.size).totals };
  }

  test('is parsed from its first byte on', async () => {
    expect(await read('{"class_name": "A", "config": 1}')).toEqual({
      found: ["class .A as -, 1 at ''"],
      totals: [{ kind: 'parsed', reason: null, bytes: 32 }],
    });
  });

  test.each([
    ['not a class', false, 0],
    ['not a class', true, 1],
    ['a class_name', false, 1],
  ])('%s that is no JSON, of Keras: %s', async (text, isNamedKeras, notices) => {
    const { found, totals } = await read(text, isNamedKeras);
    expect(found).toHaveLength(notices);
    if (notices > 0) expect(found[0]).toMatch(/^corrupt: the configuration of a Keras model.*: it is no JSON$/);
    expect(totals.every(({ kind }) => kind !== 'parsed')).toBe(true);
  });
});
