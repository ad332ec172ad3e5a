import { expect, test } from 'vitest';
import { inspected } from '../../test/inspect-kit.ts';
import { eventValues } from './event-stream.ts';

const values = (text: string): [string, number][] =>
  [...eventValues(Buffer.from(text))].map(({ bytes, offset }) => [bytes.toString(), offset]);

test.each<[string, [string, number][]]>([
  ['', []],
  ['\n\n', []],
  [
    'data: a\n\ndata:b\n\n',
    [
      ['a', 5],
      ['b', 14],
    ],
  ],
  ['data: a\ndata:  b\r\ndata\rdata: c\n\n', [['a\n b\n\nc', 5]]],
  [
    'event: e\nid: 1\n: comment\nretry:5\ndata: a',
    [
      ['e', 6],
      ['1', 12],
      ['comment', 16],
      ['5', 31],
      ['a', 38],
    ],
  ],
  [
    'data: a\r\n\r\ndata: b\r\r',
    [
      ['a', 5],
      ['b', 16],
    ],
  ],
  ['\ufeffdata: a\n\n', [['a', 8]]],
  ['data', [['', 4]]],
  ['data:', [['', 5]]],
  ['database: x', [['x', 9]]],
])('the values of %j', (text, expected) => expect(values(text)).toEqual(expected));

const PICKLE = Buffer.from('\x80\x04\x8c\x05posix\x8c\x06system\x93\x8c\x04true\x85R.', 'latin1').toString('base64');
const isRefused = async (text: string): Promise<boolean> =>
  (await inspected({ contentType: 'text/event-stream', body: Buffer.from(text) })) !== null;

test.each([
  ['as data', `data: ${PICKLE}\n\n`],
  ['in JSON, behind other events', `data: {"a": 1}\n\ndata: {"a": "${PICKLE}"}\n\ndata: [DONE]\n\n`],
  ['in lines of one event', `data: ${PICKLE.slice(0, 9)}\ndata: ${PICKLE.slice(9)}\n\n`],
  [
    'in the deltas of a chat',
    [...PICKLE].map((delta) => `data: {"choices": [{"delta": {"content": "${delta}"}}]}\n\n`).join(''),
  ],
  ['in a comment', `: ${PICKLE}\n\n`],
  ['as an id', `id: ${PICKLE}\n\n`],
])('an object %s is refused', async (_name, text) => expect(await isRefused(text)).toBe(true));

test('a chat passes', async () => {
  const words = 'What does `cos\\nsystem` do ? \\u00e9'.split(' ');
  const events = words.map((word) => `data: {"choices": [{"delta": {"content": "${word} "}}]}\n\n`);
  expect(await isRefused(`${events.join('')}data: [DONE]\n\n`)).toBe(false);
});
