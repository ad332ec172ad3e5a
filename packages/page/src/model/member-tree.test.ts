import type { Finding, Severity } from '@artifact-sentinel/core';
import type { MemberContent } from '@artifact-sentinel/core/internal';
import { describe, expect, test } from 'vitest';
import { memberTree } from './member-tree.js';
import type { Subject } from './subjects.js';

const member = (path: string, format: string | null = null, size: number | null = null): MemberContent =>
  ({ kind: 'member', path, format, size }) as unknown as MemberContent;
const finding = (path: string, severity: Severity): Finding => ({ location: { path }, severity }) as unknown as Finding;

function subject(more: Partial<Subject> = {}, path = 'x/a.zip', parts: readonly object[] = []): Subject {
  const artifact = { path, format: 'zip', size: 100, parts };
  return { artifact, findings: [], incomplete: [], ...more } as unknown as Subject;
}

describe('the members of an artifact', () => {
  test('lie in the nearest container that is known, in the order of the listing', () => {
    const members = ['x/a.zip!b.tar', 'x/a.zip!b.tar!c', 'x/a.zip!d!e', 'x/a.zip!b.tar!f', 'x/a.zip!g'];
    const rows = memberTree(
      subject(),
      members.map((path) => member(path, 'tar', 5)),
    );
    expect(rows.map(({ name, depth }) => [name, depth])).toEqual([
      ['a.zip', 0],
      ['b.tar', 1],
      ['c', 2],
      ['f', 2],
      ['d!e', 1],
      ['g', 1],
    ]);
    expect(rows[0]).toMatchObject({ path: 'x/a.zip', format: 'zip', size: 100, findings: 0, isIncomplete: false });
    expect(rows[1]).toMatchObject({ path: 'x/a.zip!b.tar', format: 'tar', size: 5, worst: null });
  });

  test('have the format of their part where the listing has none', () => {
    const parts = [
      { kind: 'stream', path: 'x/a.zip!s', role: 'plain' },
      { kind: 'stream', path: 'x/a.zip!t', role: 'torch-legacy' },
      { kind: 'opaque', path: 'x/a.zip!o', format: 'gguf' },
      { kind: 'opaque', path: 'x/a.zip!k', format: 'gguf' },
    ];
    const rows = memberTree(subject({}, 'x/a.zip', parts), [member('x/a.zip!k', 'onnx', 7)]);
    expect(rows.slice(1).map(({ name, format, size }) => [name, format, size])).toEqual([
      ['k', 'onnx', 7],
      ['s', 'pickle', null],
      ['t', 'torch-legacy', null],
      ['o', 'gguf', null],
    ]);
  });

  test('findings count where they are, and their severity in all that is above', () => {
    const findings = [
      finding('x/a.zip!b!c', 'LOW'),
      finding('x/a.zip!b!c', 'HIGH'),
      finding('x/a.zip!b', 'MEDIUM'),
      finding('x/a.zip!b!d', 'LOW'),
    ];
    const rows = memberTree(
      subject({ findings }),
      ['x/a.zip!b', 'x/a.zip!b!c', 'x/a.zip!e'].map((path) => member(path)),
    );
    expect(rows.map(({ name, worst, findings: count }) => [name, worst, count])).toEqual([
      ['a.zip', 'HIGH', 0],
      ['b', 'HIGH', 1],
      ['c', 'HIGH', 2],
      ['d', 'LOW', 1],
      ['e', null, 0],
    ]);
  });

  test('what is incomplete makes all above it so, and nothing beside it', () => {
    const incomplete = [{ path: 'x/a.zip!b!c', offset: null, reason: 'r' }];
    const rows = memberTree(
      subject({ incomplete }),
      ['x/a.zip!b', 'x/a.zip!e'].map((path) => member(path)),
    );
    expect(rows.map(({ name, isIncomplete }) => [name, isIncomplete])).toEqual([
      ['a.zip', true],
      ['b', true],
      ['c', true],
      ['e', false],
    ]);
  });

  test.each([
    ['a', 'a'],
    ['d/', 'd/'],
  ])('the artifact %s has the name %s', (path, name) => {
    expect(memberTree(subject({}, path), [])[0]?.name).toBe(name);
  });

  test('an artifact of one letter is a container as well', () => {
    const rows = memberTree(subject({}, 'a'), [member('a!b'), member('a!b!c')]);
    expect(rows.map(({ name, depth }) => [name, depth])).toEqual([
      ['a', 0],
      ['b', 1],
      ['c', 2],
    ]);
  });
});
