import { expect, test } from 'vitest';
import { STILL } from '../../../test/still-platform.js';
import { Budget, DEFAULT_LIMITS } from '../../bytes/budget.js';
import { memorySource } from '../../bytes/source.js';
import { MAX_REPOSITORY_FACTS } from '../../model/limits.js';
import { UNKNOWN } from '../../model/identity.js';
import { ARTIFACT } from '../../model/origin.js';
import type { RepositoryFact } from '../../model/repository.js';
import { FileFacts } from './file.js';

function fileOf(data: string | Uint8Array, identifies = true): FileFacts {
  const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data;
  const budget = new Budget(DEFAULT_LIMITS, STILL, bytes.length, null, null, identifies);
  const member = { path: 'a/b.json', name: 'b.json', source: memorySource(bytes), origin: ARTIFACT, depth: 0 };
  return new FileFacts(member, budget, null);
}
const noticesOf = (file: FileFacts): unknown[] =>
  file.notices.map((found) => (found.kind === 'notice' ? [found.notice.cause, found.notice.reason] : found.kind));

test('facts up to a number, and one notice for all others', () => {
  const file = fileOf('');
  const fact: RepositoryFact = { kind: 'repo.program', at: file.at(null), identity: file.identity, program: 'x' };
  for (let i = 0; i < MAX_REPOSITORY_FACTS; i += 1) file.add(fact);
  expect([file.facts.length, noticesOf(file)]).toEqual([MAX_REPOSITORY_FACTS, []]);
  for (let i = 0; i < 3; i += 1) file.add(fact);
  const notice = ['limit', `more than ${MAX_REPOSITORY_FACTS} facts of a repository in one file`];
  expect([file.facts.length, noticesOf(file)]).toEqual([MAX_REPOSITORY_FACTS, [notice]]);
});

test('lines are those of its text, once that was read', async () => {
  const file = fileOf('{\n"a": 1\n}');
  expect(file.at(3)).toEqual({ path: 'a/b.json', offset: null, line: null });
  expect(await file.text('it')).toBe('{\n"a": 1\n}');
  expect([0, 1, 2, 8, 9].map((offset) => file.at(offset).line)).toEqual([1, 1, 2, 2, 3]);
  expect(file.at(null).line).toBeNull();
});

test('bytes up to a number; they are its identity', async () => {
  const file = fileOf('abc');
  expect(await file.bytes(2)).toBeNull();
  expect(file.identity).toEqual(UNKNOWN);
  expect(await file.bytes(3)).toEqual(new TextEncoder().encode('abc'));
  const digest = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  expect(file.identity).toEqual({ of: 'bytes', digest });
  const unasked = fileOf('abc', false);
  await unasked.bytes(3);
  expect(unasked.identity).toEqual(UNKNOWN);
});

test('what is no text says so', async () => {
  const file = fileOf(Uint8Array.of(0x22, 0xff, 0xfe, 0x22));
  expect(await file.text('it')).toBeNull();
  expect(noticesOf(file)).toEqual([['corrupt', 'it could not be read: it is neither UTF-8 nor UTF-16']]);
  expect(await fileOf(Uint8Array.of(0xff, 0xfe, 0x61, 0)).text('it')).toBe('a');
});
