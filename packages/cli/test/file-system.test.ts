import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Cli, PICKLES, type Run } from './kit.js';

const cli = new Cli();
const HOSTILE = { 'm.pkl': PICKLES.system };

function verdictIn(file: string): string {
  return (JSON.parse(readFileSync(file, 'utf8')) as { verdict: string }).verdict;
}

/** Names that a write may leave behind. */
function leftovers(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.startsWith('.'));
}

/** `sh -c`, with the program as "$@" up to its own arguments. */
function shell(cwd: string, line: string): Run {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', line, 'bash', process.execPath, cli.bundle], {
    cwd,
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { code: status, stdout, stderr };
}

describe('an output', () => {
  test('through a link: the link stays, and what it leads to is replaced', () => {
    const folder = cli.folder({ ...HOSTILE, 'sub/real.json': 'old' });
    symlinkSync('sub/real.json', join(folder, 'r.json'));
    symlinkSync('sub/new.json', join(folder, 'n.json'));
    expect(cli.run(folder, ['artifact', 'm.pkl', '-f', 'json=r.json', '-f', 'json=n.json'])).toMatchObject({ code: 1 });
    for (const name of ['r.json', 'n.json']) {
      expect(lstatSync(join(folder, name)).isSymbolicLink()).toBe(true);
      expect(verdictIn(join(folder, name))).toBe('fail');
    }
    expect(leftovers(join(folder, 'sub'))).toEqual([]);
  });

  test('keeps the mode of what it replaces, and open readers keep the old file', () => {
    const folder = cli.folder({ ...HOSTILE, 'r.json': 'old' });
    chmodSync(join(folder, 'r.json'), 0o640);
    linkSync(join(folder, 'r.json'), join(folder, 'before'));
    cli.run(folder, ['artifact', 'm.pkl', '-f', 'json=r.json']);
    expect(statSync(join(folder, 'r.json')).mode & 0o777).toBe(0o640);
    expect(readFileSync(join(folder, 'before'), 'utf8')).toBe('old');
    expect(leftovers(folder)).toEqual([]);
  });

  test('into a pipe, by its name and as the shell names it; the pipe stays', () => {
    const folder = cli.folder(HOSTILE);
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect(shell(folder, 'cat pipe > got & "$@" artifact m.pkl -q -f json=pipe; code=$?; wait; exit $code').code).toBe(
      1,
    );
    expect(lstatSync(join(folder, 'pipe')).isFIFO()).toBe(true);
    expect(verdictIn(join(folder, 'got'))).toBe('fail');
    expect(shell(folder, '"$@" artifact m.pkl -q -f json=>(cat > two); code=$?; sleep 0.3; exit $code').code).toBe(1);
    expect(verdictIn(join(folder, 'two'))).toBe('fail');
  });

  test('into what is open already goes on where that stands', () => {
    const folder = cli.folder(HOSTILE);
    shell(
      folder,
      '{ echo first; "$@" artifact m.pkl -f json=/dev/stdout; } > out; { echo first; "$@" artifact m.pkl -q -f json=/dev/fd/3 3>&1; } > three',
    );
    for (const name of ['out', 'three']) expect(readFileSync(join(folder, name), 'utf8')).toMatch(/^first\n\{\n/);
  });

  test.each<[string, string[], string]>([
    ['a scanned file', ['artifact', 'm.pkl', '-f', 'json=m.pkl'], 'm.pkl'],
    ['by another path', ['artifact', 'm.pkl', '-f', 'json=sub/../m.pkl'], 'm.pkl'],
    ['through a link', ['artifact', 'm.pkl', '-o', 'link.json'], 'm.pkl'],
    ['by a hard link', ['artifact', 'm.pkl', '-o', 'hard.json'], 'm.pkl'],
    ['the policy', ['artifact', 'm.pkl', '--policy', 'p.yml', '-f', 'json=p.yml'], 'p.yml'],
    ['the policy that was found', ['artifact', 'm.pkl', '-f', 'json=sentinel-policy.yml'], 'sentinel-policy.yml'],
    ['the baseline', ['artifact', 'm.pkl', '--baseline', 'r.json', '-f', 'json=r.json'], 'r.json'],
    ['the report of a retest', ['retest', 'r.json', '-f', 'json=r.json'], 'r.json'],
    ['a file of a retest', ['retest', 'r.json', '-f', 'json=m.pkl'], 'm.pkl'],
    ['an artifact of a scanned folder', ['artifact', '.', '-f', 'json=m.pkl'], 'm.pkl'],
    ['the key', ['attest', 'r.json', '--key', 'k.pem', '-o', 'k.pem'], 'k.pem'],
  ])('is refused if it would replace %s', (_what, args, untouched) => {
    const folder = cli.folder({
      ...HOSTILE,
      'sub/x': '',
      'p.yml': 'fail_on: [LOW]\n',
      'sentinel-policy.yml': 'fail_on: [LOW]\n',
    });
    symlinkSync('m.pkl', join(folder, 'link.json'));
    linkSync(join(folder, 'm.pkl'), join(folder, 'hard.json'));
    cli.run(folder, ['artifact', 'm.pkl', '--hash', 'all', '-f', 'json=r.json']);
    cli.run(folder, ['keygen', 'k']);
    const before = readFileSync(join(folder, untouched));
    const run = cli.run(folder, args);
    expect(run.stderr).toMatch(/cannot write \S+: it is an input of this run\n$/);
    expect(run.code).not.toBe(0);
    expect(readFileSync(join(folder, untouched)).equals(before)).toBe(true);
  });

  test.each([
    ['a link', '.', 'tree/r.json', 'r.json'],
    ['a folder that is a link', '.', 'tree/out/r.json', 'out'],
    ['a link that the link of the user leads to', 'tree', 'mine.json', 'r.json'],
  ])('is refused through %s that lies in what is scanned', (_what, scanned, output, link) => {
    const folder = cli.folder({ 'tree/m.pkl': PICKLES.system, 'home/r.json': 'old' });
    symlinkSync('../home/r.json', join(folder, 'tree', 'r.json'));
    symlinkSync('../home', join(folder, 'tree', 'out'));
    symlinkSync('tree/r.json', join(folder, 'mine.json'));
    const run = cli.run(folder, ['artifact', scanned, '-f', `json=${output}`]);
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(
      new RegExp(`cannot write ${output}: the link \\S+/tree/${link} lies in what is scanned\n$`),
    );
    expect(readFileSync(join(folder, 'home', 'r.json'), 'utf8')).toBe('old');
  });

  test('into a pipe that lies in what is scanned is refused, and not waited for', () => {
    const folder = cli.folder(HOSTILE);
    execFileSync('mkfifo', [join(folder, 'r.json')]);
    const stderr = 'sentinel: cannot write r.json: a pipe or a socket that lies in what is scanned\n';
    expect(cli.run(folder, ['artifact', '.', '-f', 'json=r.json'])).toEqual({ code: 2, stdout: '', stderr });
  });

  test('what one of them refuses keeps no other back, and 1 outranks 2', () => {
    const folder = cli.folder(HOSTILE);
    const run = cli.run(folder, ['artifact', '.', '-f', 'json=m.pkl', '-f', 'json=r.json']);
    expect([run.code, verdictIn(join(folder, 'r.json'))]).toEqual([1, 'fail']);
  });

  test('a report that lies in the scanned folder is replaced by the next one', () => {
    const folder = cli.folder(HOSTILE);
    for (let i = 0; i < 2; i += 1) expect(cli.run(folder, ['artifact', '.', '-f', 'json=r.json']).code).toBe(1);
    expect(verdictIn(join(folder, 'r.json'))).toBe('fail');
  });

  test.each([
    [['-f', 'json=r', '-f', 'text=./r'], /cannot write two reports to one file: r and \.\/r/],
    [['-f', 'json=old', '-f', 'text=link'], /cannot write two reports to one file: old and link/],
    [['-f', 'json=-', '-f', 'text=/dev/stdout'], /only one report can go to standard output/],
    [['-f', 'json=sub'], /cannot write sub: it is a folder/],
  ])('%j is refused', (args, message) => {
    const folder = cli.folder({ ...HOSTILE, 'sub/x': '', old: 'old' });
    symlinkSync('old', join(folder, 'link'));
    const run = cli.run(folder, ['artifact', 'm.pkl', ...args]);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(message);
    expect(readFileSync(join(folder, 'old'), 'utf8')).toBe('old');
  });
});

/** Patches Node before the program starts; `after` is the moment before the new file gets its name. */
function patched(folder: string, patch: string): Run & { readonly signal: string | null } {
  const script = join(folder, 'patch.cjs');
  writeFileSync(script, `const fs = require('node:fs');\n${patch}\n`);
  const args = ['--require', script, cli.bundle, 'artifact', 'm.pkl', '-f', 'json=r.json'];
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  return { code: status, signal, stdout, stderr };
}

describe('a write that does not come to its end', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'])(
    '%s waits until the file is whole, and ends the process then',
    (signal) => {
      const folder = cli.folder({ ...HOSTILE, 'r.json': 'old' });
      const run = patched(
        folder,
        `const real = fs.fsyncSync; fs.fsyncSync = (fd) => { process.kill(process.pid, '${signal}'); real(fd); };`,
      );
      expect(run).toMatchObject({ code: null, signal, stderr: '' });
      expect(verdictIn(join(folder, 'r.json'))).toBe('fail');
      expect(leftovers(folder)).toEqual([]);
    },
  );

  // Both at once: they mostly wait.
  test.concurrent.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('%s is exit code %d in a shell', async (signal, code) => {
    const folder = cli.folder(HOSTILE);
    execFileSync('mkfifo', [join(folder, 'wait.yml')]);
    // A policy that nobody writes: the program waits in the system.
    const line = `set -m; "$@" artifact m.pkl --policy wait.yml -f json=r.json & sleep 1; kill -${signal} $!; wait $!`;
    const run = spawn('bash', ['-c', line, 'bash', process.execPath, cli.bundle], { cwd: folder, stdio: 'ignore' });
    expect(await once(run, 'exit')).toEqual([code, null]);
    expect(existsSync(join(folder, 'r.json'))).toBe(false);
  });

  test('kill -9 leaves the old file', () => {
    const folder = cli.folder({ ...HOSTILE, 'r.json': 'old' });
    expect(patched(folder, `fs.fsyncSync = () => process.kill(process.pid, 'SIGKILL');`).signal).toBe('SIGKILL');
    expect(readFileSync(join(folder, 'r.json'), 'utf8')).toBe('old');
  });

  test('a full disk leaves the old file and says so; findings are still exit code 1', () => {
    const folder = cli.folder({ ...HOSTILE, 'r.json': 'old' });
    const run = patched(
      folder,
      `const real = fs.writeSync; fs.writeSync = (fd, ...rest) => {
        if (fd > 2) throw Object.assign(new Error('full'), { code: 'ENOSPC', syscall: 'write' });
        return real(fd, ...rest);
      };`,
    );
    expect(run).toMatchObject({ code: 1, stderr: 'sentinel: cannot write r.json: no space left\n' });
    expect(readFileSync(join(folder, 'r.json'), 'utf8')).toBe('old');
    expect(leftovers(folder)).toEqual([]);
  });

  test('a mount that takes no replacement is written over', () => {
    const folder = cli.folder({ ...HOSTILE, 'r.json': 'old, and longer than nothing' });
    const run = patched(
      folder,
      `fs.renameSync = () => { throw Object.assign(new Error('busy'), { code: 'EBUSY', syscall: 'rename' }); };`,
    );
    expect(run).toMatchObject({ code: 1 });
    expect(verdictIn(join(folder, 'r.json'))).toBe('fail');
    expect(leftovers(folder)).toEqual([]);
  });
});

describe('the machine in words, not as a bug', () => {
  test('standard output on a full disk', () => {
    const folder = cli.folder({ ...HOSTILE, 'clean.pkl': PICKLES.clean });
    if (!existsSync('/dev/full')) return;
    const stderr = 'sentinel: cannot write to standard output: no space left\n';
    expect(shell(folder, '"$@" artifact clean.pkl > /dev/full')).toMatchObject({ code: 2, stderr });
    expect(shell(folder, '"$@" artifact m.pkl > /dev/full')).toMatchObject({ code: 1, stderr });
    expect(shell(folder, '"$@" rules > /dev/full')).toMatchObject({ code: 2, stderr });
  });

  test('a disk that fails under one file: the rest goes on', () => {
    const folder = cli.folder({ ...HOSTILE, 'bad.pkl': PICKLES.clean, 'z.pkl': PICKLES.clean });
    const script = join(folder, 'patch.cjs');
    writeFileSync(
      script,
      `const fs = require('node:fs'); const { readSync } = fs; const { ino } = fs.statSync('bad.pkl');
      fs.readSync = (fd, ...rest) => {
        if (fs.fstatSync(fd).ino === ino) throw Object.assign(new Error('bad'), { code: 'EIO', syscall: 'read' });
        return readSync(fd, ...rest);
      };`,
    );
    const run = cli.runAlone(folder, ['artifact', 'bad.pkl', 'z.pkl', '-f', 'json'], {
      NODE_OPTIONS: `--require=${script}`,
    });
    expect(run).toMatchObject({ code: 2, stderr: '' });
    const report = JSON.parse(run.stdout) as { incomplete: unknown; artifacts: { status: string }[] };
    expect(report.incomplete).toEqual([
      {
        path: 'bad.pkl',
        offset: 0,
        cause: 'unreadable',
        reason: 'cannot be read: the disk or the network failed (EIO)',
      },
    ]);
    expect(report.artifacts.map(({ status }) => status)).toEqual(['incomplete', 'complete']);
  });

  test('standard error that nobody reads changes no exit code', () => {
    const folder = cli.folder(HOSTILE);
    for (const to of ['2>&-', '2> /dev/full', '2> >(exit)'])
      expect(shell(folder, `"$@" artifact m.pkl -f json=r.json ${to}`).code).toBe(1);
  });

  test('standard output that is closed is like one that nobody reads', () => {
    expect(shell(cli.folder(HOSTILE), '"$@" artifact m.pkl >&-')).toMatchObject({ code: 1, stderr: '' });
  });

  test('a working folder that is gone', () => {
    const folder = cli.folder({ ...HOSTILE, 'gone/x': '' });
    const run = shell(folder, `cd gone; rm -r ../gone; "$@" artifact ${join(folder, 'm.pkl')}`);
    expect(run).toEqual({
      code: 2,
      stdout: '',
      stderr: 'sentinel: the working folder is not there any more; enter one that is\n',
    });
  });

  test.each([
    ['a name that is too long', 'n'.repeat(300), 'the name is too long'],
    ['a loop of links', 'loop', 'a loop of symbolic links'],
    ['a path through a file', 'm.pkl/x', 'a part of the path is no folder'],
  ])('%s', (_what, name, reason) => {
    const folder = cli.folder(HOSTILE);
    symlinkSync('loop', join(folder, 'loop'));
    const run = cli.run(folder, ['artifact', name, 'm.pkl']);
    expect(run).toMatchObject({ code: 1, stderr: '' });
    expect(run.stdout).toContain(`: ${reason}\n`);
  });
});

describe.skipIf(process.platform !== 'linux')('names that are no UTF-8', () => {
  const folder = (): string => {
    const made = cli.folder({});
    const path = Buffer.concat([Buffer.from(`${made}/d`), Buffer.from([0xff])]);
    mkdirSync(path);
    writeFileSync(Buffer.concat([path, Buffer.from('/m.pkl')]), PICKLES.system);
    writeFileSync(join(made, 'd\\xff.pkl'), PICKLES.system);
    return made;
  };

  test('are read by the shell, and the retest command names them', () => {
    const made = folder();
    const run = shell(made, `"$@" artifact $'d\\xff' -f json`);
    const report = JSON.parse(run.stdout) as { command: string; findings: { artifact: string; retest: string }[] };
    expect(report.findings).toMatchObject([
      { artifact: 'd\\xff/m.pkl', retest: `sentinel artifact $'d\\377/m.pkl' --rule PICKLE-EXEC` },
    ]);
    expect(report.command).toBe(`sentinel artifact $'d\\377' -f json`);
    const again = report.findings[0]?.retest.replace('sentinel', '"$@"') ?? '';
    expect(shell(made, again).stdout).toContain('  where     d\\xff/m.pkl @0\n');
  });

  test('a policy that lies there holds, and a retest finds them again', () => {
    const made = folder();
    writeFileSync(
      Buffer.concat([Buffer.from(`${made}/d`), Buffer.from([0xff]), Buffer.from('/sentinel-policy.yml')]),
      'fail_on: [',
    );
    expect(cli.run(made, ['artifact', '.', '-f', 'json=r.json']).code).toBe(1);
    const report = JSON.parse(readFileSync(join(made, 'r.json'), 'utf8')) as { incomplete: { path: string }[] };
    expect(report.incomplete.map(({ path }) => path)).toEqual(['d\\xff/m.pkl']);
    const { stdout } = cli.run(made, ['retest', 'r.json']);
    expect(stdout).toContain('0 removed');
  });

  test('an argument that reads like one is another name', () => {
    const run = cli.run(folder(), ['artifact', 'd\\xff.pkl', '-f', 'json']);
    expect((JSON.parse(run.stdout) as { artifacts: { path: string }[] }).artifacts).toMatchObject([
      { path: 'd\\x5cxff.pkl' },
    ]);
  });
});

describe('files that must not be there yet', () => {
  test('a link that leads nowhere is there', () => {
    const folder = cli.folder({});
    symlinkSync('elsewhere', join(folder, 'sentinel-policy.yml'));
    symlinkSync('elsewhere', join(folder, 'k.pem'));
    expect(cli.run(folder, ['init'])).toMatchObject({ code: 2, stderr: expect.stringContaining('exists') as string });
    expect(cli.run(folder, ['keygen', 'k'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('k.pem exists') as string,
    });
    expect(readdirSync(folder).toSorted()).toEqual(['k.pem', 'sentinel-policy.yml']);
  });

  test('a source that is a pipe is not waited for', () => {
    const folder = cli.folder({ 'src/x': '' });
    execFileSync('mkfifo', [join(folder, 'src', 'mylib.py')]);
    const run = cli.run(folder, ['allow', 'check', 'mylib.Net', '--source', 'src']);
    expect(run.stdout).toContain('it is no file');
  });
});
