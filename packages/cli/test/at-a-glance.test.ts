import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '@artifact-sentinel/core';
import { describe, expect, test } from 'vitest';
import { sized } from '../../../oracles/full-size.js';
import { Cli, PICKLES } from './kit.js';

const cli = new Cli();

/** Six findings: one line each. */
const MANY = Object.fromEntries(
  Array.from({ length: 6 }, (_, i) => [`models/part-${i}.pkl`, i % 2 === 0 ? PICKLES.system : PICKLES.net]),
);
const SGR = /\p{Cc}\[\d+m/gu;

/** Runs a command on a terminal of its own, which has so many columns; 0: it does not say. */
const ON_TERMINAL = `
import fcntl, os, pty, struct, sys, termios
columns, command = int(sys.argv[1]), sys.argv[2:]
child, terminal = pty.fork()
if child == 0:
    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack('HHHH', 24, columns, 0, 0))
    # Without the progress line.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    os.execvp(command[0], command)
while True:
    try:
        data = os.read(terminal, 65536)
    except OSError:
        break
    if not data: break
    sys.stdout.buffer.write(data)
sys.stdout.buffer.flush()
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
`;
const hasTerminal = spawnSync('python3', ['-c', 'import pty, fcntl, termios']).status === 0;

function onTerminal(folder: string, columns: number, args: readonly string[], env: NodeJS.ProcessEnv = {}): string {
  const { PATH, TMPDIR } = process.env;
  const command = ['-c', ON_TERMINAL, String(columns), process.execPath, cli.bundle, ...args];
  const { stdout, error } = spawnSync('python3', command, {
    cwd: folder,
    env: { PATH, TMPDIR, ...env },
    encoding: 'utf8',
  });
  if (error !== undefined) throw error;
  return stdout.replaceAll('\r\n', '\n');
}

/** The longest line but for commands, which are never folded. */
function widest(text: string): number {
  const lines = text.replace(SGR, '').split('\n');
  return lines.reduce((most, line) => (/^ +(?:retest|more) /.test(line) ? most : Math.max(most, line.length)), 0);
}

/** At full size all of them, else every fourth: each starts an interpreter and a command. */
const some = <T>(rows: readonly T[]): readonly T[] => rows.filter((_row, at) => at % sized(1, 4) === 0);

describe.skipIf(!hasTerminal)('a terminal', () => {
  const WIDTHS: readonly { readonly columns: number; readonly env: NodeJS.ProcessEnv; readonly most: number }[] = [
    { columns: 52, env: {}, most: 52 },
    { columns: 100, env: {}, most: 100 },
    { columns: 60, env: { COLUMNS: '90' }, most: 60 },
    { columns: 0, env: { COLUMNS: '70' }, most: 70 },
    { columns: 0, env: {}, most: 80 },
    { columns: 0, env: { COLUMNS: 'wide' }, most: 80 },
  ];
  test.each(some(WIDTHS))('$columns columns, $env: lines of at most $most', ({ columns, env, most }) => {
    const text = onTerminal(cli.folder(MANY), columns, ['artifact', 'models'], env);
    expect(text).toContain('6 findings');
    expect(widest(text)).toBeLessThanOrEqual(most);
    expect(widest(text)).toBeGreaterThan(most - 25);
  });

  const COLOURS: readonly (readonly [string, readonly string[], NodeJS.ProcessEnv, boolean])[] = [
    ['by itself', [], {}, true],
    ['NO_COLOR', [], { NO_COLOR: '1' }, false],
    ['an empty NO_COLOR', [], { NO_COLOR: '' }, true],
    ['TERM=dumb', [], { TERM: 'dumb' }, false],
    ['--color never', ['--color', 'never'], {}, false],
    ['--no-color', ['--no-color'], { FORCE_COLOR: '1' }, false],
    ['--color always and NO_COLOR', ['--color', 'always'], { NO_COLOR: '1' }, true],
    ['--color auto and FORCE_COLOR=0', ['--color', 'auto'], { FORCE_COLOR: '0' }, false],
  ];
  test.each(some(COLOURS))('colours: %s', (_, args, env, colours) => {
    const text = onTerminal(cli.folder({ 'm.pkl': PICKLES.system }), 80, ['artifact', 'm.pkl', ...args], env);
    expect(text).toContain('Dangerous Pickle Execution');
    expect(text.includes('\u001b[')).toBe(colours);
  });

  test('the page of a rule is folded too', () => {
    const text = onTerminal(cli.folder({}), 50, ['explain', 'PICKLE-EXEC', '--color', 'never']);
    const prose = text.slice(text.indexOf('What it finds'), text.indexOf('\nBad\n'));
    expect(widest(prose)).toBeLessThanOrEqual(50);
  });
});

describe('a pipe and a file', () => {
  const LINE =
    /^(?:CRITICAL|HIGH) {2,}models\/part-\d\.pkl {2}(?:runs|calls) .* {2}PICKLE-[A-Z-]+ {2}v2-[0-9a-f]{8}$/gm;

  test('a finding is one line, whatever COLUMNS says', () => {
    for (const env of [{}, { COLUMNS: '40' }] as Record<string, string>[]) {
      const { stdout } = cli.run(cli.folder(MANY), ['artifact', 'models'], env);
      expect(stdout).not.toContain('\u001b');
      expect(stdout.match(LINE)).toHaveLength(6);
    }
  });

  test('colours change no character, and never go into a file', () => {
    const folder = cli.folder(MANY);
    const args = ['artifact', 'models', '-f', 'text', '-f', 'text=out.txt'];
    const plain = cli.run(folder, args).stdout;
    const { stdout } = cli.run(folder, [...args, '--color', 'always']);
    expect(stdout).toContain('\u001b[');
    const untimed = (text: string): string => text.replace(/ read in [\d.]+ m?s/, '');
    expect(untimed(stdout.replace(SGR, ''))).toBe(untimed(plain));
    expect(readFileSync(join(folder, 'out.txt'), 'utf8')).not.toContain('\u001b');
    expect(readFileSync(join(folder, 'out.txt'), 'utf8').match(LINE)).toHaveLength(6);
  });

  test.each([
    ['--color', 'sometimes', /argument 'sometimes' is invalid.*auto, always, never/],
    ['--color', 'models', /argument 'models' is invalid/],
  ])('%s %s is bad usage', (option, value, message) => {
    const run = cli.run(cli.folder(MANY), ['artifact', option, value, 'models']);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(message);
  });
});

describe('a path without a command', () => {
  const folderOf = (): string => cli.folder({ 'm.pkl': PICKLES.system, 'models/n.pkl': PICKLES.system, word: 'x' });
  const untimed = ({ code, stdout }: { code: number | null; stdout: string }): unknown => [
    code,
    stdout.replace(/ read in [\d.]+ m?s/, ''),
  ];

  test.each([
    [['m.pkl']],
    [['./models']],
    [['models']],
    [['m.pkl', 'models', '--rule', 'PICKLE']],
    [['--quiet', 'm.pkl']],
    [['--rule', 'PICKLE', 'm.pkl']],
    [['no/such.pkl']],
    [['word']],
  ])('%j is scanned', (args) => {
    const folder = folderOf();
    expect(untimed(cli.run(folder, args))).toEqual(untimed(cli.run(folder, ['artifact', ...args])));
  });

  test('the name of a command is the command, whatever lies there', () => {
    const folder = cli.folder({ 'rules/m.pkl': PICKLES.system, trace: PICKLES.system, help: PICKLES.system });
    expect(cli.run(folder, ['rules'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^RULE /) as string });
    expect(cli.run(folder, ['trace'])).toMatchObject({ code: 2, stdout: '' });
    expect(cli.run(folder, ['help'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Examples:/) as string });
    expect(cli.run(folder, ['./rules']).code).toBe(1);
    expect(cli.run(folder, ['./trace']).code).toBe(1);
  });

  test('a word that is neither is an unknown command', () => {
    expect(cli.run(folderOf(), ['artefact'])).toMatchObject({ code: 2, stdout: '' });
    expect(cli.run(folderOf(), ['--nonsense', 'artifact', 'm.pkl']).stderr).toMatch(/unknown option '--nonsense'/);
  });
});

describe('standard input', () => {
  function piped(input: Uint8Array | string, args: readonly string[], folder = cli.folder({})): ReturnType<Cli['run']> {
    const { PATH, TMPDIR } = process.env;
    const run = spawnSync(process.execPath, [cli.bundle, ...args], {
      cwd: folder,
      env: { PATH, TMPDIR },
      input,
      encoding: 'utf8',
    });
    return { code: run.status, stdout: run.stdout, stderr: run.stderr };
  }

  test('is scanned as a file is', () => {
    const run = piped(PICKLES.system, ['artifact', '-', '-f', 'json', '--hash', 'all']);
    const report = JSON.parse(run.stdout) as Report;
    expect(run).toMatchObject({ code: 1, stderr: '' });
    expect(report.findings).toMatchObject([
      { ruleId: 'PICKLE-EXEC', artifact: '/dev/stdin', retest: 'sentinel artifact /dev/stdin --rule PICKLE-EXEC' },
    ]);
    expect(report.artifacts).toMatchObject([{ path: '/dev/stdin', size: PICKLES.system.length }]);
    expect(report.artifacts[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test('its retest command reads it again', () => {
    const { stdout } = piped(PICKLES.system, ['-', '-f', 'json']);
    const words = ((JSON.parse(stdout) as Report).findings[0]?.retest ?? '').split(' ').slice(1);
    expect(piped(PICKLES.system, words).code).toBe(1);
    expect(piped(PICKLES.clean, words).code).toBe(0);
  });

  test('comes with files, and once', () => {
    const folder = cli.folder({ 'm.pkl': PICKLES.net });
    expect(piped(PICKLES.system, ['artifact', 'm.pkl', '-'], folder).stdout).toContain('2 findings');
    expect(piped(PICKLES.system, ['artifact', '-', '/dev/stdin'], folder)).toMatchObject({
      code: 2,
      stderr: 'sentinel: standard input can be read once; name it once\n',
    });
  });

  test('a file of that name is ./-', () => {
    const folder = cli.folder({ '-': PICKLES.system });
    expect(piped(PICKLES.clean, ['artifact', '-'], folder).code).toBe(0);
    expect(piped(PICKLES.clean, ['artifact', './-'], folder).code).toBe(1);
    const { findings } = JSON.parse(piped(PICKLES.clean, ['artifact', '.', '-f', 'json'], folder).stdout) as Report;
    expect(findings[0]?.retest).toBe('sentinel artifact ./- --rule PICKLE-EXEC');
  });

  test('that is empty is incomplete: a download that failed sends nothing', () => {
    const run = piped('', ['artifact', '-']);
    expect(run.code).toBe(2);
    expect(run.stdout).toContain('/dev/stdin: standard input is empty');
  });

  test('that does not end is incomplete at the deadline of the run', () => {
    // Nobody waits for the writer: its standard error is not that of the test.
    const command = `"$0" "$1" artifact - --total-timeout 1 < <(exec sleep 30 2>/dev/null)`;
    const { PATH, TMPDIR } = process.env;
    const run = spawnSync('bash', ['-c', command, process.execPath, cli.bundle], {
      env: { PATH, TMPDIR },
      encoding: 'utf8',
      timeout: 60_000,
    });
    expect(run.stdout).toContain('standard input did not end in time (--total-timeout)');
    expect(run.status).toBe(2);
  });

  test('comes under the policy of the working folder', () => {
    const folder = cli.folder({
      'sentinel-policy.yml': 'allow:\n  - entry: mylib.model.Net\n    why: ours\n    owner: me\n',
    });
    expect(piped(PICKLES.net, ['artifact', '-'], folder)).toMatchObject({ code: 0 });
    expect(piped(PICKLES.net, ['artifact', '-'])).toMatchObject({ code: 1 });
  });

  test('is traced', () => {
    expect(piped(PICKLES.system, ['trace', '-']).stdout).toMatch(/^\/dev\/stdin @0 [^]*_1 = system\('id'\)/);
  });
});

describe('explain FINGERPRINT', () => {
  function scanned(): { readonly folder: string; readonly fingerprints: readonly string[] } {
    const folder = cli.folder(MANY);
    mkdirSync(join(folder, 'out'));
    cli.run(folder, ['artifact', 'models', '-f', 'json=out/report.json']);
    const { findings } = JSON.parse(readFileSync(join(folder, 'out/report.json'), 'utf8')) as Report;
    return { folder, fingerprints: findings.map(({ fingerprint }) => fingerprint) };
  }

  test('shows the finding of a list in full, by what the list has of it', () => {
    const { folder } = scanned();
    const list = cli.run(folder, ['artifact', 'models']).stdout;
    const short = /part-0\.pkl .* {2}(v2-[0-9a-f]{8})$/m.exec(list)?.[1] ?? '';
    const run = cli.run(folder, ['explain', short, 'out/report.json']);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(
      /^As out\/report\.json has it.*\n\nPICKLE-EXEC CRITICAL\nDangerous Pickle Execution\nDo not load .*\n {2}where {5}models\/part-0\.pkl @0\n/,
    );
    expect(run.stdout).toContain('    retest    sentinel artifact models/part-0.pkl --rule PICKLE-EXEC\n');
  });

  test.each<[string, string[], RegExp]>([
    [
      'needs the report',
      ['v2-12345678'],
      /a finding is explained from its report: sentinel explain v2-12345678 report\.json/,
    ],
    ['that the report does not have', ['v2-00000000', 'out/report.json'], /none of its 6 findings has the fingerprint/],
    ['a rule needs none', ['PICKLE-EXEC', 'out/report.json'], /is no fingerprint/],
    ['too short to be one', ['v2-1', 'out/report.json'], /is no fingerprint/],
    ['no such report', ['v2-12345678', 'no.json'], /cannot read the report no\.json/],
  ])('%s', (_, args, message) => {
    const run = cli.run(scanned().folder, ['explain', ...args]);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(message);
  });

  test('what a hostile report says moves no cursor', () => {
    const { folder, fingerprints } = scanned();
    const file = join(folder, 'out/report.json');
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
    const evil = '\u001b[2J\u202eevil';
    const findings = report.findings.map((finding) => ({
      ...finding,
      title: evil,
      ruleId: `X${evil}`,
      retest: evil,
      owner: evil,
    }));
    writeFileSync(file, JSON.stringify({ ...report, findings }));
    const { stdout, stderr } = cli.run(folder, ['explain', fingerprints[0] ?? '', 'out/report.json']);
    expect(stdout + stderr).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
  });
});

test('a missing argument is shown with an example of its command', () => {
  for (const [args, example] of [
    [['artifact'], 'sentinel artifact model.pt'],
    [['retest'], 'sentinel retest report.json'],
    [['allow', 'check'], 'sentinel allow check mylib.model.Net'],
    [['artifact', 'm.pkl', '--policy'], 'sentinel artifact model.pt'],
  ] as const)
    expect(cli.run(cli.folder({}), args).stderr).toMatch(
      new RegExp(`(?:missing .*|argument missing), as in: ${example}\n$`),
    );
});

test('an unknown rule is met by a suggestion, and not by the list of all', () => {
  const { stderr } = cli.run(cli.folder({}), ['explain', 'PICKLE-EXE']);
  expect(stderr).toBe('sentinel: unknown rule "PICKLE-EXE". Did you mean "PICKLE-EXEC"? All of them: sentinel rules\n');
});

test('objects of git are no artifacts', () => {
  const folder = cli.folder({ 'm.pkl': PICKLES.clean });
  const git = (...args: string[]): unknown =>
    execFileSync('git', ['-c', 'user.name=n', '-c', 'user.email=a@b', ...args], { cwd: folder, stdio: 'pipe' });
  git('init', '-q');
  git('add', 'm.pkl');
  git('commit', '-qm', 'x');
  // Hashes of commits that begin with `c` look like GLOBAL.
  writeFileSync(join(folder, '.git/refs/heads/other'), `c${'1f'.repeat(19)}a\n`);
  expect(cli.run(folder, ['artifact', '.']).stdout).toContain('0 findings in 1 artifact (1 clean)');
});
