import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Budget, DEFAULT_LIMITS } from '../bytes/budget.js';
import { pagedSource } from '../bytes/paged-source.js';
import { REMOTE_READS } from '../bytes/read-profile.js';
import { memorySource, type ByteSource } from '../bytes/source.js';
import type { Found } from './members/look.js';
import { ARTIFACT } from '../model/origin.js';
import { portablePlatform } from '../platform.js';
import { inspect } from './inspect.js';

/** So small that pages are asked for one by one, and their slots are reused. */
const PROFILE = { ...REMOTE_READS, page: 256, first: 512, most: 4096, gap: 1024, cached: 16_384 };

async function found(name: string, source: ByteSource): Promise<Found[]> {
  const all: Found[] = [];
  const member = { path: name, name, source, depth: 0, origin: ARTIFACT };
  for await (const item of inspect(member, new Budget(DEFAULT_LIMITS, portablePlatform, source.size))) all.push(item);
  return all;
}

/** All that is said but how much of it a fingerprint covers. */
function said(items: readonly Found[]): string {
  const shown = items.filter(({ kind }) => kind !== 'unread');
  return JSON.stringify(shown, (key, value: unknown) => (key === 'identity' ? undefined : value));
}

test.each(['honest/torch', 'hostile/containers'])('%s: the same is found behind a network', async (folder) => {
  const root = new URL(`../../../../fixtures/${folder}/`, import.meta.url);
  let unread = 0;
  for (const entry of readdirSync(root, { withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = readFileSync(new URL(entry.name, root));
    const remote: ByteSource = {
      size: bytes.length,
      profile: PROFILE,
      read: async (offset, length) => bytes.subarray(offset, offset + length),
    };
    const local = await found(entry.name, memorySource(bytes));
    const thorough = await found(entry.name, pagedSource(remote, { thorough: true }));
    expect(thorough, entry.name).toEqual(local);
    const usual = await found(entry.name, pagedSource(remote, { thorough: false }));
    expect(said(usual), entry.name).toEqual(said(local));
    unread += usual.filter(({ kind }) => kind === 'unread').length;
  }
  expect(unread).toBeGreaterThan(0);
});
