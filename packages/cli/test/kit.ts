import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Report } from '@artifact-sentinel/core';
import { afterAll, beforeAll, inject } from 'vitest';
import { Resident, type Run } from './resident/resident.js';

export type { Run } from './resident/resident.js';

/** Pickles by hand: harmless when loaded by accident, and what they name is what the tests are about. */
export const PICKLES = {
  /** os.system('id') in protocol 0 */
  system: Buffer.from("cos\nsystem\n(S'id'\ntR."),
  /** mylib.model.Net, imported and instantiated */
  net: Buffer.from('\x80\x02cmylib.model\nNet\n)\x81.', 'latin1'),
  /** collections.OrderedDict() */
  clean: Buffer.from('\x80\x02ccollections\nOrderedDict\n)R.', 'latin1'),
  /** {'a': 1} followed by bytes that are no pickle */
  trailing: Buffer.from('\x80\x02}(X\x01\x00\x00\x00aK\x01u.\x00\x00\x00', 'latin1'),
} as const;

/** Ours only: colour and debug settings of the machine that runs the tests must not decide. */
function environment(extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { PATH, HOME, SystemRoot, TEMP, TMPDIR } = process.env;
  return { PATH, HOME, SystemRoot, TEMP, TMPDIR, ...extra };
}

export class Cli {
  #root = '';
  #resident: Resident | null = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor() {
    beforeAll(() => {
      this.#root = mkdtempSync(join(tmpdir(), 'sentinel-cli-'));
    });
    afterAll(() => {
      this.#resident?.close();
      rmSync(this.#root, { recursive: true, force: true });
    });
  }

  /** Built once for all tests (oracles/built-command.ts). */
  get bundle(): string {
    return inject('bundle');
  }

  /** A new folder with these files, paths relative to it. */
  folder(files: Readonly<Record<string, string | Uint8Array>>): string {
    const folder = mkdtempSync(join(this.#root, 'w-'));
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    return folder;
  }

  /** The parts that a command loads, as Node itself tells them: the files of its coverage. */
  partsLoadedBy(cwd: string, args: readonly string[]): string[] {
    const coverage = mkdtempSync(join(this.#root, 'coverage-'));
    this.runAlone(cwd, args, { NODE_V8_COVERAGE: coverage });
    const [name = ''] = readdirSync(coverage);
    const { result } = JSON.parse(readFileSync(join(coverage, name), 'utf8')) as {
      readonly result: readonly { readonly url: string }[];
    };
    return result.flatMap(({ url }) => /\/parts\/([^/]+)$/.exec(url)?.slice(1) ?? []);
  }

  /** In the process that runs all of them; see `Resident`. */
  run(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Run {
    this.#resident ??= new Resident(this.bundle);
    return this.#resident.run(cwd, args, environment(env));
  }

  /** As `run`, while the thread of the test goes on; calls wait for each other. */
  runBeside(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> {
    const resident = (this.#resident ??= new Resident(this.bundle));
    const run = this.#last.then(() => resident.runBeside(cwd, args, environment(env)));
    this.#last = run.catch(() => {});
    return run;
  }

  /** In a process of its own. */
  runAlone(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Run {
    const { status, stdout, stderr, error } = spawnSync(process.execPath, [this.bundle, ...args], {
      cwd,
      env: environment(env),
      encoding: 'utf8',
      timeout: 60_000,
    });
    if (error !== undefined) throw error;
    return { code: status, stdout, stderr };
  }
}

/** A report as schema version 2 had it: no techniques of MITRE ATLAS. */
export function asVersion2(report: Report): unknown {
  return { ...report, schemaVersion: 2, findings: report.findings.map(({ atlas: _atlas, ...finding }) => finding) };
}

/** A report as schema version 1 had it: streams instead of parts, and no coverage. */
export function asVersion1({ summary: { opaque: _opaque, ...summary }, ...report }: Report): unknown {
  const findings = report.findings.map(({ atlas: _atlas, ...finding }) => finding);
  const artifacts = report.artifacts.map(({ parts, coverage: _coverage, moreParts: _more, ...artifact }) => ({
    ...artifact,
    streams: parts.flatMap(({ kind, ...part }) => (kind === 'stream' ? [part] : [])),
  }));
  return { ...report, schemaVersion: 1, summary, artifacts, findings };
}
