import { fileURLToPath } from 'node:url';
import { loadPolicy, RULES, type GlobalReport, type Policy, type Report } from '@artifact-sentinel/core';
import {
  collect,
  DEFAULT_POLICY,
  IN_FINDINGS,
  IN_LATER_FINDINGS,
  sourceFactsFor,
  judge,
  portablePlatform,
  readPolicyText,
  type Collected,
  type CollectOptions,
} from '@artifact-sentinel/core/internal';
import { walk } from '@artifact-sentinel/core/node';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type * as Allow from '../src/catalogue/generated/allow.js';
import type * as Danger from '../src/catalogue/generated/danger.js';
import type * as PackNames from '../src/catalogue/generated/pack-names.js';
import { sized } from '../../../oracles/full-size.js';
import { isForFullSize } from './slow-fixtures.js';

const FIXTURES = fileURLToPath(new URL('../../../fixtures', import.meta.url));

/** All that rules ask for. */
const COLLECTING: CollectOptions = { repositories: true, sources: sourceFactsFor(RULES) };

/** Of every fixture, in a smaller run of every fifth and of no slow one, and the same from JSON. */
const COLLECTED: { readonly fresh: Collected; readonly stored: Collected }[] = [];

/** The same files, collected as the fleet stores them: without the steps of names that the catalogue allows. */
const FOR_LATER: Collected[] = [];

beforeAll(async () => {
  let files = 0;
  for await (const input of walk([FIXTURES])) {
    if (isForFullSize(input.path) || files++ % sized(1, 5) !== 0) continue;
    const fresh = await collect(input, COLLECTING);
    COLLECTED.push({ fresh, stored: JSON.parse(JSON.stringify(fresh)) as Collected });
  }
  FOR_LATER.push(...(await collectedBy(collect, { interest: IN_LATER_FINDINGS })));
}, 120_000);

/** The same files, collected in another way. */
async function collectedBy(collecting: typeof collect, options: CollectOptions = {}): Promise<readonly Collected[]> {
  const known = new Set(COLLECTED.map(({ fresh }) => fresh.path));
  const all: Collected[] = [];
  for await (const input of walk([FIXTURES]))
    if (known.has(input.path)) all.push(await collecting(input, { ...COLLECTING, ...options }));
  return all;
}

async function* turns(
  all: readonly Collected[],
): AsyncGenerator<{ path: string; collected: () => Promise<Collected> }> {
  for (const one of all) yield { path: one.path, collected: () => Promise.resolve(one) };
}

const OPTIONS = { platform: { ...portablePlatform, now: () => 0 }, today: '2026-11-22' } as const;

const judged = (all: readonly Collected[], policy: Policy = DEFAULT_POLICY): Promise<Report> =>
  judge(turns(all), { policy, ...OPTIONS });

const globalsOf = ({ parts }: Report['artifacts'][number]): readonly GlobalReport[] =>
  parts.flatMap((part) => (part.kind === 'stream' ? part.globals : []));

describe('facts of every fixture', () => {
  test('are the same behind JSON, numbers that it does not have included', () => {
    expect(COLLECTED.length).toBeGreaterThan(sized(1000, 180));
    for (const { fresh, stored } of COLLECTED) expect(stored).toEqual(fresh);
  });

  test('are judged as fresh ones', async () => {
    const fresh = await judged(COLLECTED.map((one) => one.fresh));
    const stored = await judged(COLLECTED.map((one) => one.stored));
    expect(fresh.findings.length).toBeGreaterThan(sized(500, 90));
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

  test('make the same findings where they are collected for less', async () => {
    const whole = withoutSteps(await judged(COLLECTED.map(({ fresh }) => fresh)));
    expect(withoutSteps(await judged(FOR_LATER))).toEqual(whole);
    expect(withoutSteps(await judged(await collectedBy(collect, { interest: IN_FINDINGS })))).toEqual(whole);
  }, 120_000);
});

/** Findings without the steps of a global through its stream, which are written down for some names only. */
const withoutSteps = ({ findings, ...rest }: Report) => ({
  ...rest,
  findings: findings.map((finding) => ({ ...finding, evidence: { ...finding.evidence, chain: [] } })),
});

/** Names of modules, without those of some packages. */
const without = (names: string, packages: RegExp): string =>
  names
    .split('\n')
    .filter((line) => !packages.test(line))
    .join('\n');

const WITHDRAWN = /^(?:collections|numpy|sklearn|joblib|torch)\b/;
const HARMLESS = /^(?:os|posix|nt|subprocess|builtins|__builtin__)\b/;

async function withdrawAllowed(): Promise<void> {
  const { ALLOW } = await vi.importActual<typeof Allow>('../src/catalogue/generated/allow.js');
  const { PACK_NAMES } = await vi.importActual<typeof PackNames>('../src/catalogue/generated/pack-names.js');
  const later = <T extends { readonly names: string }>(groups: readonly T[]): T[] =>
    groups.map((group) => ({ ...group, names: without(group.names, WITHDRAWN) })).filter(({ names }) => names !== '');
  vi.doMock('../src/catalogue/generated/allow.js', () => ({ ALLOW: later(ALLOW) }));
  vi.doMock('../src/catalogue/generated/pack-names.js', () => ({
    PACK_NAMES: new Map([...PACK_NAMES].map(([name, pack]) => [name, { ...pack, groups: later(pack.groups ?? []) }])),
  }));
}

async function removeDanger(): Promise<void> {
  const danger = await vi.importActual<typeof Danger>('../src/catalogue/generated/danger.js');
  vi.doMock('../src/catalogue/generated/danger.js', () => ({
    DANGER_MODULES: without(danger.DANGER_MODULES, HARMLESS),
    DANGER_NAMES: without(danger.DANGER_NAMES, HARMLESS),
    DANGER_WALKS: danger.DANGER_WALKS,
  }));
}

/** What programs do when they are imported is part of their facts, and the danger list says some of it. */
const withoutPrograms = (all: readonly Collected[]): readonly Collected[] =>
  all.map((one) => ({ ...one, repository: [] }));

describe.each<[string, () => Promise<void>, (all: readonly Collected[]) => readonly Collected[]]>([
  ['with names withdrawn from the allowlist', withdrawAllowed, (all) => all],
  ['without rows of the danger list', removeDanger, withoutPrograms],
])('another catalogue, %s', (_name, change, compared) => {
  let later: { readonly collected: readonly Collected[]; readonly judge: typeof judge };

  beforeAll(async () => {
    vi.resetModules();
    await change();
    const { collect: collectLater } = await import('../src/collect.js');
    const { judge: judgeLater } = await import('../src/scan.js');
    later = { collected: await collectedBy(collectLater), judge: judgeLater };
  }, 120_000);
  afterAll(() => {
    vi.doUnmock('../src/catalogue/generated/allow.js');
    vi.doUnmock('../src/catalogue/generated/pack-names.js');
    vi.doUnmock('../src/catalogue/generated/danger.js');
    vi.resetModules();
  });

  test('collects the same facts', () => {
    const now = compared(COLLECTED.map((one) => one.fresh));
    for (const [i, one] of compared(later.collected).entries()) expect(one).toEqual(now[i]);
  });

  test('judges stored facts as fresh ones, with the same fingerprints', async () => {
    const facts = compared(COLLECTED.map((one) => one.stored));
    const before = await judged(facts);
    const fresh = await later.judge(turns(compared(later.collected)), OPTIONS);
    const stored = await later.judge(turns(facts), OPTIONS);
    const known = new Set(before.findings.map(({ message }) => message));
    expect(stored.findings.filter(({ message }) => !known.has(message)).length).toBeGreaterThan(sized(100, 15));
    expect(stored).toEqual(fresh);
    expect(withoutSteps(await later.judge(turns(compared(FOR_LATER)), OPTIONS))).toEqual(withoutSteps(fresh));
  });
});
