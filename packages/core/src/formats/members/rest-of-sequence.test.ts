import { expect, test } from 'vitest';
import { op, pickle } from '../../../test/kit.js';
import { lookThat, short } from '../../../test/look-double.js';
import { bytesOf, concat } from '../../../test/zip-builder.js';
import { memorySource } from '../../bytes/source.js';
import { PADDING_BYTES } from '../../model/limits.js';
import { ENTRY, type Origin } from '../../model/origin.js';
import { analyseStream } from '../../streams/stream.js';
import type { Member } from './container.js';
import { pickleInput, restOfSequence } from './streams.js';

const NAMES = pickle(op.proto(2), op.global('os', 'f'), op.stop);
const NONE = pickle(op.proto(2), op.none, op.stop);
const zeros = (count: number): Uint8Array => new Uint8Array(count);

/** What lies behind the first stream: streams by their offsets, facts, and the members that are looked at. */
async function behind(bytes: Uint8Array, more: Partial<Origin> = {}): Promise<string[]> {
  const { look, members } = lookThat(() => []);
  const member: Member = {
    path: 'm',
    name: 'm',
    source: memorySource(bytes),
    depth: 1,
    origin: { ...ENTRY, ...more },
  };
  const input = pickleInput(member, look);
  const said: string[] = [];
  for await (const found of restOfSequence(input, member, await analyseStream(input, 0), look))
    said.push(found.kind === 'stream' ? `stream @${found.stream.offset}` : short(found));
  return [...said, ...members.map(({ path }) => path)];
}

const REST = 'fact pickle.structure';

test.each<[string, Uint8Array, Partial<Origin>, readonly string[]]>([
  ['nothing', NONE, {}, []],
  ['a stream', concat(NONE, NAMES), {}, ['stream @4']],
  ['other bytes', concat(NONE, bytesOf('junk')), {}, [REST, 'm![bytes 4-]']],
  ['other bytes of an entry that is cut', concat(NONE, bytesOf('junk')), { isCut: true }, []],
  ['a stream behind one zero', concat(NONE, zeros(1), NAMES), {}, [REST, 'stream @5', 'm![bytes 4-]']],
  [
    'streams behind zeros',
    concat(NONE, zeros(3), NAMES, NAMES, zeros(2), NAMES),
    {},
    [REST, 'stream @7', 'stream @16', 'stream @27', 'm![bytes 4-]'],
  ],
  ['no stream behind zeros', concat(NONE, zeros(3), bytesOf('junk'), zeros(2), NAMES), {}, [REST, 'm![bytes 4-]']],
  [
    'a stream behind the most zeros',
    concat(NONE, zeros(PADDING_BYTES - 1), NAMES),
    {},
    [REST, `stream @${4 + PADDING_BYTES - 1}`, 'm![bytes 4-]'],
  ],
  ['a stream behind more zeros', concat(NONE, zeros(PADDING_BYTES), NAMES), {}, [REST, 'm![bytes 4-]']],
])('%s', async (_, bytes, more, expected) => {
  expect(await behind(bytes, more)).toEqual(expected);
});
