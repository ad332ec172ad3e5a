import { crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { tarOf } from '../../../test/tar-builder.js';
import { bytesOf, zipOf } from '../../../test/zip-builder.js';
import { memorySource } from '../../bytes/source.js';
import { collect } from '../../collect.js';

async function read(config: string | Uint8Array, path = 'm.keras', more: readonly string[] = ['metadata.json']) {
  const members = more.map((name) => ({ name, data: '{"keras_version": "3.8.0"}' }));
  const bytes = zipOf([...members, { name: 'config.json', data: config }]);
  const { facts, notices, format } = await collect({ path, source: memorySource(bytes), size: bytes.length }, {});
  const objects = facts.flatMap((fact) =>
    fact.kind === 'keras.object'
      ? [`${fact.what} ${fact.module} ${fact.name} ${fact.registeredName ?? '-'} ${fact.count} ${fact.keyPath}`]
      : [],
  );
  return { objects, notices: notices.map(({ reason }) => reason), format };
}

const dense = { module: 'keras.layers', class_name: 'Dense', config: { units: 3 }, registered_name: null };
const lambda = { class_name: '__lambda__', config: { code: '4wE=', defaults: null, closure: null } };
const system = { module: 'os', class_name: 'function', config: 'system', registered_name: 'function' };

/** The extra field "Info-ZIP Unicode Path" (APPNOTE 4.6.9), which newer versions of zipfile go by. */
function unicodePath(name: string, other: string): Uint8Array {
  const text = Buffer.from(other);
  const field = Buffer.alloc(9 + text.length);
  field.writeUInt16LE(0x7075, 0);
  field.writeUInt16LE(5 + text.length, 2);
  field.writeUInt8(1, 4);
  field.writeUInt32LE(crc32(Buffer.from(name)), 5);
  field.set(text, 9);
  return field;
}

describe('the configuration of a Keras archive', () => {
  test('objects with what Keras looks up for them, once each', async () => {
    const config = { module: 'keras', class_name: 'Sequential', config: { layers: [dense, dense, { a: system }] } };
    expect(await read(JSON.stringify(config))).toEqual({
      objects: [
        'class keras Sequential - 1 ',
        'class keras.layers Dense - 2 config.layers[0]',
        'function os system function 1 config.layers[2].a',
      ],
      notices: [],
      format: 'keras',
    });
  });

  test.each([
    ['__lambda__', { module: 'keras.layers', class_name: 'Lambda', config: { function: lambda } }],
    ['Keras 2', { class_name: 'Lambda', config: { function: ['4wE=', null, null], function_type: 'lambda' } }],
    ['without a module', { class_name: 'Lambda', config: { function: ['4wE=', null, null] } }],
    ['__lambda__ alone', { class_name: '__lambda__' }],
  ])('byte code: %s', async (_, config) => {
    expect((await read(JSON.stringify(config))).objects.join('\n')).toContain('code  __lambda__');
  });

  test('a type of TensorFlow, and names that are no text', async () => {
    const spec = { class_name: '__typespec__', spec_name: 'system', module: 'os', registered_name: null, config: [] };
    expect((await read(JSON.stringify(spec))).objects).toEqual(['class os system - 1 ']);
    const odd = { class_name: 3, module: 'os', config: {} };
    expect((await read(JSON.stringify(odd))).objects).toEqual(['class os  - 1 ']);
  });

  test('a function of TensorFlow', async () => {
    const config = { class_name: 'TFOpLambda', module: 'keras.layers', config: { function: 'io.write_file' } };
    expect((await read(JSON.stringify(config))).objects).toEqual([
      'function tensorflow io.write_file - 1 ',
      'class keras.layers TFOpLambda - 1 ',
    ]);
  });

  test('of equal keys the last one counts, and escapes are read', async () => {
    const text = '{"class_name": "Dense", "config": {}, "module": "keras", "mod\\u0075le": "os"}';
    expect((await read(text)).objects).toEqual(['class os Dense - 1 ']);
  });

  test('numbers that only Python reads', async () => {
    const text = `{"a": [NaN, -Infinity, Infinity, "NaN \\" Infinity"], "b": ${JSON.stringify(system)}}`;
    expect(await read(text)).toMatchObject({ objects: ['function os system function 1 b'], notices: [] });
  });

  test.each([
    ['no JSON', '{"class_name": '],
    ['no UTF-8', Uint8Array.of(0x22, 0xff, 0x22)],
    ['UTF-16', Uint8Array.from(Buffer.from(JSON.stringify(system), 'utf16le'))],
    ['empty', ''],
  ])('one that cannot be read is incomplete: %s', async (_, config) => {
    const { notices } = await read(config);
    expect(notices.join('\n')).toContain('the configuration of a Keras model');
  });

  test('nested deeper than any stack', async () => {
    const depth = 200_000;
    const text = `${'{"a":['.repeat(depth)}${JSON.stringify(system)}${']}'.repeat(depth)}`;
    const { objects, notices } = await read(text);
    // An engine that reads nested values by recursion says so.
    if (notices.length === 0) expect(objects.join('\n')).toMatch(/^function os system function 1 …(?:\.a|\[0\])+$/);
    else expect(notices.join('\n')).toContain('nested too deep');
  });

  test('too long', async () => {
    const { notices } = await read(`{"a": "${'x'.repeat(16 * 2 ** 20)}"}`);
    expect(notices.join('\n')).toContain('bytes of configuration');
  });

  test('the name of the file decides nothing where the archive says what it is', async () => {
    const text = JSON.stringify(system);
    for (const path of ['m.zip', 'm.bin']) expect((await read(text, path)).objects).toHaveLength(1);
    expect(await read(text, 'm.keras', [])).toMatchObject({ format: 'keras' });
    expect(await read(text, 'm.zip', [])).toMatchObject({ format: 'zip', objects: [expect.any(String)] });
  });

  test.each([
    ['ends at a NUL byte', { name: 'config.json\0.txt' }],
    ['stands in the local header alone', { name: 'a.txt', local: { name: 'config.json' } }],
    ['is in another character set too', { name: 'a.txt', central: { extra: unicodePath('a.txt', 'config.json') } }],
  ])('a name that %s', async (_, entry) => {
    const bytes = zipOf([{ ...entry, data: JSON.stringify(system) }]);
    const { facts } = await collect({ path: 'm.keras', source: memorySource(bytes), size: bytes.length }, {});
    expect(facts.filter(({ kind }) => kind === 'keras.object')).toHaveLength(1);
  });

  test('other archives with a config.json', async () => {
    expect(await read('{"model_type": "bert"}', 'm.zip', [])).toEqual({ objects: [], notices: [], format: 'zip' });
    expect(await read('// no JSON', 'm.zip', [])).toEqual({ objects: [], notices: [], format: 'zip' });
    expect((await read('{"class_name": x}', 'm.zip', [])).notices).toHaveLength(1);
  });

  test('beside a checkpoint', async () => {
    const { objects } = await read(JSON.stringify(system), 'm.pt', ['m/data.pkl', 'm/version']);
    expect(objects).toHaveLength(1);
  });
});

describe('the configuration in the folder of a Keras model', () => {
  async function objects(path: string, bytes: Uint8Array): Promise<readonly string[]> {
    const input = { path, source: memorySource(bytes), size: bytes.length };
    const { facts } = await collect(input, { repositories: true });
    return facts.flatMap((fact) =>
      fact.kind === 'keras.object' ? [`${fact.module}.${fact.name} ${fact.at.path}`] : [],
    );
  }
  const text = JSON.stringify({ ...dense, config: { activation: system } });
  const data = bytesOf(text);

  test.each([
    ['a file', 'm/config.json', data, 'm/config.json'],
    ['in a tar', 'm.tar', tarOf({ name: 'm/config.json', data }), 'm.tar!m/config.json'],
    ['at the top of a tar', 'm.tar', tarOf({ name: 'config.json', data }), 'm.tar!config.json'],
    ['in a zip', 'm.zip', zipOf([{ name: 'm/config.json', data: text }]), 'm.zip!m/config.json'],
    ['at the top of a zip, once', 'm.zip', zipOf([{ name: 'config.json', data: text }]), 'm.zip!config.json'],
    ['in UTF-16', 'm/config.json', Buffer.from(`\ufeff${text}`, 'utf16le'), 'm/config.json'],
  ] as const)('%s', async (_, path, bytes, where) => {
    expect(await objects(path, bytes)).toEqual([`keras.layers.Dense ${where}`, `os.system ${where}`]);
  });

  test('other names and other configurations', async () => {
    expect(await objects('m/x.json', data)).toEqual([]);
    expect(await objects('m/config.json', bytesOf('{"model_type": "bert"}'))).toEqual([]);
  });

  test('what cannot be read and names a class is incomplete', async () => {
    const bytes = bytesOf('{"class_name": x}');
    const input = { path: 'm/config.json', source: memorySource(bytes), size: bytes.length };
    expect((await collect(input, { repositories: true })).notices).toMatchObject([{ cause: 'corrupt' }]);
  });
});
