import { fileURLToPath } from 'node:url';
import { loadPolicy, type GlobalReport, type Policy, type Report } from '@artifact-sentinel/core';
import {
  collect,
  DEFAULT_POLICY,
  judge,
  portablePlatform,
  readPolicyText,
  type Collected,
} from '@artifact-sentinel/core/internal';
import { walk } from '@artifact-sentinel/core/node';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type * as Allow from '../src/catalogue/generated/allow.js';
import { sized } from '../../../oracles/full-size.js';
import { isForFullSize } from './slow-fixtures.js';

const FIXTURES = fileURLToPath(new URL('../../../fixtures', import.meta.url));

/** Of every fixture, in a smaller run of every third and of no slow one, and the same from JSON. */
const COLLECTED: { readonly fresh: Collected; readonly stored: Collected }[] = [];

beforeAll(async () => {
  let files = 0;
  for await (const input of walk([FIXTURES])) {
    if (isForFullSize(input.path) || files++ % sized(1, 3) !== 0) continue;
    const fresh = await collect(input);
    COLLECTED.push({ fresh, stored: JSON.parse(JSON.stringify(fresh)) as Collected });
  }
}, 120_000);

async function* turns(
  all: readonly Collected[],
): AsyncGenerator<{ path: string; collected: () => Promise<Collected> }> {
  for (const one of all) yield { path: one.path, collected: () => Promise.resolve(one) };
}

const judged = (all: readonly Collected[], policy: Policy = DEFAULT_POLICY): Promise<Report> =>
  judge(turns(all), { policy, platform: { ...portablePlatform, now: () => 0 }, today: '2026-11-22' });

const globalsOf = ({ parts }: Report['artifacts'][number]): readonly GlobalReport[] =>
  parts.flatMap((part) => (part.kind === 'stream' ? part.globals : []));

describe('facts of every fixture', () => {
  test('are the same behind JSON, numbers that it does not have included', () => {
    expect(COLLECTED.length).toBeGreaterThan(sized(1000, 300));
    for (const { fresh, stored } of COLLECTED) expect(stored).toEqual(fresh);
  });

  test('are judged as fresh ones', async () => {
    const fresh = await judged(COLLECTED.map((one) => one.fresh));
    const stored = await judged(COLLECTED.map((one) => one.stored));
    expect(fresh.findings.length).toBeGreaterThan(sized(500, 150));
    expect(stored).toEqual(fresh);
  });

  test('are judged again by another policy, without a byte of the artifacts', async () => {
    const before = await judged(COLLECTED.map((one) => one.stored));
    const unknown = before.artifacts
      .flatMap(globalsOf)
      .filter(({ class: kind }) => kind === 'unexpected')
      .map(({ module, name }) => `${module}.${name}`);
    const line = (entry: string): string => `  - {entry: ${entry}, why: tried}\n`;
    const entries = [...new Set(unknown)].filter(
      (entry) => /^[\w.]+$/.test(entry) && readPolicyText(`allow:\n${line(entry)}`, '').problems.length === 0,
    );
    const policy = loadPolicy(`allow:\n${entries.map(line).join('')}`, 'policy.yml');
    const after = await judged(
      COLLECTED.map((one) => one.stored),
      policy,
    );
    const allowed = after.artifacts.flatMap(globalsOf).filter(({ userAllowed }) => userAllowed);
    expect(allowed.length).toBeGreaterThan(0);
    for (const { module, name } of allowed) expect(entries).toContain(`${module}.${name}`);
    expect(after.findings.length).toBeLessThan(before.findings.length);
  });

  test('are judged again by another catalogue', async () => {
    const withdrawn = /^(collections: .*)\bOrderedDict\b/m;
    const { ALLOW } = await vi.importActual<typeof Allow>('../src/catalogue/generated/allow.js');
    const later = ALLOW.map((group) => ({ ...group, names: group.names.replace(withdrawn, '$1') }));
    expect(later).not.toEqual(ALLOW);
    vi.resetModules();
    vi.doMock('../src/catalogue/generated/allow.js', () => ({ ALLOW: later }));
    try {
      const { judge: judgeLater } = await import('../src/scan.js');
      const report = await judgeLater(turns(COLLECTED.map((one) => one.stored)), { today: '2026-11-22' });
      const naming = report.artifacts.filter((artifact) =>
        globalsOf(artifact).some(({ module, name }) => module === 'collections' && name === 'OrderedDict'),
      );
      expect(naming.length).toBeGreaterThan(sized(50, 15));
      const found = new Set(report.findings.map(({ artifact }) => artifact));
      for (const { path } of naming) expect(found).toContain(path);
    } finally {
      vi.doUnmock('../src/catalogue/generated/allow.js');
      vi.resetModules();
    }
  });
});
