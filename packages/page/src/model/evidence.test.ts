import { describe, expect, test } from 'vitest';
import { contentsOf, DANGEROUS, fixture, reportOf, traceOf } from '../../test/report-kit.js';
import { inMember, pinsOf, segmentsOf, sharesOf } from './byte-map.js';
import { hexRows, windowAround } from './hex.js';
import { memberTree } from './member-tree.js';
import { programRows, rowOf, warningsOf } from './program.js';
import { subjectsOf, type Subject } from './subjects.js';
import { artifactFacts, importsOf } from './what-was-read.js';

async function subjectOf(path: string, bytes: Uint8Array): Promise<Subject> {
  const [subject] = subjectsOf(await reportOf({ [path]: bytes }));
  if (subject === undefined) throw new Error('no artifact');
  return subject;
}

const TORCH = 'samples/models/sentiment-finetuned.pt';

describe('the member tree', () => {
  test('has containers in containers, each with the worst of what it holds', async () => {
    const bytes = fixture(TORCH);
    const subject = await subjectOf('m.pt', bytes);
    const { members } = await contentsOf('m.pt', bytes);
    const rows = memberTree(subject, members);
    expect(rows[0]).toMatchObject({ path: 'm.pt', name: 'm.pt', depth: 0, worst: 'CRITICAL' });
    expect(rows.find(({ name }) => name === 'archive/data.pkl')).toMatchObject({
      depth: 1,
      format: 'pickle',
      worst: 'CRITICAL',
      findings: 2,
    });
    expect(rows.find(({ name }) => name === 'archive/version')?.worst).toBeNull();
  });

  test('comes from the report alone where the file is not there', async () => {
    const rows = memberTree(await subjectOf('m.pt', fixture(TORCH)), []);
    expect(rows.map(({ path }) => path)).toEqual(['m.pt', 'm.pt!archive/data.pkl']);
  });

  test('a name with a separator in it is a child of what is known to hold it', async () => {
    const subject = await subjectOf('m.pt', fixture(TORCH));
    const member = { kind: 'member', format: null, size: 1, start: null, end: null, packed: false } as const;
    const rows = memberTree(subject, [
      { ...member, path: 'm.pt', depth: 0 },
      { ...member, path: 'm.pt!a!b', depth: 1 },
      { ...member, path: 'm.pt!a!b!c', depth: 2 },
    ]);
    expect(rows.filter(({ path }) => path.includes('a!b')).map(({ name, depth }) => [name, depth])).toEqual([
      ['a!b', 1],
      ['c', 2],
    ]);
  });
});

describe('the byte map', () => {
  test('goes from the first byte to the last without a gap, with members and tensors', async () => {
    const bytes = fixture('samples/models/image-head.pt');
    const { artifact } = await subjectOf('m.pt', bytes);
    const { members, tensors } = await contentsOf('m.pt', bytes);
    const segments = segmentsOf(artifact.size, artifact.coverage, members, tensors);
    let at = 0;
    for (const { start, end } of segments) {
      expect(start).toBe(at);
      expect(end).toBeGreaterThan(start);
      at = end;
    }
    expect(at).toBe(bytes.length);
    expect(segments.filter(({ kind }) => kind === 'tensors').map(({ tensor }) => tensor?.name)).toEqual([
      '0.weight',
      '0.bias',
      '2.weight',
      '2.bias',
    ]);
  });

  test('adds up by kinds to what the coverage says', async () => {
    const bytes = fixture('samples/models/image-head.pt');
    const { artifact } = await subjectOf('m.pt', bytes);
    const { members, tensors } = await contentsOf('m.pt', bytes);
    const sums = new Map<string, number>();
    for (const { kind, start, end } of segmentsOf(artifact.size, artifact.coverage, members, tensors))
      sums.set(kind, (sums.get(kind) ?? 0) + end - start);
    expect(Object.fromEntries(sums)).toEqual(
      Object.fromEntries(sharesOf(artifact.coverage, artifact.size).map(({ kind, bytes: sum }) => [kind, sum])),
    );
  });

  test('is cut at the tensors of a file without members', async () => {
    const records = { b: [8, 24], a: [0, 8], view: [2, 6] };
    const header = JSON.stringify(
      Object.fromEntries(
        Object.entries(records).map(([name, [start = 0, end = 0]]) => [
          name,
          { dtype: 'U8', shape: [end - start], data_offsets: [start, end] },
        ]),
      ),
    );
    const length = new Uint8Array(8);
    length[0] = header.length;
    const bytes = new Uint8Array([...length, ...new TextEncoder().encode(header), ...new Uint8Array(30)]);
    const { artifact } = await subjectOf('m.safetensors', bytes);
    const { members, tensors } = await contentsOf('m.safetensors', bytes);
    const segments = segmentsOf(artifact.size, artifact.coverage, members, tensors);
    const at = 8 + header.length;
    expect(
      segments.map(({ start, end, tensor, moreTensors }) => [start, end, tensor?.name ?? null, moreTensors]),
    ).toEqual([
      [0, at, null, 0],
      [at, at + 8, 'a', 1],
      [at + 8, at + 24, 'b', 0],
      [at + 24, at + 30, null, 0],
    ]);
  });

  test('is not led astray by members that lie over each other', () => {
    const member = (path: string, start: number, end: number) =>
      ({ kind: 'member', path, format: null, depth: 1, size: end - start, start, end, packed: false }) as const;
    const coverage = { totals: [{ kind: 'parsed', reason: null, bytes: 100 }], ranges: [], moreRanges: 1 } as const;
    const segments = segmentsOf(100, coverage, [member('a', 10, 60), member('b', 20, 90), member('c', 0, 5)], []);
    expect(segments.map(({ start, end, member: of }) => [start, end, of])).toEqual([
      [0, 5, 'c'],
      [5, 10, null],
      [10, 60, 'a'],
      [60, 100, null],
    ]);
  });

  test('a range of the file is one of the member that holds it as it lies there', async () => {
    const { members, tensors } = await contentsOf('m.pt', fixture('samples/models/image-head.pt'));
    const [tensor] = tensors;
    const range = { start: tensor?.start ?? 0, end: tensor?.end ?? 0 };
    expect(inMember(range, 'm.pt', members)).toEqual({ member: 'm.pt!archive/data/0', range: { start: 0, end: 512 } });
    expect(inMember({ start: 0, end: 4 }, 'm.pt', members)).toEqual({ member: null, range: { start: 0, end: 4 } });
  });

  test('has a pin at the offset of a finding in the file', async () => {
    const bytes = fixture(TORCH);
    const { artifact, findings } = await subjectOf('m.pt', bytes);
    const { members } = await contentsOf('m.pt', bytes);
    const [pin] = pinsOf(artifact, findings, members);
    const offset = findings[0]?.location.offset ?? 0;
    const start = members.find(({ path }) => path === 'm.pt!archive/data.pkl')?.start ?? 0;
    expect(pin).toBe((start + offset) / artifact.size);
  });
});

describe('the program', () => {
  test('marks the line that a finding is about, and finds it again', async () => {
    const { findings } = await subjectOf('a.pkl', DANGEROUS);
    const items = await traceOf('a.pkl', DANGEROUS);
    const rows = programRows(items, findings);
    const marked = rows.findIndex(({ finding }) => finding === 0);
    expect(rows[marked]?.item).toMatchObject({ kind: 'line', text: 'from os import system' });
    expect(rowOf(rows, 'a.pkl', findings[0]?.location.offset ?? 0)).toBe(marked);
    expect(rowOf(rows, 'a.pkl', null)).toBe(0);
    expect(rowOf(rows, 'b.pkl', 0)).toBeNull();
    expect(warningsOf(items)).toBe(2);
    expect(items.filter((item) => item.kind === 'line' && item.mark !== null)).toHaveLength(2);
  });
});

test('bytes are shown in rows', () => {
  expect(hexRows(new TextEncoder().encode('cos\nsystem'), 16)).toEqual([
    { offset: 16, digits: ['63', '6f', '73', '0a', '73', '79', '73', '74'], text: 'cos·syst' },
    { offset: 24, digits: ['65', '6d'], text: 'em' },
  ]);
  expect(windowAround(100, 4)).toEqual({ offset: 72, length: 32 });
  expect(windowAround(3, 4)).toEqual({ offset: 0, length: 32 });
});

test('what was read: bytes add up, names to worry about come first', async () => {
  const subject = await subjectOf('m.pt', fixture(TORCH));
  const facts = new Map(artifactFacts(subject).map(({ name, value }) => [name, value]));
  expect(facts.get('Size')).toBe('1.7 KiB (1,705 bytes)');
  expect(facts.get('Bytes')).toMatch(/^93 % parsed/);
  expect(importsOf(subject)[0]).toMatchObject({ name: 'posix.system', standing: 'dangerous', isCalled: true });
});
