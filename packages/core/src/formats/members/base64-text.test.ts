import { ARTIFACT } from '../../model/origin.js';
import { describe, expect, test } from 'vitest';
import { budgetOf, openAll } from '../../../test/open-container.js';
import { op, pickle } from '../../../test/kit.js';
import { memorySource } from '../../bytes/source.js';
import { MAX_BASE64_TOKENS } from '../../model/limits.js';
import { base64Text } from './base64-text.js';

const BLOCK = 1 << 20;
const stream = pickle(op.proto(4), op.global('os', 'getcwd'), op.emptyTuple, op.reduce, op.stop);
const token = Buffer.from(stream).toString('base64');

/** The tokens of a text by their offsets, decoded as latin-1. */
async function tokens(text: string): Promise<Record<string, string>> {
  return (await openAll(base64Text, new TextEncoder().encode(text))).members;
}

describe('base64 in text', () => {
  test.each([
    ['in quotes', `model = "${token}"`],
    ['URL-safe', `model = "${token.replaceAll('+', '-').replaceAll('/', '_')}"`],
    ['in lines', `model = "${token.slice(0, 10)}\n          ${token.slice(10)}"`],
    ['with the line breaks of JSON', `model = "${token.slice(0, 10)}\\n${token.slice(10)}"`],
    ['in texts in a row', `model = "${token.slice(0, 10)}"\r\n  "${token.slice(10)}"`.replace('"\r', '\r')],
  ])('is decoded: %s', async (_name, text) => {
    expect(await tokens(text)).toEqual({ '<base64 @9>': Buffer.from(stream).toString('latin1') });
  });

  test('of few characters, or behind other letters, is none', async () => {
    expect(await tokens('gASVaaaaaaaaa "x' + token + '"')).toEqual({});
  });

  test('has a beginning and thirteen characters or breaks more', async () => {
    const text = token.slice(0, 3 + 13);
    expect(Object.keys(await tokens(`${text} ${text.slice(0, -1)} "${text}"`))).toEqual([
      '<base64 @0>',
      '<base64 @34>',
    ]);
    expect(Object.keys(await tokens(`${text.slice(0, -1)}\n.`))).toEqual(['<base64 @0>']);
    expect(Object.keys(await tokens(`${text.slice(0, -2)}\n.`))).toEqual([]);
  });

  test('is found at any end of a block of the text', async () => {
    for (let before = -2; before <= token.length + 12; before += 1) {
      const at = BLOCK - before;
      const text = `${'#'.repeat(at - 1)}"${token}"`;
      expect(Object.keys(await tokens(text)), `at ${at}`).toEqual([`<base64 @${at}>`]);
    }
  });

  test('that goes on behind a letter at the end of a block is none', async () => {
    // The second block begins with the ninth last character of the first.
    for (const before of [8, 9, 10]) expect(await tokens(`${'#'.repeat(BLOCK - before - 1)}a${token} `)).toEqual({});
  });

  test('of many megabytes is decoded: no stack is used for its length (CWE-674)', async () => {
    const bytes = pickle(op.proto(4), op.binBytes8(new Uint8Array(12 * BLOCK)), op.stop);
    const source = memorySource(new TextEncoder().encode(`model = "${Buffer.from(bytes).toString('base64')}"`));
    const sizes: number[] = [];
    for await (const opened of base64Text({ path: 'm', name: 'm', source, depth: 0, origin: ARTIFACT }, budgetOf()))
      if (opened.kind === 'member') sizes.push(opened.member.source.size);
    expect(sizes).toEqual([bytes.length]);
  });

  test('that begins again in each line is one token', async () => {
    const members = await tokens('gASV\n'.repeat(200_000));
    expect(Object.keys(members)).toEqual(['<base64 @0>']);
  });

  test('of many tokens is decoded up to a number of them', async () => {
    const text = (count: number) => openAll(base64Text, new TextEncoder().encode(`"${token}" `.repeat(count)));
    const most = await text(MAX_BASE64_TOKENS);
    expect([Object.keys(most.members).length, most.notices]).toEqual([MAX_BASE64_TOKENS, []]);
    const more = await text(MAX_BASE64_TOKENS + 3);
    expect(Object.keys(more.members)).toHaveLength(MAX_BASE64_TOKENS);
    expect(more.notices).toEqual([
      {
        path: 'c',
        offset: MAX_BASE64_TOKENS * (token.length + 3) + 1,
        cause: 'limit',
        reason: `more than ${MAX_BASE64_TOKENS} base64 tokens`,
      },
    ]);
  });

  test('ends at a backslash that breaks no line, and at its padding', async () => {
    const whole = Buffer.from(stream).toString('latin1');
    for (const more of ['', 'a', 'ab']) {
      const longer = Buffer.from(whole + more, 'latin1').toString('base64');
      expect(await tokens(`"${longer}"`)).toEqual({ '<base64 @1>': whole + more });
      expect(await tokens(`${longer}==x`)).toEqual({ '<base64 @0>': whole + more });
      expect(await tokens(`${longer}\\t${token}`)).toEqual({ '<base64 @0>': whole + more });
      expect(await tokens(`${longer}\n .ab`)).toEqual({ '<base64 @0>': whole + more });
      const unpadded = longer.replace(/=+$/, '');
      expect(await tokens(`${unpadded}\\t `)).toEqual({ '<base64 @0>': whole + more });
      expect(await tokens(`${unpadded}"a `)).toEqual({ '<base64 @0>': whole + more });
      expect(await tokens(`${longer}\rx`)).toEqual({ '<base64 @0>': whole + more });
    }
    // A last group of one character holds no byte, one of two holds one.
    const even = Buffer.from(`${whole}ab`, 'latin1').toString('base64');
    expect(even).not.toMatch(/=$/);
    expect(await tokens(`${even}A `)).toEqual({ '<base64 @0>': `${whole}ab` });
    expect(await tokens(`${even}QQ `)).toEqual({ '<base64 @0>': `${whole}abA` });
  });

  test('has a depth, a name and no known reader', async () => {
    const source = memorySource(new TextEncoder().encode(`x "${token}"`));
    const members: unknown[] = [];
    for await (const opened of base64Text({ path: 'c', name: 'm', source, depth: 4, origin: ARTIFACT }, budgetOf()))
      if (opened.kind === 'member') {
        const { path, name, depth, origin } = opened.member;
        members.push([path, name, depth, origin]);
      }
    expect(members).toEqual([['c!<base64 @3>', '<base64 @3>', 5, { from: 'text', reader: 'nobody' }]]);
  });
});
