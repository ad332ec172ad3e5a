// What the command line does with devices, mounts, full disks and other users: in a mount namespace of its own, so that
// nothing of the machine is touched. `--files 200000` adds a folder of so many files, `--kills 100` kill -9 while a report
// is being written; both print figures. Skipped, with words, where the system gives no namespace.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const SELF = fileURLToPath(import.meta.url);
const PROGRAM = fileURLToPath(new URL('../../packages/cli/dist/sentinel.cjs', import.meta.url));
const HOSTILE = Buffer.from("cos\nsystem\n(S'true'\ntR.");
const CLEAN = Buffer.from('\x80\x02ccollections\nOrderedDict\n)R.', 'latin1');
/** nobody */
const OTHER = 65534;

const { values: options } = parseArgs({
  options: {
    files: { type: 'string', default: '0' },
    kills: { type: 'string', default: '0' },
    inside: { type: 'boolean' },
  },
});

if (options.inside !== true) {
  const namespace = ['--mount', '--map-root-user', '--mount'].slice(process.getuid() === 0 ? 2 : 1);
  if (process.platform !== 'linux' || spawnSync('unshare', [...namespace, 'true']).status !== 0) {
    console.log('skipped: the system gives this user no mount namespace (unshare --mount)');
    process.exit(0);
  }
  const { status } = spawnSync(
    'unshare',
    [...namespace, process.execPath, SELF, '--inside', ...process.argv.slice(2)],
    { stdio: 'inherit' },
  );
  process.exit(status ?? 1);
}

const root = fs.mkdtempSync(join(tmpdir(), 'sentinel-fs-'));
fs.chmodSync(root, 0o755);
process.chdir(root);
let failed = 0;

function check(what, got, wanted) {
  const [is, should] = [got, wanted].map((value) => JSON.stringify(value));
  if (is === should) {
    console.log(`ok      ${what}`);
    return;
  }
  failed += 1;
  console.log(`FAILED  ${what}: ${is}, not ${should}`);
}

/** `node`: a program of our own, so that another user can be it; the folder of the tests need not be open to them. */
function sentinel(args, { user, ...rest } = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, 'artifact', ...args], {
    encoding: 'utf8',
    ...(user === undefined ? {} : { uid: user, gid: user, env: { PATH: process.env.PATH } }),
    ...rest,
  });
  return { code: status, stdout, stderr };
}

function mount(...args) {
  const { status, stderr } = spawnSync('mount', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`mount ${args.join(' ')}: ${stderr}`);
}

function write(name, content, mode = 0o644) {
  fs.writeFileSync(name, content, { mode });
}

function verdictIn(file) {
  return JSON.parse(fs.readFileSync(file, 'utf8')).verdict;
}

const leftovers = (folder) => fs.readdirSync(folder).filter((name) => name.startsWith('.sentinel-'));

function devices() {
  fs.mkdirSync('dev');
  for (const [name, minor] of [
    ['null', 3],
    ['full', 7],
  ])
    if (spawnSync('mknod', [`dev/${name}`, 'c', '1', String(minor)]).status !== 0) {
      console.log('skipped: this user may make no devices');
      return;
    }
  check('a report for a device', sentinel(['clean.pkl', '-q', '-f', 'json=dev/null', '-f', 'text=dev/null']).code, 0);
  check('a report for a device that is full', sentinel(['clean.pkl', '-f', 'json=dev/full']), {
    code: 2,
    stdout: '',
    stderr: 'sentinel: cannot write dev/full: no space left\n',
  });
  check(
    'devices stay',
    ['null', 'full'].map((name) => fs.lstatSync(`dev/${name}`).isCharacterDevice()),
    [true, true],
  );
  fs.copyFileSync('clean.pkl', 'dev/a.pkl');
  check('devices in a scanned folder', sentinel(['dev']).stdout.match(/: a device, not a file/g)?.length, 2);
}

function fullDisk() {
  fs.mkdirSync('small');
  mount('-t', 'tmpfs', '-o', 'size=64k', 'none', 'small');
  write('small/r.json', 'old');
  const filler = fs.openSync('small/filler', 'w');
  try {
    for (;;) fs.writeSync(filler, Buffer.alloc(4096, 'x'));
  } catch (error) {
    if (error.code !== 'ENOSPC') throw error;
  }
  for (const [file, code] of [
    ['clean.pkl', 2],
    ['m.pkl', 1],
  ]) {
    const stderr = 'sentinel: cannot write small/r.json: no space left\n';
    check(`a full disk, ${file}`, sentinel([file, '-f', 'json=small/r.json']), { code, stdout: '', stderr });
  }
  check('the old report is there', fs.readFileSync('small/r.json', 'utf8'), 'old');
  check('and nothing else', leftovers('small'), []);
  const out = fs.openSync('small/out', 'a');
  check('standard output on a full disk', sentinel(['clean.pkl'], { stdio: ['ignore', out, 'pipe'] }), {
    code: 2,
    stdout: null,
    stderr: 'sentinel: cannot write to standard output: no space left\n',
  });
  for (const descriptor of [out, filler]) fs.closeSync(descriptor);
}

function readOnly() {
  fs.mkdirSync('ro');
  mount('-t', 'tmpfs', 'none', 'ro');
  fs.copyFileSync('m.pkl', 'ro/m.pkl');
  mount('-o', 'remount,ro', 'ro');
  check('a disk that is read-only is scanned', sentinel(['ro/m.pkl', '-q']).code, 1);
  check(
    'and takes no report',
    sentinel(['clean.pkl', '-f', 'json=ro/r.json']).stderr,
    'sentinel: cannot write ro/r.json: the file system is read-only\n',
  );
}

/** As a container gets it: a single file that is mounted cannot be replaced. */
function mountedFile() {
  write('outside.json', 'old, and longer than what is written'.repeat(200));
  write('r.json', '');
  mount('--bind', 'outside.json', 'r.json');
  const { ino } = fs.statSync('outside.json');
  check('a report for a file that is mounted', sentinel(['m.pkl', '-q', '-f', 'json=r.json']).code, 1);
  check('is the same file', [fs.statSync('outside.json').ino === ino, verdictIn('outside.json')], [true, 'fail']);
}

function otherUser() {
  if (fs.readFileSync('/proc/self/uid_map', 'utf8').trim().split(/\s+/)[2] === '1') {
    console.log('skipped: there is no other user in this namespace');
    return;
  }
  const seen = spawnSync(process.execPath, ['-e', `require('node:fs').readFileSync(${JSON.stringify(PROGRAM)})`], {
    uid: OTHER,
    gid: OTHER,
  });
  if (seen.status !== 0) {
    console.log('skipped: the checkout is closed to other users');
    return;
  }
  fs.mkdirSync('theirs/closed', { recursive: true });
  for (const name of ['a.pkl', 'closed/b.pkl', 'z.pkl']) write(`theirs/${name}`, CLEAN);
  fs.chmodSync('theirs/a.pkl', 0);
  fs.chmodSync('theirs/closed', 0);
  const run = sentinel(['theirs', '-f', 'json'], { user: OTHER });
  const report = JSON.parse(run.stdout);
  check(
    'what another user may not read',
    [run.code, report.incomplete.map(({ path, reason }) => `${path}: ${reason}`)],
    [2, ['theirs/a.pkl: permission denied', 'theirs/closed: permission denied']],
  );
  check('and the rest', report.artifacts.find(({ path }) => path === 'theirs/z.pkl')?.status, 'complete');
  check(
    'a folder that takes no report',
    sentinel(['clean.pkl', '-f', 'json=theirs/r.json'], { user: OTHER }).stderr,
    'sentinel: cannot write theirs/r.json: permission denied\n',
  );
  write('theirs/open.json', 'old');
  fs.chmodSync('theirs/open.json', 0o666);
  check(
    'but for a file that anybody may write to',
    sentinel(['m.pkl', '-q', '-f', 'json=theirs/open.json'], { user: OTHER }).code,
    1,
  );
  check('which keeps its owner', [fs.statSync('theirs/open.json').uid, verdictIn('theirs/open.json')], [0, 'fail']);
  write('kept.json', 'old', 0o640);
  fs.chownSync('kept.json', OTHER, OTHER);
  sentinel(['m.pkl', '-q', '-f', 'json=kept.json']);
  const { uid, gid, mode } = fs.statSync('kept.json');
  check('root keeps owner and mode', [uid, gid, mode & 0o777], [OTHER, OTHER, 0o640]);
}

function names() {
  const folder = Buffer.from(`${root}/w\xff`, 'latin1');
  fs.mkdirSync(folder);
  fs.writeFileSync(Buffer.concat([folder, Buffer.from('/m.pkl')]), HOSTILE);
  const run = spawnSync(
    'bash',
    ['-c', `cd $'${root}/w\\xff' && "$@" artifact . -f json`, 'bash', process.execPath, PROGRAM],
    { encoding: 'utf8' },
  );
  check('a working folder that is no UTF-8', [run.status, JSON.parse(run.stdout).findings.length], [1, 1]);
}

/** Reads, memory and the time of many files, and an end in the middle. */
async function manyFiles(count) {
  const started = performance.now();
  fs.mkdirSync('many');
  for (let i = 0; i < count; i += 1) {
    if (i % 1000 === 0) fs.mkdirSync(`many/${i / 1000}`);
    write(`many/${Math.floor(i / 1000)}/${i}.pkl`, i % 100 === 0 ? HOSTILE : CLEAN);
  }
  console.log(`        ${count} files made in ${seconds(started)}`);
  for (const jobs of ['1', '2']) {
    const begun = performance.now();
    const child = spawn(process.execPath, [PROGRAM, 'artifact', 'many', '-q', '--jobs', jobs, '-f', 'json=many.json']);
    let peak = 0;
    const timer = setInterval(() => (peak = Math.max(peak, peakOf(child.pid))), 50);
    const [code] = await once(child, 'exit');
    clearInterval(timer);
    const report = JSON.parse(fs.readFileSync('many.json', 'utf8'));
    check(
      `${count} files, ${jobs} threads`,
      [code, report.summary.artifacts, report.findings.length],
      [1, count, Math.ceil(count / 100)],
    );
    console.log(
      `        ${seconds(begun)}, ${Math.round(peak / 1024)} MB at most, a report of ${Math.round(fs.statSync('many.json').size / 2 ** 20)} MB`,
    );
  }
  fs.rmSync('many.json');
  for (const [signal, number] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ]) {
    const child = spawn(
      'bash',
      [
        '-c',
        '"$@" & echo $!; wait $!; exit $?',
        'bash',
        process.execPath,
        PROGRAM,
        'artifact',
        'many',
        '-q',
        '-f',
        'json=many.json',
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [first] = await once(child.stdout, 'data');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const sent = performance.now();
    process.kill(Number(first.toString()), signal);
    const [code] = await once(child, 'exit');
    check(`${signal} in the middle of them`, [code, fs.existsSync('many.json'), leftovers('.')], [number, false, []]);
    console.log(`        gone after ${Math.round(performance.now() - sent)} ms`);
  }
}

function peakOf(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return 0;
    throw error;
  }
}

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** Whatever moment the end comes in: the old report, or the new one. */
async function kills(count) {
  fs.mkdirSync('killed');
  fs.mkdirSync('reports');
  for (let i = 0; i < 300; i += 1) write(`killed/${i}.pkl`, HOSTILE);
  write('reports/r.json', JSON.stringify({ verdict: 'old' }));
  const seen = { old: 0, fail: 0, broken: 0 };
  for (let i = 0; i < count; i += 1) {
    const child = spawn(process.execPath, [PROGRAM, 'artifact', 'killed', '-q', '-f', 'json=reports/r.json'], {
      stdio: 'ignore',
    });
    const gone = once(child, 'exit');
    const watcher = fs.watch('reports', () => {
      setTimeout(() => child.kill('SIGKILL'), Math.floor(Math.random() * 4));
    });
    await gone;
    watcher.close();
    try {
      seen[verdictIn('reports/r.json')] += 1;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      seen.broken += 1;
    }
    write('reports/r.json', JSON.stringify({ verdict: 'old' }));
  }
  check(`kill -9 while a report is written, ${count} times: broken reports`, seen.broken, 0);
  console.log(
    `        ${seen.old} times the old report, ${seen.fail} times the new one; ${leftovers('reports').length} temporary files were left`,
  );
}

try {
  write('m.pkl', HOSTILE);
  write('clean.pkl', CLEAN);
  devices();
  fullDisk();
  readOnly();
  mountedFile();
  otherUser();
  names();
  if (Number(options.files) > 0) await manyFiles(Number(options.files));
  if (Number(options.kills) > 0) await kills(Number(options.kills));
} finally {
  process.chdir('/');
  for (const name of ['small', 'ro', 'r.json']) spawnSync('umount', [join(root, name)]);
  fs.rmSync(root, { recursive: true, force: true });
}
process.exitCode = failed === 0 ? 0 : 1;
