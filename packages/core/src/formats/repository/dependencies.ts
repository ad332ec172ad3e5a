import { MAX_REQUIREMENT } from '../../model/limits.js';
import type { DependencyProblem } from '../../model/repository.js';
import { isList, isMap, textsIn, valuesOf, type Tree } from './tree.js';

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

const OPTIONS: readonly (readonly [RegExp, DependencyProblem])[] = [
  [/^(?:-i|--index-url|--extra-index-url|--pypi-url)(?:[=\s]|$)/, 'index'],
  [/^-i(?=http)/, 'index'],
  [/^(?:-f|--find-links)(?:[=\s]|$)/, 'find-links'],
  [/^--trusted-host(?:[=\s]|$)/, 'trusted-host'],
  [/^(?:-e|--editable)(?:[=\s]|$)/, 'editable'],
  [/^(?:-r|--requirement|-c|--constraint)[=\s]*(?:https?|ftp|file):/, 'included-address'],
];

function optionOf(text: string): Found | null {
  for (const [form, problem] of OPTIONS) if (form.test(text)) return { problem, text, pinned: isPinned(text) };
  return null;
}

/** What one line of a requirements file takes from elsewhere than the index of the machine; pip, "Requirements File Format". */
export function requirementOf(line: string): Found | null {
  const text = line.replace(/(?:^|\s)#(?!\S*=).*$/, '').trim();
  if (text === '') return null;
  const own = optionOf(text);
  if (own !== null) return own;
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

/** The lines of a requirements file; a backslash continues a line. */
export function* requirementsIn(text: string): Generator<Dependency> {
  let held = '';
  let heldLine = 0;
  let line = 0;
  for (const part of text.split(/\r\n|\r|\n/)) {
    line += 1;
    if (held === '') heldLine = line;
    if (part.endsWith('\\')) {
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

/** What MLflow imports when it loads a model (mlflow/pyfunc/__init__.py, `load_model`). */
export function* mlmodelIn(root: Tree): Generator<Dependency> {
  const flavors = isMap(root) ? valuesOf(root, 'flavors') : [];
  for (const { value } of flavors) {
    if (!isMap(value)) continue;
    for (const flavor of value.entries) {
      if (!isMap(flavor.value)) continue;
      for (const { key, value: named, at } of flavor.value.entries) {
        if (typeof named !== 'string') continue;
        if (key === 'loader_module') yield { problem: 'loader-module', text: named, pinned: false, line: null, at };
        else if (key === 'code') yield { problem: 'code', text: named, pinned: false, line: null, at };
        else if (key === 'model_code_path') yield { problem: 'code', text: named, pinned: false, line: null, at };
      }
    }
  }
}
