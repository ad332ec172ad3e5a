import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { budgetOf } from '../../../test/open-container.js';
import { bytesOf } from '../../../test/zip-builder.js';
import { memorySource } from '../../bytes/source.js';
import { together, UNKNOWN, type Identity } from '../../model/identity.js';
import { ARTIFACT } from '../../model/origin.js';
import { withBytes, withRecords } from './beside.js';
import type { Member } from './container.js';

const source = memorySource(bytesOf('some bytes'));
const member: Member = { path: 'a', name: 'a', source, depth: 0, origin: ARTIFACT };
const own: Identity = { of: 'bytes', digest: createHash('sha256').update('me').digest('hex') };
const known: Identity = { of: 'effects', digest: '12' };
const range = { source, start: 2, end: 4 };

test('a member is loaded with bytes beside it, and with what it had', async () => {
  const look = { budget: budgetOf() };
  expect(await withBytes(member, range, look).beside?.()).toEqual(own);
  expect(await withBytes({ ...member, beside: async () => null }, range, look).beside?.()).toEqual(own);
  const both = withBytes({ ...member, beside: async () => known }, range, look);
  expect(await both.beside?.()).toEqual(together([known, own]));
  expect(both).toMatchObject({ path: 'a', source });
});

test('what was not read cannot be accepted', async () => {
  const unread = { ...source, selective: true };
  expect(await withBytes(member, { ...range, source: unread }, { budget: budgetOf() }).beside?.()).toEqual(UNKNOWN);
});

test('effects stay effects with what they get', () => {
  expect(withRecords(known, null)).toBe(known);
  const { digest } = together([known, own]);
  expect(withRecords(known, own)).toEqual({ of: 'effects', digest });
  expect(withRecords(known, UNKNOWN)).toEqual(UNKNOWN);
  expect(withRecords(UNKNOWN, own)).toEqual(UNKNOWN);
});
