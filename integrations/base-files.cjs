// For a pull request: the policy and the baseline as the branch has them that it is to go into. What is proposed cannot
// loosen the gate that judges it.
//
//   node base-files.cjs OUT BASE POLICY BASELINE PATH...
//
// BASE is a commit or the name of a branch of "origin"; POLICY and BASELINE may be empty. Prints options of `sentinel
// artifact`, each with a NUL behind it; words for people go to standard error. Every file that lies in the checkout is taken
// from BASE. Where that has none, the built-in policy applies and a baseline lets nothing pass. A file outside of the checkout is
// the workflow's own.
'use strict';
const { execFileSync } = require('node:child_process');
const { existsSync, mkdirSync, realpathSync, writeFileSync } = require('node:fs');
const path = require('node:path');

const POLICY_NAME = 'sentinel-policy.yml';
const LARGEST = 256 * 1024 * 1024;

class Refused extends Error {}

/** One line, whatever a name holds: the runner reads commands from lines. */
const say = (text) => process.stderr.write(`sentinel-ci: ${text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '?')}\n`);

function git(root, ...words) {
  return execFileSync('git', ['-C', root, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: LARGEST,
    env: { ...process.env, GIT_TERMINAL_PROMPT: '0' },
  });
}

/** What git says, or null where it fails. */
function tryGit(root, ...words) {
  try {
    return git(root, ...words);
  } catch (error) {
    if (typeof error.status === 'number') return null;
    throw error;
  }
}

function topLevel() {
  const out = tryGit('.', 'rev-parse', '--show-toplevel');
  if (out === null) throw new Refused('SENTINEL_BASE is set, and the working folder is no git checkout');
  return realpathSync(out.toString('utf8').replace(/\n$/, ''));
}

/** The commit of the base, fetched where the checkout does not have it. */
function commitOf(root, base) {
  const isCommit = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(base);
  if (isCommit && tryGit(root, 'cat-file', '-e', `${base}^{commit}`) !== null) return base;
  if (!isCommit && (!/^[\w./-]+$/.test(base) || base.startsWith('-') || base.includes('..')))
    throw new Refused('SENTINEL_BASE is neither a commit nor the name of a branch');
  const wanted = isCommit ? base : `refs/heads/${base}`;
  const fetched = tryGit(
    root,
    'fetch',
    '--quiet',
    '--no-tags',
    '--no-recurse-submodules',
    '--depth=1',
    'origin',
    wanted,
  );
  const commit = fetched === null ? null : tryGit(root, 'rev-parse', '--verify', '--quiet', 'FETCH_HEAD^{commit}');
  return commit === null ? null : commit.toString('utf8').trim();
}

/** Where a path lies in the checkout, by its name or by what is behind it; null outside, '' for the checkout itself. */
function pathInCheckout(root, given) {
  const full = path.resolve(given);
  let known = full;
  while (!existsSync(known)) known = path.dirname(known);
  const working = realpathSync('.');
  for (const candidate of [
    path.resolve(working, given),
    full,
    path.join(realpathSync(known), path.relative(known, full)),
  ]) {
    const relative = path.relative(root, candidate);
    if (relative !== '..' && !relative.startsWith(`..${path.sep}`)) return relative.split(path.sep).join('/');
  }
  return null;
}

/** A regular file of the commit: a link there leads to what the proposal may have changed. */
function fileAt(root, commit, named) {
  const entry = tryGit(root, '--literal-pathspecs', 'ls-tree', '-z', commit, '--', named);
  const [mode, kind, id] = (entry ?? '').toString('utf8').split(/[ \t]/);
  if (kind !== 'blob' || (mode !== '100644' && mode !== '100755')) return null;
  return git(root, 'cat-file', 'blob', id);
}

/** The nearest policy of the commit above a scanned path, the folder of the path itself included. */
function nearestPolicy(root, commit, scanned) {
  for (let folder = pathInCheckout(root, scanned); folder !== null; folder = above(folder)) {
    const file = folder === '' ? POLICY_NAME : `${folder}/${POLICY_NAME}`;
    if (fileAt(root, commit, file) !== null) return file;
  }
  return null;
}

function above(folder) {
  if (folder === '') return null;
  return folder.includes('/') ? folder.slice(0, folder.lastIndexOf('/')) : '';
}

function policyOptions(root, commit, out, given, paths) {
  let named = null;
  if (given !== '') {
    named = pathInCheckout(root, given);
    if (named === null) return [`--policy=${given}`];
  } else if (commit !== null) {
    const found = new Set(paths.map((scanned) => nearestPolicy(root, commit, scanned)).filter((file) => file !== null));
    if (found.size > 1)
      throw new Refused(`the paths come under different policies of the base (${[...found].join(', ')}); name one`);
    named = [...found][0] ?? null;
  }
  const text = commit === null || named === null ? null : fileAt(root, commit, named);
  const file = path.join(out, 'base-policy.yml');
  if (text === null) {
    say(
      commit === null
        ? 'the base of this pull request cannot be read (fetch it, as with fetch-depth: 0): the built-in policy applies, and no policy of the proposal'
        : 'the base of this pull request has no policy: the built-in policy applies, and no policy of the proposal',
    );
    writeFileSync(file, '# The base has no policy that can be read: the built-in policy applies.\n');
    return [`--policy=${file}`];
  }
  writeFileSync(file, text);
  say(`the policy is ${named} of the base, ${commit}`);
  const folder = path.join(root, path.dirname(named));
  if (existsSync(folder) && realpathSync(folder) !== folder)
    throw new Refused(`the folder of the policy, ${path.dirname(named)}, is a link in the proposal`);
  return [`--policy=${file}`, `--policy-folder=${folder}`];
}

function baselineOptions(root, commit, out, given) {
  if (given === '') return [];
  const named = pathInCheckout(root, given);
  if (named === null) return [`--baseline=${given}`];
  const text = commit === null ? null : fileAt(root, commit, named);
  if (text === null) {
    say(`the baseline ${named} is not in the base of this pull request: it lets no finding pass`);
    return [];
  }
  const file = path.join(out, 'base-baseline.json');
  writeFileSync(file, text);
  say(`the baseline is ${named} of the base, ${commit}`);
  return [`--baseline=${file}`];
}

try {
  const [out, base, policy, baseline, ...paths] = process.argv.slice(2);
  mkdirSync(out, { recursive: true });
  const root = topLevel();
  const commit = commitOf(root, base);
  const options = [...policyOptions(root, commit, out, policy, paths), ...baselineOptions(root, commit, out, baseline)];
  process.stdout.write(options.map((option) => `${option}\0`).join(''));
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  say(error.message);
  process.exitCode = 2;
}
