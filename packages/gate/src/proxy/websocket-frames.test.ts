import { expect, test } from 'vitest';
import { MessageReader } from './websocket-frames.ts';

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
