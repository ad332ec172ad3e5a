import { describe, expect, test } from 'vitest';
import { op, pickle } from '../../test/kit.js';
import { budgetOf } from '../../test/open-container.js';
import { bytesOf, concat, zipOf } from '../../test/zip-builder.js';
import { memorySource, type ByteSource } from '../bytes/source.js';
import { InputError } from '../model/errors.js';
import { IN_NAMES } from '../model/interest.js';
import { ARTIFACT, TAIL } from '../model/origin.js';
import { inspect, noteFound, type InspectOptions } from './inspect.js';
import type { Member } from './members/container.js';
import type { Outcome } from './members/further.js';
import { noticeOf, type Found } from './members/look.js';

const NAMES = pickle(op.proto(2), op.global('os', 'f'), op.stop);
const REPOSITORY = bytesOf('{"auto_map": {"AutoModel": "evil.Model"}}');

const memberOf = (name: string, bytes: Uint8Array, more: Partial<Member> = {}): Member => ({
  path: name,
  name,
  source: memorySource(bytes),
  depth: 0,
  origin: ARTIFACT,
  ...more,
});

async function found(member: Member, options: InspectOptions = {}, budget = budgetOf()): Promise<Found[]> {
  const all: Found[] = [];
  for await (const one of inspect(member, budget, options)) all.push(one);
  return all;
}

function shown(one: Found): string {
  if (one.kind === 'format') return `format ${one.format}`;
  if (one.kind === 'stream') return `stream ${one.stream.path}@${one.stream.offset}+${one.stream.length}`;
  if (one.kind === 'notice') return `${one.notice.cause}: ${one.notice.reason}`;
  if (one.kind === 'opaque') return `opaque ${one.opaque.format} ${one.opaque.size}: ${one.opaque.reason}`;
  return one.kind === 'fact' && 'problem' in one.fact ? `${one.fact.kind} ${one.fact.problem}` : one.kind;
}

const lines = async (...given: Parameters<typeof found>): Promise<string[]> => (await found(...given)).map(shown);

test('streams have a digest unless nobody asks', async () => {
  const digest = async (options: InspectOptions): Promise<unknown> => {
    const [, stream] = await found(memberOf('a.pkl', NAMES), { interest: IN_NAMES, ...options });
    return stream?.kind === 'stream' ? typeof stream.stream.sha256 : stream;
  };
  expect(await digest({})).toBe('string');
  expect(await digest({ digests: false })).toBe('object');
});

test('what a file says of its repository is asked for', async () => {
  expect(await lines(memberOf('config.json', REPOSITORY))).toEqual([]);
  expect(await lines(memberOf('config.json', REPOSITORY), { repositories: true })).toContain('repository');
});

test('the member at the limit of the depth is looked at, and the one below it is a limit that is said', async () => {
  const budget = budgetOf({ depth: 3 });
  expect(await lines(memberOf('a.pkl', NAMES, { depth: 3 }), {}, budget)).toContain('stream a.pkl@0+9');
  expect(await lines(memberOf('a.pkl', NAMES, { depth: 4 }), {}, budget)).toEqual([
    'archive.bomb nesting',
    'limit: archives lie more than 3 deep in each other',
  ]);
});

test('a member is counted by its packed bytes, or by its size where that is known', async () => {
  const looked = async (more: Partial<Member>): Promise<number> => {
    const budget = budgetOf();
    let first = -1;
    budget.countLooked = (bytes) => {
      if (first < 0) first = bytes;
    };
    await found(memberOf('a.txt', bytesOf('hello'), more), {}, budget);
    return first;
  };
  expect(await looked({})).toBe(5);
  expect(await looked({ packed: { compressed: 3, declared: 5 } })).toBe(3);
  const endless = { size: Infinity, read: () => new Uint8Array(0) };
  expect(await looked({ source: endless })).toBe(0);
});

test('the objects of an array are pickles, whatever the bytes begin with', async () => {
  const zip = zipOf([{ name: 'a', data: NAMES }]);
  expect(await lines(memberOf('a.npy', zip, { role: 'npy' }))).not.toContain('format zip');
  expect(await lines(memberOf('a.npy', bytesOf('hello'), { role: 'npy' }))).toEqual([
    'format pickle',
    'stream a.npy@0+2',
    'corrupt: memo slot 101 is read before it is written',
  ]);
});

test('who watches sees the member with its format', async () => {
  const seen: (string | null)[] = [];
  const watch = (_member: Member, format: string | null): Promise<void> => {
    seen.push(format);
    return Promise.resolve();
  };
  await found(memberOf('a.bin', zipOf([{ name: 'a.pkl', data: NAMES }])), { watch });
  expect(seen).toEqual(['zip', null, 'pickle']);
});

test('a format that is not analysed says why, how large it is, and that its name promises another one', async () => {
  const png = concat(bytesOf('?PNG\r\n').fill(0x89, 0, 1), new Uint8Array(20));
  const own = await lines(memberOf('a.png', png));
  expect(own).toEqual([expect.stringMatching(/^opaque png 26: [^:]*analysed\.$/)]);
  expect(await lines(memberOf('a.pkl', png))).toContain(
    `${own[0]} The name promises a pickle or an archive that holds one: loaders of that refuse these bytes, but for what is reported beside them.`,
  );
  expect(await lines(memberOf('[bytes 9-]', png, { origin: TAIL }))).toEqual([]);
});

test('bytes that nobody claims are accounted for as data, and those of a format as not analysed', async () => {
  const png = concat(bytesOf('?PNG\r\n').fill(0x89, 0, 1), new Uint8Array(20));
  const claimed = async (origin: Member['origin']): Promise<string[]> => {
    const budget = budgetOf();
    const kinds: string[] = [];
    budget.ledger.claim = (_source, start, end, kind) => void kinds.push(`${start}-${end} ${kind}`);
    await found(memberOf('a.png', png, { origin }), {}, budget);
    return kinds.filter((kind) => kind.startsWith('0-26'));
  };
  expect(await claimed(ARTIFACT)).toEqual(['0-26 not-analysed']);
  expect(await claimed(TAIL)).toEqual(['0-26 data', '0-26 not-analysed']);
});

test('a fault of the source is a notice', async () => {
  const source: ByteSource = {
    size: 20,
    read: () => {
      throw new InputError('the disk says no', 7, 'unreadable');
    },
  };
  expect(await lines(memberOf('a.pkl', NAMES, { source }))).toEqual(['unreadable: the disk says no']);
});

describe('what a finding says of the bytes as a whole', () => {
  const stream = (end: string, offset: number, length: number): Found =>
    ({ kind: 'stream', stream: { end, offset, length } }) as unknown as Found;
  const format = (name: 'npy' | 'unknown'): Found => ({ kind: 'format', format: name, depth: 0 });
  const notice = noticeOf('a', null, 'corrupt', 'why');

  test.each<[string, readonly Found[], boolean, boolean, number]>([
    ['nothing', [], false, true, 0],
    ['a format', [format('npy')], true, true, 0],
    ['bytes of no format', [format('unknown')], false, true, 0],
    ['a notice', [notice], false, false, 0],
    ['a stream that ends', [stream('stop', 0, 9)], true, false, 9],
    ['a stream that breaks off', [stream('error', 0, 9)], false, false, 0],
    ['a stream further in', [stream('stop', 1, 9)], true, false, 0],
    ['two readings of one stream', [stream('stop', 0, 9), stream('stop', 0, 5)], true, false, 9],
  ])('%s', (_name, all, explained, isWholeArray, pickleEnd) => {
    const outcome: Outcome = {
      format: 'npy',
      others: [],
      firstByte: 0x93,
      endsAsZip: false,
      explained: false,
      isWholeArray: true,
      pickleEnd: 0,
      held: [],
    };
    for (const one of all) noteFound(one, outcome);
    expect(outcome).toMatchObject({ explained, isWholeArray, pickleEnd });
  });
});
