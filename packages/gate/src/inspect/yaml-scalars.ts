import { isAlias, isScalar, LineCounter, parseAllDocuments, visit } from 'yaml';
import { LONGEST_BLANK, MAX_ALIASES, MAX_YAML_CHARACTERS, MAX_YAML_NESTING } from '../model/limits.js';
import { refuse } from '../model/rules.js';
import { refuseTags } from './tags.js';
import type { Leaf } from './text-formats.js';

/** Words of tags by which loaders construct objects, wherever they stand. */
const EXECUTABLE = ['python/', '!java/', '!ruby/', '!perl/', '!js/', '!!javax.', '!clr:'];

/** All scalars, those of `!!binary` as their text; tags that construct objects are refused. */
export function yamlScalars(bytes: Buffer, path: string): Leaf[] {
  const text = bytes.toString();
  if (text.length > MAX_YAML_CHARACTERS)
    refuse('GATE-UNREADABLE', 'yaml-size', path, `YAML: more than ${MAX_YAML_CHARACTERS} characters`, {
      format: 'yaml',
    });
  if (nestsDeep(bytes))
    refuse('GATE-UNREADABLE', 'yaml-depth', path, `YAML: lists and maps lie more than ${MAX_YAML_NESTING} deep`);
  // Before anything is parsed, and for any result of a parser.
  refuseTags(bytes, path);
  if (EXECUTABLE.some((word) => text.includes(word)))
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
        const offset = node.range?.[0] ?? 0;
        if (typeof value === 'string') leaves.push({ bytes: Buffer.from(value), offset });
        if (node.value instanceof Uint8Array)
          leaves.push({ bytes: Buffer.from(Buffer.from(node.value).toString('base64')), offset });
      },
    });
  }
  return leaves;
}

/** Whether so many brackets, or signs of a value, follow each other with nothing but white space between: the parser recurses. */
function nestsDeep(bytes: Uint8Array): boolean {
  let brackets = 0;
  let signs = 0;
  let blanks = 0;
  let isSign = false;
  for (const byte of bytes) {
    const isSpace = byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
    blanks = byte === 0x20 ? blanks + 1 : 0;
    if (isSpace) {
      if (isSign) signs += 1;
      isSign = false;
    } else {
      brackets = byte === 0x5b || byte === 0x7b ? brackets + 1 : 0;
      isSign = byte === 0x2d || byte === 0x3f || byte === 0x3a;
      if (!isSign) signs = 0;
    }
    if (brackets >= MAX_YAML_NESTING || signs >= MAX_YAML_NESTING || blanks >= LONGEST_BLANK) return true;
  }
  return false;
}
