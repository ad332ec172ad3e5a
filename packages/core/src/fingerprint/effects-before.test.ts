import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { op, pickle, type Op } from '../../test/kit.js';
import { memorySource } from '../bytes/source.js';
import { scan } from '../scan.js';

interface Told {
  readonly prints: readonly string[];
  readonly covers: readonly string[];
}

async function told(bytes: Uint8Array, path = 'a.pkl'): Promise<Told> {
  const report = await scan([{ path, source: memorySource(bytes), size: bytes.length }]);
  const found = report.findings.filter(({ ruleId }) => ruleId === 'PICKLE-EXEC');
  return { prints: found.map((one) => one.fingerprint), covers: found.map((one) => one.covers ?? 'nothing') };
}

const line = (code: string): Op => Uint8Array.from(code, (char) => char.charCodeAt(0));
const text = (value: string): Op => op.binUnicode(value);

/** As protocol 2 and as protocol 4, in a frame. */
function written(isFramed: boolean, ...ops: Op[]): Uint8Array {
  const body = pickle(...ops, op.stop);
  if (!isFramed) return pickle(op.proto(2), body);
  const head = new Uint8Array(11);
  head.set([0x80, 4, 0x95]);
  new DataView(head.buffer).setUint32(3, body.length, true);
  return pickle(head, body);
}

const run = (command: string, isFramed = false): Uint8Array =>
  written(isFramed, op.global('os', 'system'), text(command), op.tuple1, op.reduce);
/** Allowed, so that it is no finding; but it is called. */
const ordered = (isFramed = false): Uint8Array =>
  written(isFramed, op.global('collections', 'OrderedDict'), line(')'), op.reduce);
const plain = (value: string, isFramed = false): Uint8Array => written(isFramed, text(value));

interface Part {
  readonly kind: 'run' | 'ordered' | 'plain';
  readonly value: string;
  readonly isFramed: boolean;
}

const WRITE = {
  run: ({ value, isFramed }: Part) => run(value, isFramed),
  ordered: ({ isFramed }: Part) => ordered(isFramed),
  plain: ({ value, isFramed }: Part) => plain(value, isFramed),
};

/** For each stream that is found: what one loader has done when it has read it. */
function model(parts: readonly Part[]): string[] {
  const done: string[] = [];
  return parts.flatMap(({ kind, value }) => {
    if (kind !== 'plain') done.push(kind === 'run' ? `run ${value}` : kind);
    return kind === 'run' ? [done.join(', ')] : [];
  });
}

const part = fc.record<Part>({
  kind: fc.constantFrom('run', 'ordered', 'plain'),
  value: fc.constantFrom('a', 'b'),
  isFramed: fc.boolean(),
});

test('streams in a row have equal fingerprints exactly where the same was done before and by them', async () => {
  const rows = fc.array(part, { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(rows, rows, fc.boolean(), async (one, other, isShuffled) => {
      const second = isShuffled ? [...other, ...one].slice(-one.length - 1) : other;
      const prints = await Promise.all(
        [one, second].map(async (parts) => (await told(pickle(...parts.map((item) => WRITE[item.kind](item))))).prints),
      );
      const [keys, others] = [model(one), model(second)];
      expect(prints[0]).toHaveLength(keys.length);
      expect(prints[0]?.filter((print) => prints[1]?.includes(print)).length).toBe(
        keys.filter((key) => others.includes(key)).length,
      );
    }),
    { numRuns: 150 },
  );
});

describe('a stream behind others has another fingerprint', () => {
  const [a, b] = [run('a'), run('b')];
  test.each<[string, Uint8Array, Uint8Array]>([
    ['in another order', pickle(a, b), pickle(b, a)],
    ['when the one before is left out', pickle(a, b), b],
    ['behind one that is put before it', b, pickle(ordered(), b)],
    ['behind another state of what was loaded before', pickle(ordered(), b), pickle(a, b)],
    [
      'behind a stream that readers take differently',
      pickle(written(false, line('I0x10\n')), b),
      pickle(written(false, line('I0x11\n')), b),
    ],
    [
      'when an unpickler that is used again finds something else in its memo',
      pickle(
        written(false, text('a'), op.binPut(0)),
        written(false, op.global('os', 'system'), op.binGet(0), op.tuple1, op.reduce),
      ),
      pickle(
        written(false, text('b'), op.binPut(0)),
        written(false, op.global('os', 'system'), op.binGet(0), op.tuple1, op.reduce),
      ),
    ],
  ])('%s', async (_name, one, other) => {
    const [first, second] = [(await told(one)).prints.at(-1), (await told(other)).prints];
    expect(first).toBeDefined();
    expect(second).not.toContain(first);
  });
});

test('and the same one where it is saved again, and where plain data come before it', async () => {
  const saved = pickle(run('a', true), plain('x', true), ordered(true), run('b', true));
  const again = pickle(plain('y'), run('a'), ordered(), plain('z'), run('b'));
  expect(await told(again)).toEqual(await told(saved));
  expect((await told(saved)).covers).toEqual(['effects', 'effects']);
});

describe('a file of PyTorch before 1.6', () => {
  const MAGIC = line('\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19');
  const legacy = (object: Uint8Array, behind: Uint8Array, info = plain('info')): Uint8Array =>
    pickle(written(false, MAGIC), written(false, line('M\xe9\x03')), info, object, written(false, line(']')), behind);

  test('covers what is loaded before the object, and the elements of its tensors', async () => {
    const print = async (...args: Parameters<typeof legacy>): Promise<string | undefined> =>
      (await told(legacy(...args), 'm.pt')).prints[0];
    const own = await print(run('a'), line(''));
    expect(own).toBeDefined();
    expect(await print(run('a'), line(''), plain('other'))).toBe(own);
    expect(await print(run('a'), line(''), ordered())).not.toBe(own);
    expect(await print(run('a'), line('\x01\x00\x00\x00\x00\x00\x00\x00abcd'))).not.toBe(own);
  });
});
