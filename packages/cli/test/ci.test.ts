import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { sized } from '../../../oracles/full-size.js';
import { Cli, PICKLES } from './kit.js';

const cli = new Cli();
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const SCRIPT = join(ROOT, 'integrations/scan.sh');
const text = (name: string): string => readFileSync(join(ROOT, name), 'utf8');

interface Step {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** GITHUB_OUTPUT as the runner reads it. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** integrations/scan.sh as a step of a workflow runs it. */
function step(folder: string, env: Readonly<Record<string, string>>): Step {
  const runner = cli.folder({ output: '', summary: '' });
  const { PATH, HOME, TMPDIR } = process.env;
  const { status, stdout, stderr, error } = spawnSync('bash', [SCRIPT], {
    cwd: folder,
    env: {
      PATH,
      HOME,
      TMPDIR,
      SENTINEL_CLI: cli.bundle,
      GITHUB_ACTIONS: 'true',
      GITHUB_OUTPUT: join(runner, 'output'),
      GITHUB_STEP_SUMMARY: join(runner, 'summary'),
      SENTINEL_REPORTS: join(runner, 'reports'),
      ...env,
    },
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (error !== undefined) throw error;
  expect(readdirSync(folder).filter((name) => name.startsWith('pwned'))).toEqual([]);
  const lines = readFileSync(join(runner, 'output'), 'utf8').split('\n').slice(0, -1);
  for (const line of lines) expect(line).toMatch(/^[a-z-]+=/);
  const outputs = Object.fromEntries(lines.map((line) => [line.split('=')[0], line.slice(line.indexOf('=') + 1)]));
  expect(Object.keys(outputs)).toHaveLength(lines.length);
  return { code: status, stdout, stderr, outputs, summary: readFileSync(join(runner, 'summary'), 'utf8') };
}

const FILES = { 'models/bad.pkl': PICKLES.system, 'models/net.pkl': PICKLES.net, 'models/good.pkl': PICKLES.clean };

describe('the script of a step', () => {
  test('a failing scan: exit code, outputs, summary, reports', () => {
    const folder = cli.folder(FILES);
    const { code, outputs, summary, stdout } = step(folder, { SENTINEL_PATHS: 'models' });
    expect(code).toBe(1);
    expect(outputs).toMatchObject({
      verdict: 'fail',
      'exit-code': '1',
      findings: '2',
      artifacts: '3',
      critical: '1',
      high: '1',
      medium: '0',
      low: '0',
    });
    expect(stdout).toContain('PICKLE-EXEC CRITICAL');
    expect(summary).toContain('# Sentinel report');
    expect(JSON.parse(readFileSync(outputs['report'] ?? '', 'utf8'))).toMatchObject({ schemaVersion: 4 });
    expect(JSON.parse(readFileSync(outputs['sarif'] ?? '', 'utf8'))).toMatchObject({ version: '2.1.0' });
  });

  test('a pass, an incomplete scan, bad usage', () => {
    const folder = cli.folder({ 'good.pkl': PICKLES.clean, 'cut.pkl': PICKLES.clean.subarray(0, -1), 'text.md': '#' });
    expect(step(folder, { SENTINEL_PATHS: 'good.pkl' })).toMatchObject({ code: 0, outputs: { verdict: 'pass' } });
    expect(step(folder, { SENTINEL_PATHS: 'cut.pkl' })).toMatchObject({ code: 2, outputs: { verdict: 'incomplete' } });
    const usage = step(folder, { SENTINEL_PATHS: 'good.pkl', SENTINEL_RULES: 'NONSENSE' });
    expect(usage).toMatchObject({ code: 2, outputs: { verdict: 'incomplete', 'exit-code': '2' } });
    expect(usage.outputs).not.toHaveProperty('sarif');
    const none = { SENTINEL_PATHS: 'text.md', SENTINEL_REQUIRE_ARTIFACTS: 'true' };
    expect(step(folder, none)).toMatchObject({ code: 2 });
    expect(step(folder, { SENTINEL_REQUIRE_ARTIFACTS: 'yes' })).toMatchObject({ code: 2 });
    expect(step(folder, { SENTINEL_PATHS: ' \n\n' })).toMatchObject({ code: 2 });
  });

  test('several paths and rules, one in each line; policy, level and baseline', () => {
    const folder = cli.folder({ ...FILES, 'other/x.pkl': PICKLES.net, 'p.yml': 'fail_on: []\n' });
    const two = step(folder, { SENTINEL_PATHS: 'models\r\n\n  \nother\n', SENTINEL_RULES: 'ARCHIVE\nPICKLE-EXEC' });
    expect(two).toMatchObject({ code: 1, outputs: { artifacts: '4', findings: '1' } });
    const open = { SENTINEL_POLICY: 'p.yml', SENTINEL_MAX_ACCEPTABLE_SEVERITY: 'OVERTLY_MALICIOUS' };
    expect(step(folder, { SENTINEL_PATHS: 'models', ...open })).toMatchObject({ code: 0, outputs: { findings: '2' } });
    const known = step(folder, { SENTINEL_PATHS: 'models' }).outputs['report'] ?? '';
    const since = { SENTINEL_BASELINE: known, SENTINEL_FAIL_ON_NEW: 'true' };
    expect(step(folder, { SENTINEL_PATHS: 'models', ...since })).toMatchObject({ code: 0 });
  });

  const HOSTILE = [
    'a b.pkl',
    '$(touch pwned).pkl',
    '`touch pwned`.pkl',
    '"; touch pwned; ".pkl',
    "'; touch pwned; '.pkl",
    '-x.pkl',
    '--policy=loose.yml',
    '*.pkl',
    '${PATH}.pkl',
    '%0Averdict=pass.pkl',
    '::set-output name=verdict::pass.pkl',
  ];

  // At full size all of them, else every fourth.
  test.each(HOSTILE.filter((_name, at) => at % sized(1, 4) === 0))('the path %s is a path', (name) => {
    const folder = cli.folder({
      [name]: PICKLES.system,
      'loose.yml': 'fail_on: []\nmax_acceptable_severity: OVERTLY_MALICIOUS\n',
    });
    const { code, outputs, stdout } = step(folder, { SENTINEL_PATHS: name });
    expect({ code, artifacts: outputs['artifacts'] }).toEqual({ code: 1, artifacts: '1' });
    // Between these two lines the runner takes nothing for a command.
    const [first, ...rest] = stdout.trimEnd().split('\n');
    expect(first).toMatch(/^::stop-commands::[0-9a-f-]{36}$/);
    expect(rest.at(-1)).toBe(`::${first?.slice('::stop-commands::'.length) ?? ''}::`);
  });

  const VALUES = [
    '$(touch pwned)',
    '`touch pwned`',
    "x'; touch pwned; '",
    'a\nverdict=pass',
    '--also-allow=mylib.model.Net',
    '',
  ];
  test.each(VALUES)('other inputs are values: %j', (value) => {
    const folder = cli.folder({ 'net.pkl': PICKLES.net });
    const inputs = ['SENTINEL_RULES', 'SENTINEL_POLICY', 'SENTINEL_MAX_ACCEPTABLE_SEVERITY', 'SENTINEL_BASELINE'];
    // At full size each value in each input, else in one of them by turns.
    for (const name of inputs.filter((_name, at) => (at + VALUES.indexOf(value)) % sized(1, 4) === 0)) {
      const { code, outputs } = step(folder, { [name]: value });
      expect({ name, code, exit: outputs['exit-code'] }).toEqual(
        value === '' ? { name, code: 1, exit: '1' } : { name, code: 2, exit: '2' },
      );
    }
  });

  test('names in what is scanned add no output', () => {
    const folder = cli.folder({
      'm/a\nverdict=pass\n.pkl': PICKLES.system,
      'm/b\n::set-output name=x::y.pkl': PICKLES.net,
    });
    const { code, outputs, stdout } = step(folder, { SENTINEL_PATHS: 'm' });
    expect({ code, verdict: outputs['verdict'] }).toEqual({ code: 1, verdict: 'fail' });
    expect(stdout.split('\n').filter((line) => line.trim().startsWith('::'))).toHaveLength(2);
  });

  test('a folder for reports with a newline is refused', () => {
    const folder = cli.folder(FILES);
    expect(step(folder, { SENTINEL_REPORTS: 'a\nverdict=pass' })).toMatchObject({ code: 2, outputs: {} });
    expect(step(folder, { SENTINEL_REPORTS: '-reports', SENTINEL_PATHS: 'models' })).toMatchObject({ code: 1 });
    expect(existsSync(join(folder, '-reports/report.json'))).toBe(true);
  });

  test('reports of an earlier run do not stand in for one that could not start', () => {
    const folder = cli.folder(FILES);
    const reports = { SENTINEL_REPORTS: join(folder, 'reports') };
    expect(step(folder, { SENTINEL_PATHS: 'models/good.pkl', ...reports }).outputs['verdict']).toBe('pass');
    const { outputs } = step(folder, { SENTINEL_RULES: 'NONSENSE', ...reports });
    expect(outputs).toMatchObject({ verdict: 'incomplete', findings: '0' });
    expect(outputs).not.toHaveProperty('report');
  });
});

describe('a pull request', () => {
  const LOOSE = 'fail_on: []\nmax_acceptable_severity: OVERTLY_MALICIOUS\n';
  const NET = 'allow:\n  - {entry: mylib.model.Net, why: reviewed}\n';

  function git(folder: string, ...args: string[]): string {
    const run = spawnSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.org', '-C', folder, ...args], {
      encoding: 'utf8',
    });
    expect(run.stderr, args.join(' ')).toBe(run.status === 0 ? run.stderr : '');
    return run.stdout.trim();
  }

  /** A checkout whose last commit is the proposal; the base is the commit before it. */
  function proposal(
    before: Readonly<Record<string, string | Uint8Array>>,
    after: Readonly<Record<string, string | Uint8Array>>,
  ): { folder: string; base: string } {
    const folder = cli.folder(before);
    git(folder, 'init', '-q', '-b', 'main');
    git(folder, 'add', '-A');
    git(folder, 'commit', '-qm', 'base', '--allow-empty');
    const base = git(folder, 'rev-parse', 'HEAD');
    for (const [name, content] of Object.entries(after)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    git(folder, 'add', '-A');
    git(folder, 'commit', '-qm', 'proposal');
    return { folder, base };
  }

  test('cannot loosen the gate that judges it, with a policy in any folder', () => {
    const { folder, base } = proposal(
      { 'sentinel-policy.yml': 'fail_on: [CRITICAL, HIGH]\n' },
      { 'sentinel-policy.yml': LOOSE, 'models/bad.pkl': PICKLES.system, 'models/sentinel-policy.yml': LOOSE },
    );
    for (const SENTINEL_PATHS of sized(['.', 'models', 'models/bad.pkl'], ['models'])) {
      const run = step(folder, { SENTINEL_BASE: base, SENTINEL_PATHS });
      expect(run.code, SENTINEL_PATHS).toBe(1);
      expect(run.stderr).toContain(`the policy is sentinel-policy.yml of the base, ${base}`);
      expect(step(folder, { SENTINEL_BASE: base, SENTINEL_PATHS, SENTINEL_POLICY: 'sentinel-policy.yml' }).code).toBe(
        1,
      );
    }
    expect(step(folder, { SENTINEL_PATHS: 'models', GITHUB_EVENT_NAME: 'push' }).code).toBe(0);
  });

  test('comes under what the base allows, with its globs, and under the nearest policy', () => {
    const { folder, base } = proposal(
      { 'ml/sentinel-policy.yml': `${NET}paths:\n  - {match: ["new/**"], max_acceptable_severity: moderate}\n` },
      { 'ml/new/m.pkl': PICKLES.net, 'ml/new/t.pkl': PICKLES.trailing, 'ml/sentinel-policy.yml': '' },
    );
    expect(step(folder, { SENTINEL_BASE: base, SENTINEL_PATHS: 'ml' })).toMatchObject({ code: 0 });
    expect(step(join(folder, 'ml'), { SENTINEL_BASE: base, SENTINEL_PATHS: 'new' })).toMatchObject({ code: 0 });
    expect(step(folder, { SENTINEL_BASE: base, SENTINEL_PATHS: '.' })).toMatchObject({ code: 1 });
  });

  test('has what is built in where the base has no policy, or cannot be read, and says so', () => {
    const { folder, base } = proposal({}, { 'sentinel-policy.yml': LOOSE, 'models/bad.pkl': PICKLES.system });
    const none = step(folder, { SENTINEL_BASE: base, SENTINEL_PATHS: 'models' });
    expect(none.code).toBe(1);
    expect(none.stderr).toContain('the base of this pull request has no policy: the built-in policy applies');
    for (const lost of sized(['f'.repeat(40), 'gone'], ['gone'])) {
      const run = step(folder, { SENTINEL_BASE: lost, SENTINEL_PATHS: 'models' });
      expect(run.code).toBe(1);
      expect(run.stderr).toContain('cannot be read (fetch it, as with fetch-depth: 0): the built-in policy applies');
    }
  });

  const BRANCHES = sized(['GITHUB_BASE_REF', 'CI_MERGE_REQUEST_TARGET_BRANCH_NAME'], ['GITHUB_BASE_REF']);
  test.each(BRANCHES)('fetches the branch that %s names', (name) => {
    const { folder, base } = proposal(
      { 'sentinel-policy.yml': NET },
      { 'm.pkl': PICKLES.net, 'sentinel-policy.yml': '' },
    );
    git(folder, 'checkout', '-q', '-b', 'feature');
    git(folder, 'branch', '-f', 'main', base);
    const clone = cli.folder({});
    git(clone, 'clone', '-q', '--depth=1', '--branch', 'feature', `file://${folder}`, 'c');
    const run = step(join(clone, 'c'), { [name]: 'main', SENTINEL_PATHS: 'm.pkl' });
    expect(run.code).toBe(0);
    expect(run.stderr).toContain(`the policy is sentinel-policy.yml of the base, ${base}`);
  });

  test('cannot bring its own baseline', () => {
    const known = cli.folder({ 'models/bad.pkl': PICKLES.system });
    cli.run(known, ['artifact', 'models', '-f', 'json=old.json']);
    const old = readFileSync(join(known, 'old.json'), 'utf8');
    const since = { SENTINEL_PATHS: 'models', SENTINEL_BASELINE: 'old.json', SENTINEL_FAIL_ON_NEW: 'true' };
    const fresh = proposal({}, { 'models/bad.pkl': PICKLES.system, 'old.json': old });
    const run = step(fresh.folder, { ...since, SENTINEL_BASE: fresh.base });
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('the baseline old.json is not in the base of this pull request');
    const held = proposal({ 'old.json': old }, { 'models/bad.pkl': PICKLES.system, 'old.json': '{}' });
    expect(
      step(held.folder, { ...since, SENTINEL_BASE: held.base, SENTINEL_MAX_ACCEPTABLE_SEVERITY: 'OVERTLY_MALICIOUS' })
        .code,
    ).toBe(0);
    const own = { ...since, SENTINEL_BASE: fresh.base, SENTINEL_BASELINE: join(known, 'old.json') };
    expect(step(fresh.folder, own).code).toBe(0);
  });

  test('links of the proposal lead nowhere', () => {
    const { folder, base } = proposal(
      { 'ci/p.yml': '', 'models/x.txt': 'x' },
      { 'loose/p.yml': LOOSE, 'models/bad.pkl': PICKLES.system },
    );
    rmSync(join(folder, 'ci'), { recursive: true });
    symlinkSync('loose', join(folder, 'ci'));
    const run = step(folder, { SENTINEL_BASE: base, SENTINEL_PATHS: 'models', SENTINEL_POLICY: 'ci/p.yml' });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('the folder of the policy, ci, is a link in the proposal');
    const gone = step(folder, { SENTINEL_BASE: base, SENTINEL_PATHS: 'models', SENTINEL_POLICY: 'loose/p.yml' });
    expect(gone.code).toBe(1);
  });

  const BASES = ['--upload-pack=touch pwned', 'a..b', 'x y', '-x'];
  test.each(BASES.filter((_base, at) => at % sized(1, 4) === 0))('the base %s is refused', (base) => {
    const { folder } = proposal({}, { 'm.pkl': PICKLES.clean });
    const run = step(folder, { SENTINEL_BASE: base, SENTINEL_PATHS: 'm.pkl' });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('neither a commit nor the name of a branch');
  });

  test('a folder that is no checkout is refused', () => {
    const run = step(cli.folder(FILES), { SENTINEL_BASE: 'main', SENTINEL_PATHS: 'models' });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('is no git checkout');
  });
});

describe('whose the policy of a checkout is', () => {
  const CHECKOUT = { 'sentinel-policy.yml': 'allow:\n  - {entry: mylib.model.Net, why: x}\n', 'm.pkl': PICKLES.net };

  const EVENTS: readonly (readonly [env: Readonly<Record<string, string>>, code: number])[] = [
    [{ GITHUB_EVENT_NAME: 'push' }, 0],
    [{ GITHUB_EVENT_NAME: 'schedule' }, 0],
    [{ CI_PIPELINE_SOURCE: 'push' }, 0],
    [{ GITHUB_EVENT_NAME: 'push', SENTINEL_TRUST_POLICY: 'false' }, 1],
    [{ GITHUB_EVENT_NAME: 'workflow_dispatch' }, 1],
    [{ GITHUB_EVENT_NAME: 'issue_comment' }, 1],
    [{ GITHUB_EVENT_NAME: 'issue_comment', SENTINEL_TRUST_POLICY: 'true' }, 0],
    [{}, 1],
  ];
  // At full size all of them, else every third.
  test.each(EVENTS.filter((_event, at) => at % sized(1, 3) === 0))('%j ends with %i', (env, code) => {
    expect(step(cli.folder(CHECKOUT), { SENTINEL_PATHS: '.', ...env }).code).toBe(code);
  });
});

describe('SARIF as code scanning takes it', () => {
  test('relative URIs, a line for every result, and far below 10 MB', () => {
    const folder = cli.folder({});
    mkdirSync(join(folder, 'many models'));
    for (let i = 0; i < 300; i += 1) writeFileSync(join(folder, 'many models', `${i} ä.pkl`), PICKLES.system);
    const { outputs } = step(folder, { SENTINEL_PATHS: 'many models' });
    const bytes = readFileSync(outputs['sarif'] ?? '');
    const log = JSON.parse(bytes.toString('utf8')) as {
      runs: {
        results: {
          locations: { physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } } }[];
        }[];
      }[];
    };
    const locations = log.runs.flatMap((run) => run.results.flatMap((result) => result.locations));
    expect(locations).toHaveLength(300);
    for (const { physicalLocation } of locations) {
      expect(physicalLocation.artifactLocation.uri).toMatch(/^many%20models\/\d+%20%C3%A4\.pkl$/);
      expect(physicalLocation.region.startLine).toBe(1);
    }
    const packed = gzipSync(bytes);
    expect(gunzipSync(packed)).toHaveLength(bytes.length);
    // 25,000 results at most, of this size each.
    expect((packed.length / locations.length) * 25_000).toBeLessThan(10_000_000);
  });
});

interface ActionStep {
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
}
interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string; readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly ActionStep[] };
}

describe('action.yml', () => {
  const action = parse(text('action.yml')) as Action;
  const { steps } = action.runs;

  test('inputs reach the shell through the environment only, and every one of them is used', () => {
    for (const { run, shell } of steps) {
      if (run === undefined) continue;
      expect(run).not.toContain('${{');
      expect(shell).toBe('bash');
    }
    const used = new Set([...text('action.yml').matchAll(/inputs\.([a-z0-9-]+)/g)].map((match) => match[1]));
    expect(used).toEqual(new Set(Object.keys(action.inputs)));
    for (const input of Object.values(action.inputs)) expect(input.description).not.toBe('');
  });

  test('other actions are pinned by commit, with their version beside it', () => {
    const uses = text('action.yml')
      .split('\n')
      .filter((line) => /^\s*(?:- )?uses:/.test(line));
    expect(uses).toHaveLength(2);
    for (const line of uses) expect(line).toMatch(/uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test('the script reads the variables that it is given', () => {
    const env = steps.find((item) => item.run?.includes('scan.sh'))?.env ?? {};
    const script = text('integrations/scan.sh');
    for (const name of Object.keys(env)) expect(script).toContain(`\${${name}:-`);
  });

  test('outputs are those that the script writes', () => {
    const folder = cli.folder(FILES);
    const { outputs } = step(folder, { SENTINEL_PATHS: 'models' });
    for (const [name, { value }] of Object.entries(action.outputs)) {
      expect(value).toBe(`\${{ steps.scan.outputs.${name} }}`);
      expect(outputs).toHaveProperty([name]);
    }
  });

  test('the upload and the gate run after a failure, and the gate ends as the scan did', () => {
    const upload = steps.find((item) => item.uses?.includes('upload-sarif'));
    expect(upload?.if).toMatch(/^\$\{\{ always\(\) && /);
    const gate = steps.at(-1);
    expect(gate?.if).toBe('${{ always() }}');
    for (const [given, code] of [
      ['0', 0],
      ['1', 1],
      ['2', 2],
    ] as const) {
      const run = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', gate?.run ?? ''], {
        env: { PATH: process.env['PATH'], SENTINEL_EXIT_CODE: given },
      });
      expect(run.status).toBe(code);
    }
    expect(gate?.env).toEqual({ SENTINEL_EXIT_CODE: "${{ steps.scan.outputs.exit-code || '2' }}" });
  });

  test('the scan step does not end the job before the upload', () => {
    const scan = steps.find((item) => item.run?.includes('scan.sh'));
    expect(scan?.run).toBe('"$GITHUB_ACTION_PATH/integrations/scan.sh" || true');
  });
});

describe('get-cli.sh', () => {
  /** Of a package with this program, given as the action gives it. */
  function get(env: Readonly<Record<string, string>>): { code: number | null; built: string; stderr: string } {
    const folder = cli.folder({ 'package/dist/sentinel.cjs': 'program', 'package/dist/parts/a.cjs': 'part' });
    spawnSync('tar', ['-czf', 'cli.tgz', 'package'], { cwd: folder });
    const sha256 = createHash('sha256')
      .update(readFileSync(join(folder, 'cli.tgz')))
      .digest('hex');
    const { PATH } = process.env;
    const run = spawnSync('bash', [join(ROOT, 'integrations/get-cli.sh')], {
      cwd: folder,
      env: {
        PATH,
        SENTINEL_BUILT: join(folder, 'built'),
        SENTINEL_PACKAGE: 'cli.tgz',
        SENTINEL_PACKAGE_SHA256: sha256,
        ...env,
      },
      encoding: 'utf8',
    });
    const program = join(folder, 'built/sentinel.cjs');
    return { code: run.status, built: existsSync(program) ? readFileSync(program, 'utf8') : '', stderr: run.stderr };
  }

  test('a package is unpacked, and nothing is built', () => {
    expect(get({})).toEqual({ code: 0, built: 'program', stderr: '' });
  });

  test.each([
    ['', '64 hex digits'],
    ['0'.repeat(64), 'the package has SHA-256'],
  ])('with SHA-256 %j it is refused', (sha256, why) => {
    const { code, built, stderr } = get({ SENTINEL_PACKAGE_SHA256: sha256 });
    expect([code, built]).toEqual([2, '']);
    expect(stderr).toContain(why);
  });
});

describe('gitlab.yml', () => {
  const { sentinel } = parse(text('integrations/gitlab.yml')) as {
    sentinel: {
      variables: Record<string, string>;
      before_script: string[];
      script: string[];
      artifacts: { when: string; paths: string[]; reports: Record<string, string> };
    };
  };

  test('the job keeps its reports for any result of the scan', () => {
    expect(sentinel.script).toEqual(['"$SENTINEL_HOME/integrations/scan.sh"']);
    expect(sentinel.artifacts.when).toBe('always');
    const { SENTINEL_REPORTS: reports } = sentinel.variables;
    expect(sentinel.artifacts.paths).toEqual([`${reports ?? ''}/`]);
    expect(sentinel.artifacts.reports).toEqual({ codequality: `${reports ?? ''}/gitlab.json` });
    const script = text('integrations/scan.sh');
    for (const name of ['SENTINEL_PATHS', 'SENTINEL_REPORTS']) expect(script).toContain(`\${${name}:-`);
  });

  /** The job's commands, with programs that only say how they were called. */
  function job(repository: string, commit: string): { status: number | null; stdout: string } {
    const tool = '#!/bin/sh\nprintf "%s" "${0##*/}" && printf " <%s>" "$@" && echo\n';
    const names = ['bin/git', 'home/integrations/get-cli.sh', 'home/integrations/scan.sh'];
    const folder = cli.folder(Object.fromEntries(names.map((name) => [name, tool])));
    for (const name of names) chmodSync(join(folder, name), 0o755);
    const { PATH } = process.env;
    const run = spawnSync('bash', ['-e', '-c', [...sentinel.before_script, ...sentinel.script].join('\n')], {
      cwd: folder,
      env: {
        PATH: `${join(folder, 'bin')}:${PATH ?? ''}`,
        SENTINEL_REPOSITORY: repository,
        SENTINEL_COMMIT: commit,
        SENTINEL_HOME: join(folder, 'home'),
      },
      encoding: 'utf8',
    });
    expect(existsSync(join(folder, 'pwned'))).toBe(false);
    return { status: run.status, stdout: run.stdout.replaceAll(folder, '') };
  }

  test('it builds the commit that was named', () => {
    const commit = '0123456789abcdef0123456789abcdef01234567';
    expect(job('https://x/y.git $(touch pwned)', commit)).toEqual({
      status: 0,
      stdout: [
        'git <clone> <--quiet> <--> <https://x/y.git $(touch pwned)> </home>',
        `git <-C> </home> <checkout> <--quiet> <--detach> <${commit}>`,
        'get-cli.sh <>',
        'scan.sh <>',
        '',
      ].join('\n'),
    });
  });

  test.each(['', 'main', 'v1.0.0', '--upload-pack=touch pwned', '0123456789abcdef'])('%j names no commit', (commit) => {
    expect(job('https://x/y.git', commit)).toEqual({ status: 2, stdout: '' });
  });
});

test('hooks, scripts and programs that the repository promises are there', () => {
  const hooks = parse(text('.pre-commit-hooks.yaml')) as {
    id: string;
    entry: string;
    args: string[];
    files?: string;
  }[];
  const { bin, version } = JSON.parse(text('package.json')) as { bin: Record<string, string>; version: string };
  for (const file of ['integrations/scan.sh', 'integrations/pre-commit.cjs'])
    expect(Object.values(bin)).toContain(file);
  for (const { entry, args } of hooks) {
    expect(bin).toHaveProperty([entry.split(' ')[0] ?? '']);
    expect(args.at(-1)).toBe('--');
  }
  const pattern = new RegExp((hooks[0]?.files ?? '').replace('(?i)', ''), 'i');
  for (const name of ['a.pkl', 'b/MODEL.PT', 'x.tar.gz', 'a.joblib', 'w.safetensors.bin', 'm.nemo'])
    expect(name).toMatch(pattern);
  for (const name of ['a.py', 'README.md', 'w.safetensors', 'pkl']) expect(name).not.toMatch(pattern);
  expect(version).toBe((JSON.parse(text('packages/cli/package.json')) as { version: string }).version);
});
