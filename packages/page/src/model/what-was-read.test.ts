import type { ArtifactReport } from '@artifact-sentinel/core';
import { expect, test } from 'vitest';
import { HARMLESS, reportOf, UNKNOWN } from '../../test/report-kit.js';
import { matrixOf, familyOf } from './matrix.js';
import { subjectsOf, type Subject } from './subjects.js';
import { artifactFacts, importsOf, readInWords } from './what-was-read.js';

async function subjectOf(bytes: Uint8Array, more: Partial<ArtifactReport> = {}): Promise<Subject> {
  const [subject] = subjectsOf(await reportOf({ 'a.pkl': bytes }));
  if (subject === undefined) throw new Error('no artifact');
  return { ...subject, artifact: { ...subject.artifact, ...more } };
}

async function factOf(name: string, more: Partial<ArtifactReport>): Promise<unknown> {
  const fact = artifactFacts(await subjectOf(HARMLESS, more)).find((item) => item.name === name);
  return fact && [fact.value, fact.isCode];
}

test.each([
  [999, 1000, '> 99 % parsed (999 B)'],
  [990, 1000, '99 % parsed (990 B)'],
  [10, 1000, '1 % parsed (10 B)'],
  [9, 1000, '< 1 % parsed (9 B)'],
  [1000, 1000, '100 % parsed (1000 B)'],
  [0, 1000, '0 % parsed (0 B)'],
])('%i of %i bytes in words', (bytes, size, words) => {
  const totals = [{ kind: 'parsed', reason: null, bytes }] as const;
  expect(readInWords({ totals, ranges: [], moreRanges: 0 }, size)).toBe(words);
});

test('a hash is code, and why there is none is not', async () => {
  expect(await factOf('SHA-256', { sha256: 'a'.repeat(64) })).toEqual(['a'.repeat(64), true]);
  expect(await factOf('SHA-256', { sha256: null, notHashed: 'it changed' })).toEqual(['it changed', false]);
  expect(await factOf('SHA-256', { sha256: null, notHashed: null })).toEqual(['not hashed', false]);
});

test('streams are counted, and the state of the analysis is a word', async () => {
  expect(await factOf('Streams', {})).toEqual(['1', false]);
  expect(await factOf('Streams', { parts: [] })).toEqual(['no pickle in it', false]);
  expect(await factOf('Analysed', { status: 'incomplete' })).toEqual(['not completely', false]);
});

test('names come in the order in which to worry about them, and the matrix counts those that a user allows', async () => {
  const subject = await subjectOf(UNKNOWN);
  const [part] = subject.artifact.parts;
  if (part?.kind !== 'stream' || part.globals[0] === undefined) throw new Error('no name');
  const [first] = part.globals;
  const globals = [
    { ...first, name: 'known', class: 'allowed' },
    { ...first, name: 'mine', class: 'allowed', userAllowed: true },
    { ...first, name: 'odd', class: 'unexpected' },
    { ...first, name: 'made', class: 'dynamic', userAllowed: true },
    { ...first, name: 'bad', class: 'dangerous', called: false },
  ] as const;
  const changed = {
    ...subject,
    findings: [],
    artifact: {
      ...subject.artifact,
      parts: [
        { ...part, globals },
        { ...part, globals: [] },
      ],
    },
  };
  expect(importsOf(changed).map(({ name, standing, isCalled }) => [name, standing, isCalled])).toEqual([
    ['vendor.net.bad', 'dangerous', false],
    ['vendor.net.made', 'computed', true],
    ['vendor.net.odd', 'unexpected', true],
    ['vendor.net.mine', 'allowed by you', true],
    ['vendor.net.known', 'allowed', true],
  ]);
  expect(matrixOf([changed])[0]?.standingWords).toMatch(/, 2 names allowed by you$/);
});

test('a cell has the worst that counts, and says what was accepted', async () => {
  const subject = await subjectOf(UNKNOWN);
  const [finding] = subject.findings;
  if (finding === undefined) throw new Error('no finding');
  const accepted = { owner: 'board', why: 'known', expires: null, sha256: null, origin: 'p.yml:3' };
  const cell = (...findings: Subject['findings']) => {
    const of = matrixOf([{ ...subject, findings }])[0]?.cells.find(({ family }) => family === 'PICKLE');
    return of && [of.count, of.worst, of.mark, of.words];
  };
  const low = { ...finding, severity: 'LOW' } as const;
  const high = { ...finding, severity: 'HIGH' } as const;
  expect(cell()).toEqual([0, null, '·', 'Pickle: none']);
  expect(cell(low, high)).toEqual([2, 'HIGH', '▲', 'Pickle: 2 findings, HIGH']);
  expect(cell(low, { ...high, accepted })).toEqual([2, 'LOW', '○', 'Pickle: 2 findings, LOW, 1 accepted']);
  expect(cell({ ...high, accepted })).toEqual([1, null, '✓', 'Pickle: 1 finding, 1 accepted']);
  expect([familyOf('TORCH-LOAD-UNTRUSTED'), familyOf('PICKLE-EXEC'), familyOf('ELSE-1'), familyOf('ELSE')]).toEqual([
    'TORCH',
    'PICKLE',
    'PICKLE',
    'PICKLE',
  ]);
});
