import { describe, expect, test } from 'vitest';
import { MAX_FRAMES } from '../model/limits.ts';
import { closeFrame, FrameFault, MessageReader } from './websocket-frames.ts';

/** A binary message of one frame without a mask, whose length is written as short as it can be (RFC 6455, section 5.2). */
function frameOf(content: Buffer): Buffer {
  const { length } = content;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head[0] = 0x82;
  head[1] = length < 126 ? length : length < 65_536 ? 126 : 127;
  if (head.length === 4) head.writeUInt16BE(length, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, content]);
}

test.each([0, 125, 126, 65_535, 65_536, 66_000])(
  'a frame of %i bytes is one message, and ends where it ends',
  (length) => {
    const reader = new MessageReader({ most: 70_000, masked: false });
    const frame = frameOf(Buffer.alloc(length, 0x61));
    reader.push(Buffer.concat([frame, frameOf(Buffer.from('next'))]));
    expect(reader.next()?.raw.equals(frame)).toBe(true);
    expect(reader.next()?.content.toString()).toBe('next');
    expect(reader.next()).toBeNull();
  },
);

/** What a reader makes of bytes: the kind and the content of each message, then the fault, if there is one. */
function read(bytes: readonly number[], options: { masked?: boolean; most?: number } = {}): string[] {
  const reader = new MessageReader({ masked: false, most: 10, ...options });
  const found: string[] = [];
  reader.push(Buffer.from(bytes));
  try {
    for (let message = reader.next(); message !== null; message = reader.next())
      found.push(`${message.kind} ${message.content.toString('hex')} ${message.raw.toString('hex')}`);
  } catch (error) {
    if (!(error instanceof FrameFault)) throw error;
    found.push(`${error.message}${error.tooLarge ? ', too large' : ''}`);
  }
  return found;
}

describe('messages', () => {
  test.each<[string, number[], string[]]>([
    ['of text', [0x81, 1, 0x61], ['text 61 810161']],
    ['of bytes', [0x82, 1, 0x61], ['binary 61 820161']],
    ['of nothing', [0x81, 0], ['text  8100']],
    ['in three frames', [0x01, 1, 0x61, 0x00, 1, 0x62, 0x80, 1, 0x63], ['text 616263 010161000162800163']],
    ['with a control frame between', [0x02, 1, 0x61, 0x89, 0, 0x80, 0], ['control  8900', 'binary 61 0201618000']],
    ['of three kinds of control', [0x88, 0, 0x89, 0, 0x8a, 0], ['control  8800', 'control  8900', 'control  8a00']],
    ['that are cut', [0x81, 2, 0x61], []],
    ['that go on without a beginning', [0x80, 0], ['a frame out of order']],
    ['that begin within one', [0x01, 0, 0x81, 0], ['a frame out of order']],
    ['of an extension', [0xc1, 0], ['a frame of an extension']],
    ['of a second extension', [0xa1, 0], ['a frame of an extension']],
    ['of a third extension', [0x91, 0], ['a frame of an extension']],
    ['of kind 3', [0x83, 0], ['a frame of an unknown kind']],
    ['of kind 7', [0x87, 0], ['a frame of an unknown kind']],
    ['of kind 11', [0x8b, 0], ['a frame of an unknown kind']],
    ['with a mask', [0x81, 0x80, 0, 0, 0, 0], ['a frame whose mask is missing, or not']],
    ['of control that are cut', [0x09, 0], ['a control frame that is cut or long']],
    ['of control that are long', [0x89, 126, 0, 126], ['a control frame that is cut or long']],
    [
      'of ten bytes, and no more',
      [0x82, 10, ...Buffer.alloc(10)],
      [`binary ${'00'.repeat(10)} 820a${'00'.repeat(10)}`],
    ],
    ['of eleven bytes', [0x82, 11], ['a message of more than 10 bytes, too large']],
    [
      'of eleven bytes in two frames',
      [0x02, 6, 1, 2, 3, 4, 5, 6, 0x80, 5],
      ['a message of more than 10 bytes, too large'],
    ],
    [
      'of a length in two bytes that fits one',
      [0x82, 126, 0, 125],
      ['a length that is not written as short as it can be'],
    ],
    ['of a length in two bytes', [0x82, 126, 0, 126], ['a message of more than 10 bytes, too large']],
    ['of a length in two bytes, cut', [0x82, 126, 0], []],
    ['of a length in eight bytes, cut', [0x82, 127, 0, 0, 0, 0, 0, 1, 0], []],
    [
      'of a length in eight bytes that fits two',
      [0x82, 127, 0, 0, 0, 0, 0, 0, 0xff, 0xff],
      ['a length that is not written as short as it can be'],
    ],
    ['of a length in eight bytes', [0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0], ['a message of more than 10 bytes, too large']],
  ])('%s', (_name, bytes, expected) => expect(read(bytes)).toEqual(expected));

  test('of control have 125 bytes at most, whatever a message may have', () => {
    expect(read([0x89, 125, ...Buffer.alloc(125)])).toHaveLength(1);
  });

  test('of clients are masked', () => {
    const bytes = [0x82, 0x86, 1, 2, 3, 4, 0x60, 0x60, 0x60, 0x60, 0x60, 0x60];
    expect(read(bytes, { masked: true })).toEqual([`binary 616263646162 ${Buffer.from(bytes).toString('hex')}`]);
    expect(read([0x82, 0], { masked: true })).toEqual(['a frame whose mask is missing, or not']);
    expect(read(bytes.slice(0, -1), { masked: true })).toEqual([]);
  });

  test('have as many frames as may be', () => {
    const frames = (count: number): number[] => [0x01, 0, ...Array.from({ length: 2 * (count - 1) }, () => 0)];
    const last = [0x80, 0];
    expect(read([...frames(MAX_FRAMES - 1), ...last])).toHaveLength(1);
    expect(read([...frames(MAX_FRAMES), ...last])).toEqual(['a message of too many frames, too large']);
  });

  test('come however they are cut, and what is pending is known', () => {
    const bytes = Buffer.from([0x01, 2, 0x61, 0x62, 0x80, 1, 0x63, 0x82, 0]);
    const reader = new MessageReader({ masked: false, most: 10 });
    const states: unknown[] = [];
    for (const byte of bytes) {
      reader.push(Buffer.of(byte));
      const message = reader.next();
      states.push([message?.content.toString() ?? null, reader.pending, reader.isWithin]);
    }
    expect(states).toEqual([
      [null, 1, true],
      [null, 2, true],
      [null, 3, true],
      [null, 2, true],
      [null, 3, true],
      [null, 4, true],
      ['abc', 0, false],
      [null, 1, true],
      ['', 0, false],
    ]);
  });
});

test('the end has a status and no reason', () => {
  expect([closeFrame(1002), closeFrame(1011)].map((frame) => frame.toString('hex'))).toEqual(['880203ea', '880203f3']);
});
