import { describe, expect, test } from 'vitest';
import { seeded } from '../../../test/random-pickle.js';
import { bytesOf, concat } from '../../../test/zip-builder.js';
import { HEAD_BYTES } from '../../model/format.js';
import { onnx } from './onnx.js';

const hex = (digits: string): Uint8Array => new Uint8Array(Buffer.from(digits.replaceAll(' ', ''), 'hex'));
/** Up to 127 bytes of a field with a length, by its tag. */
const field = (tag: number, ...value: readonly Uint8Array[]): Uint8Array => {
  const bytes = concat(...value);
  expect(bytes.length).toBeLessThan(128);
  return concat(Uint8Array.of(tag, bytes.length), bytes);
};
const is = (...parts: readonly Uint8Array[]): boolean => {
  const bytes = concat(...parts);
  return onnx.firstBytes?.includes(bytes[0] ?? 0) === true && onnx.recognise(bytes.subarray(0, HEAD_BYTES));
};

/** Fields that onnx 1.23 writes of one node: `helper.make_model(helper.make_graph([helper.make_node('Relu', …)], 'g', …))`. */
const IR = hex('080e');
const GRAPH = hex(
  '3a3b 0a0c 0a0178 120179 220452656c75 120167 5a13 0a0178 120e0a0c080112080a0208010a020803 6213 0a0179 120e0a0c080112080a0208010a020803',
);
const OPSET = hex('4202101c');
/** `helper.make_function`. */
const FUNCTION = hex('ca0120 0a0166 220178 2a0179 3a0c0a0178120179220452656c75 4a04 0a00 1011 520164');

describe('a model', () => {
  test.each<[string, Uint8Array[]]>([
    ['as make_model writes it, without a producer', [IR, GRAPH, OPSET]],
    ['with a producer', [IR, field(0x12, bytesOf('me')), GRAPH, OPSET]],
    ['with an empty producer', [IR, hex('1200'), GRAPH, OPSET]],
    ['with a producer that is not ASCII', [IR, field(0x12, new TextEncoder().encode('Größe')), GRAPH, OPSET]],
    [
      'with all of its text',
      [
        IR,
        ...[0x12, 0x1a, 0x22].map((tag) => field(tag, bytesOf('a'))),
        hex('2801'),
        field(0x32, bytesOf('a\n\tb')),
        GRAPH,
      ],
    ],
    ['with a negative version of the model', [IR, hex('28fdffffffffffffffff01'), GRAPH, OPSET]],
    ['without a version of the format', [GRAPH, OPSET]],
    ['with functions and metadata', [IR, GRAPH, OPSET, field(0x72, hex('0a0161120162')), FUNCTION]],
    ['whose fields come backwards', [FUNCTION, OPSET, GRAPH, IR]],
    ['whose operators come first', [OPSET, IR, GRAPH]],
    ['of a later version, with a field more', [IR, GRAPH, OPSET, hex('d80101')]],
    ['without nodes', [IR, field(0x3a, hex('120167')), OPSET]],
    // As onnx.proto has them; proto3 packs them into one field.
    ['with floats that are not packed', [IR, field(0x3a, hex('0a0f 2a0d 0a0161 3d0000803f 3d0000803f')), OPSET]],
    ['with floats that are packed', [IR, field(0x3a, hex('0a0f 2a0d 0a0161 3a080000803f0000803f')), OPSET]],
    // The first tensor takes the rest of the head: dims 64 and 64, float, raw_data.
    [
      'whose graph begins with a tensor',
      [IR, hex('3a9a8001 2a8d8001 08400840 1001 420177 4a808001'), new Uint8Array(500).fill(0xee)],
    ],
    ['with a description that takes all of the head', [IR, hex('32d0ae01'), bytesOf('x'.repeat(600))]],
  ])('%s', (_, parts) => expect(is(...parts)).toBe(true));

  test.each<[string, Uint8Array[]]>([
    ['a version and a name', [IR, field(0x12, bytesOf('pytorch'))]],
    ['a graph alone', [field(0x3a, hex('120167'))]],
    ['an empty graph', [IR, hex('3a00'), OPSET]],
    ['version 0', [hex('0800'), GRAPH, OPSET]],
    ['version 32', [hex('0820'), GRAPH, OPSET]],
    ['two versions', [IR, IR, GRAPH, OPSET]],
    ['a control character in a name', [IR, field(0x12, bytesOf('a\n')), GRAPH, OPSET]],
    ['a field of another type', [IR, hex('1001'), GRAPH, OPSET]],
    ['a number that is not used', [IR, hex('4801'), GRAPH, OPSET]],
    ['a graph of something else', [IR, field(0x3a, hex('0801')), OPSET]],
    ['a graph that ends within a node', [IR, field(0x3a, hex('0a7f0a0178')), OPSET]],
    ['a graph behind the end of the file', [IR, hex('3a7f120167')]],
    ['a number that breaks off', [GRAPH, hex('0881')]],
    ['more than Protocol Buffers takes', [IR, hex('3affffffff7f 0affffff7f 0a0178'), new Uint8Array(600)]],
    ['a long name in place of a description', [IR, hex('12d0ae01'), bytesOf('x'.repeat(600))]],
    ['a description of bytes', [IR, hex('32d0ae01'), new Uint8Array(600)]],
    ['a description without a version', [hex('32d0ae01'), bytesOf('x'.repeat(600))]],
    // Tensors of tests (input_0.pb), TensorFlow's saved_model.pb, CoreML's specification.
    ['a tensor', [hex('080108031001420178'), field(0x4a, new Uint8Array(12))]],
    ['a SavedModel', [hex('0801'), field(0x12, hex('0a0412002a00'))]],
    ['a model of CoreML', [hex('0804'), field(0x12, hex('0a050a0169')), hex('a21f020a00')]],
  ])('is not %s', (_, parts) => expect(is(...parts)).toBe(false));

  test('is cut off at no byte without being noticed, but behind a whole field', () => {
    const whole = concat(IR, GRAPH, OPSET);
    const models = Array.from({ length: whole.length + 1 }, (_, length) => length).filter((length) =>
      is(whole.subarray(0, length)),
    );
    expect(models).toEqual([whole.length - OPSET.length, whole.length]);
  });

  test('is no head of random bytes', () => {
    const random = seeded(11);
    const heads = Array.from({ length: 20_000 }, (_, i) => {
      const head = Uint8Array.from({ length: i % 2 === 0 ? HEAD_BYTES : 8 + (i % 90) }, () => random(256));
      head[0] = onnx.firstBytes?.[i % onnx.firstBytes.length] ?? 0;
      return head;
    });
    expect(heads.filter((head) => onnx.recognise(head))).toEqual([]);
  });
});
