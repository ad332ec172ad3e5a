import { MAX_REQUIREMENT } from '../../model/limits.js';
import type { DependencyProblem } from '../../model/repository.js';
import { entriesIn, isList, isMap, textsIn, valuesOf, type Tree } from './tree.js';

export interface Dependency {
  readonly problem: DependencyProblem;
  readonly text: string;
  readonly pinned: boolean;
  /** Line from 1, where lines were read; or the offset. */
  readonly line: number | null;
  readonly at: number | null;
}

type Found = Pick<Dependency, 'problem' | 'text' | 'pinned'>;

const COMMIT = /@[0-9a-f]{40}(?:#|$|\s)/;
const HASH = /#(?:\S*&)?(?:sha256|sha384|sha512)=[0-9a-f]{32,}|--hash[= ]sha(?:256|384|512):/;

function isPinned(text: string): boolean {
  return text.length <= MAX_REQUIREMENT && (COMMIT.test(text) || HASH.test(text));
}

const OPTIONS: readonly (readonly [long: string, short: string, DependencyProblem])[] = [
  ['index-url', 'i', 'index'],
  ['extra-index-url', '', 'index'],
  ['pypi-url', '', 'index'],
  ['find-links', 'f', 'find-links'],
  ['trusted-host', '', 'trusted-host'],
  ['editable', 'e', 'editable'],
  ['requirement', 'r', 'included-address'],
  ['constraint', 'c', 'included-address'],
];

const ADDRESS = /^(?:https?|ftp|file):/i;

/**
 * The first option that takes something from elsewhere. pip reads them with shlex and optparse (pip/_internal/req/req_file.py): parts
 * of a word may be quoted, a long name may be cut, and a value may follow a short name at once.
 */
function optionOf(text: string): Found | null {
  const words = text.replaceAll(/["'\\]/g, '').split(/\s+/);
  for (const [i, word] of words.entries()) {
    const [, long, short, own] = /^-(?:-([a-z-]+)(?==|$)|([a-z]))=?(.*)$/s.exec(word) ?? [];
    if (own === undefined) continue;
    const option = OPTIONS.find(([name, letter]) => (long === undefined ? letter === short : name.startsWith(long)));
    if (option === undefined) continue;
    const [, , problem] = option;
    const value = own === '' ? (words[i + 1] ?? '') : own;
    if (problem !== 'included-address' || ADDRESS.test(value)) return { problem, text, pinned: isPinned(text) };
  }
  return null;
}

/** What one line of a requirements file takes from elsewhere than the index of the machine; pip, "Requirements File Format". */
export function requirementOf(line: string): Found | null {
  const text = line.replace(/(?:^|\s)#(?!\S*=).*$/, '').trim();
  if (text === '') return null;
  if (text.startsWith('-')) return optionOf(text);
  if (/^(?:git|hg|svn|bzr)\+/.test(text) || /@\s*(?:git|hg|svn|bzr)\+/.test(text))
    return { problem: 'version-control', text, pinned: isPinned(text) };
  if (/^(?:https?|ftp|file):/i.test(text) || /^[\w.[\],-]+\s*@\s*(?:https?|ftp|file):/i.test(text))
    return { problem: 'address', text, pinned: isPinned(text) };
  if (/^\.{0,2}[\\/]/.test(text) || /^[A-Za-z]:\\/.test(text) || /^[\w.-]+\.whl$/.test(text))
    return { problem: 'local-path', text, pinned: false };
  // Options may stand behind a requirement.
  const option = /\s(--(?:index-url|extra-index-url|find-links|trusted-host)\b.*)$/.exec(text)?.[1];
  return option === undefined ? null : optionOf(option);
}

/** As str.splitlines of Python splits, which pip, and site.py since 3.12, read lines by. */
// oxlint-disable-next-line no-control-regex
export const PYTHON_LINES = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;

const COMMENT = /^\s*#/;

/** The lines of a requirements file; a backslash continues a line, but not a comment, which ends what it stands behind. */
export function* requirementsIn(text: string): Generator<Dependency> {
  let held = '';
  let heldLine = 0;
  let line = 0;
  for (const part of text.split(PYTHON_LINES)) {
    line += 1;
    if (held === '') heldLine = line;
    if (part.endsWith('\\') && !COMMENT.test(part)) {
      held += `${part.slice(0, -1)} `;
      continue;
    }
    const found = requirementOf(held + part);
    if (found !== null) yield { ...found, line: heldLine, at: null };
    held = '';
  }
  const found = held === '' ? null : requirementOf(held);
  if (found !== null) yield { ...found, line: heldLine, at: null };
}

/** Channels that conda knows by name, or that lie at its own hosts. */
const CHANNEL = /^(?:[A-Za-z0-9_-]+(?:\/label\/[\w.-]+)?|https:\/\/(?:repo\.anaconda\.com|conda\.anaconda\.org)\/\S*)$/;

/** An environment of conda: channels, and what pip gets in it. */
export function* condaIn(root: Tree): Generator<Dependency> {
  if (!isMap(root)) return;
  for (const key of ['channels', 'channel_alias', 'default_channels'])
    for (const { value, at } of valuesOf(root, key))
      for (const text of textsIn(value))
        if (!CHANNEL.test(text)) yield { problem: 'index', text, pinned: false, line: null, at };
  // python_env.yaml of MLflow has `build_dependencies`, too.
  for (const key of ['dependencies', 'build_dependencies'])
    for (const { value, at } of valuesOf(root, key)) {
      if (!isList(value)) continue;
      for (const text of textsIn(value)) {
        const found = requirementOf(text);
        if (found !== null) yield { ...found, line: null, at };
        // `channel::package` of an address.
        else if (/^\w+:\/\/\S+::/.test(text)) yield { problem: 'index', text, pinned: false, line: null, at };
      }
    }
}

/**
 * What MLflow imports when it loads a model (mlflow/pyfunc/__init__.py, `load_model`). Where an alias stands for the flavors, for one
 * of them, or for a part of it, they may be written anywhere.
 */
export function* mlmodelIn(root: Tree): Generator<Dependency> {
  const flavors = isMap(root) ? valuesOf(root, 'flavors').map(({ value }) => value) : [];
  const each = flavors.flatMap((value) => (isMap(value) ? value.entries.map((flavor) => flavor.value) : [value]));
  const isElsewhere = each.some((flavor) => flavor === null || (isMap(flavor) && valuesOf(flavor, '<<').length > 0));
  const entries = isElsewhere
    ? [...entriesIn(root)].map(({ entry }) => entry)
    : each.flatMap((flavor) => (isMap(flavor) ? flavor.entries : []));
  for (const { key, value, at } of entries) {
    if (typeof value !== 'string') continue;
    if (key === 'loader_module') yield { problem: 'loader-module', text: value, pinned: false, line: null, at };
    else if (key === 'code' || key === 'model_code_path')
      yield { problem: 'code', text: value, pinned: false, line: null, at };
  }
}
