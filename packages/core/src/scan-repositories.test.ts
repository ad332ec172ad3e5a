import { describe, expect, test } from 'vitest';
import { code, effect, python, target } from '../test/repository-kit.js';
import { memorySource } from './bytes/source.js';
import { collect, notCollected, type Collected } from './collect.js';
import { NO_FINDING } from './model/hash-choice.js';
import { MAX_FINDINGS, MAX_REPOSITORY_FILES } from './model/limits.js';
import type { Report } from './model/report.js';
import type { RepositoryFact, RepositoryFile, RepositoryMarker } from './model/repository.js';
import { DEFAULT_POLICY } from './policy/defaults.js';
import { judge, judgeEach, type ArtifactResult, type RunOptions } from './scan.js';

/* Findings that depend on several files of a run come when all of them are known. */

async function* turns(found: readonly Collected[]) {
  for (const one of found) yield { path: one.path, collected: () => Promise.resolve(one) };
}

const judged = (found: readonly Collected[], options: RunOptions = {}): Promise<Report> => judge(turns(found), options);

function file(path: string, facts: readonly RepositoryFact[], marker: RepositoryMarker | null = null): RepositoryFile {
  return { path, marker, facts: facts.map((fact) => ({ ...fact, at: { ...fact.at, path } })), names: [] };
}

/** A file that is no artifact by itself, and what it says of its repository. */
function described(path: string, repository: readonly RepositoryFile[]): Collected {
  return { ...notCollected(path, 10, { cause: 'unreadable', reason: '' }), notices: [], opened: true, repository };
}

const CONFIG = described('r/config.json', [file('r/config.json', [code({})], 'transformers')]);
const MODULE = described('r/modeling_mine.py', [file('r/modeling_mine.py', [python({ effects: [effect({})] })])]);

async function collected(path: string, bytes: Uint8Array): Promise<Collected> {
  return collect({ path, size: bytes.length, source: memorySource(bytes) });
}

describe('a configuration that names code', () => {
  test('makes its file an artifact, which is no longer skipped', async () => {
    const notes = { ...described('r/notes.txt', []), size: 5 };
    const report = await judged([CONFIG, MODULE, notes]);
    expect(
      report.artifacts.map(({ path, size, format, status, safety, parts, moreParts }) => [
        path,
        size,
        format,
        status,
        safety?.level,
        parts.length + moreParts,
      ]),
    ).toEqual([
      ['r/config.json', 10, 'repository', 'complete', 3, 0],
      ['r/modeling_mine.py', 10, 'repository', 'complete', 4, 0],
    ]);
    expect(report.summary.skipped).toBe(1);
    expect(report.findings.map(({ artifact, ruleId }) => [artifact, ruleId])).toEqual([
      ['r/config.json', 'REPO-REMOTE-CODE'],
      ['r/modeling_mine.py', 'REPO-RUNS-ON-LOAD'],
    ]);
  });

  test('is retested with the folder of its repository', async () => {
    const named: string[] = [];
    const report = await judged([CONFIG, MODULE], {
      retestTarget: (artifact) => {
        named.push(artifact);
        return { paths: [artifact], policy: null };
      },
    });
    expect(report.findings.map(({ retest }) => retest)).toEqual([
      expect.stringMatching(/^sentinel artifact r --rule REPO-REMOTE-CODE/),
      expect.stringMatching(/^sentinel artifact r --rule REPO-RUNS-ON-LOAD/),
    ]);
    expect(named).toEqual(['r', 'r']);
  });

  test('is given as the result of its file behind all others', async () => {
    const results = judgeEach(turns([CONFIG, await collected('a.pkl', Uint8Array.of(0x4e, 0x2e)), MODULE]), {});
    const given: ArtifactResult[] = [];
    for await (const result of results) given.push(result);
    expect(given.map(({ artifact, findings, incomplete }) => [artifact.path, findings.length, incomplete])).toEqual([
      ['a.pkl', 0, []],
      ['r/config.json', 1, []],
      ['r/modeling_mine.py', 1, []],
    ]);
  });

  test('makes the report name the repository, its files and what runs', async () => {
    const { repositories } = await judged([CONFIG, MODULE]);
    expect(repositories).toMatchObject([{ path: 'r/', kinds: ['transformers'], files: 2 }]);
    expect(repositories[0]?.loads.flatMap((load) => load.code)).toContain('r/modeling_mine.py');
  });

  test('is missing code where the file was not scanned, and unknown where it could not be opened', async () => {
    const linkedOf = async (more: readonly Collected[]): Promise<unknown> => {
      const { findings } = await judged([CONFIG, ...more]);
      return findings.find(({ ruleId }) => ruleId === 'REPO-REMOTE-CODE')?.message;
    };
    const present = await linkedOf([MODULE]);
    const missing = await linkedOf([]);
    const closed = await linkedOf([
      notCollected('r/modeling_mine.py', 10, { cause: 'unreadable', reason: 'cannot be opened' }),
    ]);
    expect(new Set([present, missing]).size).toBe(2);
    expect(closed).not.toBe(missing);
  });

  test('comes under the highest level of its path', async () => {
    const policy = {
      ...DEFAULT_POLICY,
      rules: { 'REPO-REMOTE-CODE': { failOn: [] } },
      maxAcceptableSeverity: 5 as const,
      paths: [{ match: ['**/config.json'], maxAcceptableSeverity: 1 as const, why: null, origin: 'p.yml:7' }],
    };
    expect((await judged([CONFIG], { policy })).reasons).toEqual([
      expect.stringMatching(/^r\/config\.json .*p\.yml:7/),
    ]);
    expect((await judged([CONFIG], { policy: { ...policy, paths: [] } })).reasons).toEqual([]);
  });

  test('without any of it the files stay skipped', async () => {
    const report = await judged([described('r/config.json', [file('r/config.json', [], 'transformers')])]);
    expect([report.artifacts, report.summary.skipped]).toEqual([[], 1]);
  });
});

describe('what is an artifact already', () => {
  test('gets the higher of its levels, and no second report', async () => {
    const bytes = Uint8Array.of(0x4e, 0x2e);
    const own = await collected('a.pkl', bytes);
    const repository = [file('a.pkl', [target('os.system')], 'nemo')];
    const report = await judged([{ ...own, repository }, await collected('b.pkl', bytes)]);
    expect(
      report.artifacts.map(({ path, format, status, safety, parts }) => [
        path,
        format,
        status,
        safety?.level,
        parts.length,
      ]),
    ).toEqual([
      ['a.pkl', 'pickle', 'complete', 4, 1],
      ['b.pkl', 'pickle', 'complete', 0, 1],
    ]);
    const hostile = await collected('a.pkl', new TextEncoder().encode("cos\nsystem\n(S'id'\ntR."));
    const harmless = [file('a.pkl', [python({ role: 'setup', gap: { cause: 'limit', reason: 'long' } })], 'nemo')];
    expect((await judged([{ ...hostile, repository: harmless }])).artifacts).toMatchObject([
      { status: 'incomplete', safety: { level: 5 } },
    ]);
  });

  test('and opaque is complete: something is known of it now', async () => {
    const header = new TextEncoder().encode('\u0002\0\0\0\0\0\0\0{}');
    const own = await collected('m.safetensors', header);
    const repository = [file('m.safetensors', [target('os.system')], 'nemo')];
    const [before] = (await judged([own])).artifacts;
    const [after] = (await judged([{ ...own, repository }])).artifacts;
    expect([before?.status, before?.safety, after?.status, after?.safety?.level]).toEqual([
      'opaque',
      null,
      'complete',
      4,
    ]);
  });
});

describe('Python that is run and could not be read as a whole', () => {
  const gap = { cause: 'limit', reason: 'it is too long' } as const;

  test('leaves its file incomplete, of level 3', async () => {
    const module = described('r/modeling_mine.py', [file('r/modeling_mine.py', [python({ gap })])]);
    const report = await judged([CONFIG, module]);
    expect(report.artifacts.find(({ path }) => path === module.path)).toMatchObject({
      status: 'incomplete',
      safety: { level: 3 },
    });
    expect(report.incomplete).toEqual([
      {
        path: module.path,
        offset: null,
        cause: 'limit',
        reason: expect.stringMatching(/could not be read.*too long$/),
      },
    ]);
  });

  test('is no gap where nothing has it run', async () => {
    const module = described('r/modeling_mine.py', [file('r/modeling_mine.py', [python({ gap })])]);
    const config = described('r/config.json', [file('r/config.json', [], 'transformers')]);
    const report = await judged([config, module]);
    expect([report.artifacts, report.incomplete, report.verdict]).toEqual([[], [], 'pass']);
  });
});

describe('too much of it', () => {
  test('more findings of one file than are listed leave it incomplete', async () => {
    const facts = Array.from({ length: MAX_FINDINGS + 2 }, () => target('os.system'));
    const cut = await judged([described('r/a.yaml', [file('r/a.yaml', facts, 'nemo')])]);
    expect(cut.findings).toHaveLength(MAX_FINDINGS);
    const reason = `only the ${MAX_FINDINGS} most severe of ${MAX_FINDINGS + 2} findings are listed`;
    expect(cut.incomplete).toEqual([{ path: 'r/a.yaml', offset: null, cause: 'limit', reason }]);
  });

  test('an archive of more files than are held for a run is incomplete', async () => {
    const files = (n: number): Collected => described('a.zip', Array<RepositoryFile>(n).fill(file('a.zip!a.py', [])));
    expect((await judged([files(MAX_REPOSITORY_FILES)])).incomplete).toEqual([]);
    expect((await judged([files(MAX_REPOSITORY_FILES + 1)])).incomplete).toEqual([
      {
        path: 'a.zip',
        offset: null,
        cause: 'limit',
        reason: 'too many files of repositories in one run: what it says of its own was left out',
      },
    ]);
  });
});

describe('the hash of a file with a finding of its repository', () => {
  const sha256 = 'a'.repeat(64);

  test('is reported where it was asked for, with what its source claims', async () => {
    const claimedSha256 = 'b'.repeat(64);
    const [config] = (await judged([{ ...CONFIG, sha256, claimedSha256 }], { hash: 'findings' })).artifacts;
    expect(config).toMatchObject({ sha256, notHashed: null, claimedSha256 });
    const [none] = (await judged([CONFIG], { hash: 'none' })).artifacts;
    expect([none?.sha256, none?.notHashed]).toEqual([null, 'not asked for']);
    expect(none).not.toHaveProperty('claimedSha256');
  });

  test('comes to an artifact that had none without a finding', async () => {
    const own = { ...(await collected('a.pkl', Uint8Array.of(0x4e, 0x2e))), sha256 };
    const hashes = async (repository: readonly RepositoryFile[]): Promise<unknown> => {
      const { artifacts } = await judged([{ ...own, repository }], { hash: 'findings' });
      return artifacts.map((artifact) => [artifact.sha256, artifact.notHashed]);
    };
    expect(await hashes([])).toEqual([[null, NO_FINDING]]);
    expect(await hashes([file('a.pkl', [target('os.system')], 'nemo')])).toEqual([[sha256, null]]);
  });
});
