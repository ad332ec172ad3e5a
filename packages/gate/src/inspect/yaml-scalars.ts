import { isAlias, isScalar, LineCounter, parseAllDocuments, visit } from 'yaml';
import { refuse } from '../model/rules.js';
import type { Leaf } from './text-formats.js';
import { MAX_ALIASES, MAX_YAML_CHARACTERS, MAX_YAML_NESTING } from '../model/limits.js';

/** Tags by which PyYAML's and ruamel's loaders construct objects. */
const EXECUTABLE_TAG = /python\/|!!?(?:java|ruby|perl|js)\//;

/** All scalars, those of `!!binary` as their text; tags that construct objects are refused. */
export function yamlScalars(text: string, path: string): Leaf[] {
  if (text.length > MAX_YAML_CHARACTERS)
    refuse('GATE-UNREADABLE', 'yaml-size', path, `YAML: more than ${MAX_YAML_CHARACTERS} characters`, {
      format: 'yaml',
    });
  if (/(?:[[{]\s*){200}|(?:[-?:]\s+){200}/.test(text) || / {1000}/.test(text))
    refuse('GATE-UNREADABLE', 'yaml-depth', path, `YAML: lists and maps lie more than ${MAX_YAML_NESTING} deep`);
  // Before anything is parsed, and for any result of a parser.
  if (EXECUTABLE_TAG.test(text))
    refuse('GATE-YAML-TAG', 'yaml-tag', path, 'a YAML tag that makes a loader construct objects', { format: 'yaml' });
  const documents = parseAllDocuments(text, { lineCounter: new LineCounter(), logLevel: 'silent', version: '1.1' });
  const leaves: Leaf[] = [];
  let aliases = 0;
  for (const document of documents) {
    const error = document.errors[0];
    if (error !== undefined)
      refuse('GATE-MALFORMED', 'yaml', path, 'YAML: it cannot be parsed', { offset: error.pos[0], format: 'yaml' });
    visit(document, {
      Node: (_key, node) => {
        if (isAlias(node)) aliases += 1;
        if (aliases > MAX_ALIASES) refuse('GATE-BOMB', 'yaml-aliases', path, `YAML: more than ${MAX_ALIASES} aliases`);
        if (!isScalar(node)) return;
        const value = node.source ?? node.value;
        if (typeof value === 'string') leaves.push({ text: value, offset: node.range?.[0] ?? 0 });
        if (node.value instanceof Uint8Array)
          leaves.push({ text: Buffer.from(node.value).toString('base64'), offset: node.range?.[0] ?? 0 });
      },
    });
  }
  return leaves;
}
