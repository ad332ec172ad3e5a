import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { Held } from '../proxy/body-reader.ts';
import { framed } from './framing.ts';
import { IncomingMessages, type IncomingOptions } from './incoming.ts';

function reading(options: Partial<IncomingOptions> = {}) {
  const stream = new PassThrough();
  const held = new Held(1_000);
  const incoming = new IncomingMessages(stream, {
    limit: 500,
    idleMs: 60,
    totalMs: 200,
    isUnary: false,
    held,
    ...options,
  });
  const next = async (): Promise<string> => {
    const one = await incoming.next();
    if (one === 'end') return one;
    if ('rule' in one) return `${one.rule} ${one.signal}`;
    incoming.release(one);
    return one.message.toString();
  };
  return { stream, held, incoming, next };
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('messages of a stream', () => {
  test('come one by one, and what is held is given back', async () => {
    const { stream, held, next } = reading();
    stream.end(Buffer.concat(['a', 'bb', ''].map((text) => framed(Buffer.from(text)))));
    expect([await next(), held.bytes]).toEqual(['a', 18 - 6]);
    expect([await next(), await next(), held.bytes, await next(), await next()]).toEqual(['bb', '', 0, 'end', 'end']);
  });

  test('may be far between, and not within', async () => {
    const { stream, next } = reading();
    stream.write(framed(Buffer.from('a')));
    expect(await next()).toBe('a');
    const second = next();
    await wait(150);
    stream.write(framed(Buffer.from('b')));
    expect(await second).toBe('b');
    stream.write(framed(Buffer.from('c')).subarray(0, 5));
    expect(await next()).toBe('GATE-SLOW message');
  });

  test('a byte now and then is too slow as well', async () => {
    const { stream, next } = reading();
    const timer = setInterval(() => stream.write(Buffer.of(0)), 30);
    stream.write(Buffer.of(0, 0, 0, 1, 0));
    expect(await next()).toBe('GATE-SLOW message');
    clearInterval(timer);
  });

  test('one that is expected has to come', async () => {
    expect(await reading({ isUnary: true }).next()).toBe('GATE-SLOW message');
  });

  test('what is too large, cut, no message, or more than is held', async () => {
    const large = reading();
    large.stream.write(Buffer.of(0, 0, 0, 2, 0));
    expect(await large.next()).toBe('GATE-SIZE message');
    const cut = reading();
    cut.stream.end(Buffer.of(0, 0));
    expect(await cut.next()).toBe('GATE-HTTP grpc-cut');
    const flag = reading();
    flag.stream.end(Buffer.of(9, 0, 0, 0, 0));
    expect([await flag.next(), await flag.next()]).toEqual(['GATE-HTTP grpc-flag', 'GATE-HTTP grpc-flag']);
    const full = reading({ held: new Held(3) });
    full.stream.write(framed(Buffer.from('a')));
    expect(await full.next()).toBe('GATE-BUSY held');
  });

  test('a client that leaves, and one that is left', async () => {
    const gone = reading();
    const left = gone.next();
    gone.stream.destroy();
    expect(await left).toBe('GATE-ABORTED aborted');
    const { stream, held, incoming, next } = reading();
    stream.write(Buffer.concat([framed(Buffer.from('a')), framed(Buffer.from('b'))]));
    const frame = await incoming.next();
    const waiting = next();
    incoming.dispose();
    expect([await waiting, held.bytes]).toEqual(['b', 0]);
    if (typeof frame === 'object' && 'bytes' in frame) incoming.release(frame);
    expect([await next(), held.bytes]).toEqual(['end', 0]);
    const abandoned = reading();
    const none = abandoned.next();
    abandoned.incoming.abandon();
    expect(await none).toBe('end');
  });
});

describe('time and what is held', () => {
  test('a message has its whole time anew behind another one', async () => {
    const { stream, next } = reading({ idleMs: 1_000, totalMs: 500 });
    for (const text of ['a', 'b', 'c']) {
      const one = next();
      stream.write(Buffer.of(0, 0, 0, 0));
      await wait(200);
      stream.write(Buffer.concat([Buffer.of(1), Buffer.from(text)]));
      expect(await one).toBe(text);
    }
  });

  test('where one is expected its time runs from the beginning, and stops with it', async () => {
    const { stream, incoming, next } = reading({ isUnary: true, idleMs: 250, totalMs: 250 });
    stream.end(framed(Buffer.from('a')));
    expect(await next()).toBe('a');
    await wait(300);
    expect(await next()).toBe('end');
    incoming.dispose();
    const unasked = reading({ isUnary: true, idleMs: 250, totalMs: 250 });
    await wait(300);
    expect(await unasked.next()).toBe('GATE-SLOW message');
  });

  test('what is disposed of gives back what it holds, once', async () => {
    const { stream, held, incoming } = reading();
    held.take(100);
    stream.write(Buffer.concat([framed(Buffer.from('abc')), Buffer.of(0, 0)]));
    const frame = await incoming.next();
    expect(held.bytes).toBe(110);
    incoming.dispose();
    incoming.dispose();
    expect(held.bytes).toBe(100);
    if (typeof frame === 'object' && 'bytes' in frame) incoming.release(frame);
    expect(held.bytes).toBe(100);
    stream.write(Buffer.alloc(50));
    await wait(5);
    expect([held.bytes, stream.readableLength]).toEqual([100, 0]);
  });

  test.each([
    [0, 'GATE-HTTP grpc-cut'],
    [8, 'GATE-ABORTED aborted'],
  ])('a stream that ends within a message by a reset with %i', async (rstCode, expected) => {
    const { stream, next } = reading();
    Object.assign(stream, { rstCode });
    stream.end(Buffer.of(0, 0));
    expect(await next()).toBe(expected);
  });

  test('is read on only while somebody waits', async () => {
    const { stream, held, next } = reading();
    stream.write(Buffer.concat([framed(Buffer.from('a')), framed(Buffer.from('b'))]));
    await wait(5);
    expect(held.bytes).toBe(0);
    expect(await next()).toBe('a');
    stream.write(framed(Buffer.from('c')));
    await wait(5);
    expect(held.bytes).toBe(6);
    expect([await next(), await next()]).toEqual(['b', 'c']);
  });
});
