import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { publicAddress, readCheckout } from './checkout.js';

const made: string[] = [];
afterEach(() => {
  for (const root of made.splice(0)) rmSync(root, { recursive: true, force: true });
});
function folder(files: Readonly<Record<string, string>> = {}): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'sentinel-checkout-')));
  made.push(root);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}
function git(cwd: string, ...args: readonly string[]): string {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'init.defaultBranch=main'];
  // A hook that runs the tests sets GIT_DIR.
  const { PATH, HOME } = process.env;
  return execFileSync('git', [...identity, ...args], {
    cwd,
    env: { PATH, HOME },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}
function repository(): string {
  const root = folder({ 'models/a.txt': 'x' });
  git(root, 'init');
  git(root, 'remote', 'add', 'origin', 'https://me:secret@example.org/team/models.git?token=x');
  git(root, 'add', '.');
  git(root, 'commit', '-m', 'one');
  return root;
}
const URI = 'https://example.org/team/models.git';

describe('a checkout made by git', () => {
  test('on a branch, from its root and from below', () => {
    const root = repository();
    const revision = git(root, 'rev-parse', 'HEAD');
    expect(readCheckout(root)).toEqual({ repositoryUri: URI, revision, branch: 'main', above: '' });
    expect(readCheckout(join(root, 'models'))).toEqual({ repositoryUri: URI, revision, branch: 'main', above: '..' });
  });

  test('whose configuration is one long line of blanks', () => {
    const config = `[remote "origin"]\n\turl =${' '.repeat(1_000_000)}x\u2028y\n`;
    const root = folder({ '.git/config': config, '.git/HEAD': 'ref: refs/heads/main\n' });
    expect(readCheckout(root)).toBeNull();
  });

  test('with packed references', () => {
    const root = repository();
    git(root, 'branch', 'other');
    git(root, 'pack-refs', '--all');
    expect(readCheckout(root)).toMatchObject({ revision: git(root, 'rev-parse', 'HEAD'), branch: 'main' });
  });

  test('at a commit without a branch', () => {
    const root = repository();
    git(root, 'checkout', '--detach');
    expect(readCheckout(root)).toMatchObject({ revision: git(root, 'rev-parse', 'HEAD'), branch: null });
  });

  test('as a linked worktree', () => {
    const root = repository();
    const linked = join(folder(), 'linked');
    git(root, 'worktree', 'add', '-b', 'feature/x', linked);
    expect(readCheckout(linked)).toEqual({
      repositoryUri: URI,
      revision: git(root, 'rev-parse', 'HEAD'),
      branch: 'feature/x',
      above: '',
    });
  });

  test('before its first commit', () => {
    const root = folder();
    git(root, 'init');
    git(root, 'remote', 'add', 'origin', 'git@example.org:team/models.git');
    expect(readCheckout(root)).toEqual({
      repositoryUri: 'ssh://example.org/team/models.git',
      revision: null,
      branch: 'main',
      above: '',
    });
  });
});

test.each([
  ['no remote', { '.git/HEAD': 'ref: refs/heads/main\n', '.git/config': '[core]\n' }],
  [
    'a remote of another name',
    { '.git/HEAD': 'x', '.git/config': '[remote "other"]\n\turl = https://example.org/a\n' },
  ],
  ['a .git that is no repository', { '.git': 'nothing' }],
  ['a .git that points nowhere', { '.git': 'gitdir: gone\n' }],
])('%s: nothing is said', (_name, files) => {
  expect(readCheckout(folder(files))).toBeNull();
});

test('a reference cannot lead out of the repository', () => {
  const config = '[remote "origin"]\n\turl = https://example.org/a\n';
  const revision = 'a'.repeat(40);
  const root = folder({ '.git/HEAD': 'ref: refs/../../outside\n', '.git/config': config, outside: revision });
  expect(readCheckout(root)).toMatchObject({ revision: null, branch: null });
});

test.each([
  ['https://example.org/a/b', 'https://example.org/a/b'],
  ['https://user:pass@example.org/a', 'https://example.org/a'],
  ['ssh://git@example.org:2222/a.git', 'ssh://example.org:2222/a.git'],
  ['git@example.org:a/b.git', 'ssh://example.org/a/b.git'],
  ['/srv/git/a.git', null],
  ['../a', null],
  ['file:///srv/a', null],
  ['C:\\git\\a', null],
  ['C:/git/a', null],
  ['', null],
])('address %j', (remote, shown) => expect(publicAddress(remote)).toBe(shown));
