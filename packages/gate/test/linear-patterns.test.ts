import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

/*
 * Every regular expression of the gate, by its own text. An engine that backtracks takes time that grows with the square of what
 * a stranger sends, or worse, where an unbounded part may begin at many offsets, or where it ends is open. Allowed are patterns
 * without an unbounded part, and anchored ones whose unbounded parts end where another kind of character begins.
 */

const ROOT = fileURLToPath(new URL('../src/', import.meta.url));

/** Read by people who run the gate, not by strangers. */
const OF_THE_OPERATOR: ReadonlySet<string> = new Set(['config/load.ts', 'config/schema.ts']);

interface Atom {
  /** What it may match first; null where that is a group or unknown. */
  readonly set: ReadonlySet<number> | null;
  readonly least: number;
  readonly most: number;
}

const ALL = Array.from({ length: 0x100 }, (_, code) => code);

/** The characters below 256 that a class, an escape or a character matches. */
function setOf(source: string): ReadonlySet<number> {
  const pattern = new RegExp(`^${source}$`, 'su');
  return new Set(ALL.filter((code) => pattern.test(String.fromCharCode(code))));
}

/** One class, escape, group or character at an offset: its text. */
function atomAt(source: string, at: number): string {
  const char = source.charAt(at);
  if (char === '\\')
    return source.slice(at, at + (/^\\(?:x[0-9a-f]{2}|u[0-9a-f]{4})/i.exec(source.slice(at))?.[0].length ?? 2));
  if (char !== '[' && char !== '(') return char;
  const close = char === '[' ? ']' : ')';
  let depth = 0;
  let isClass = false;
  for (let end = at; end < source.length; end += 1) {
    const one = source.charAt(end);
    if (one === '\\') end += 1;
    else if (isClass) isClass = one !== ']';
    else if (one === '[' && char === '(') isClass = true;
    else if (one === char) depth += 1;
    else if (one === close) {
      depth -= 1;
      if (depth === 0) return source.slice(at, end + 1);
    }
    if (char === '[' && one === ']' && end > at) return source.slice(at, end + 1);
  }
  throw new Error(`no end of ${source.slice(at)}`);
}

/** What is wrong with a pattern, or null. */
function fault(source: string, flags: string, isInner = false): string | null {
  const atoms: Atom[] = [];
  let at = source.startsWith('^') ? 1 : 0;
  const isAnchored = at === 1 || flags.includes('y') || isInner;
  while (at < source.length) {
    const text = atomAt(source, at);
    at += text.length;
    if (text === '|') {
      atoms.length = 0;
      continue;
    }
    const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(source.slice(at))?.[0] ?? '';
    at += quantifier.length;
    const [, low = '1', comma = '', high = ''] = /^\{(\d+)(,?)(\d*)\}/.exec(quantifier) ?? [];
    const isOpen = /^[*+]/.test(quantifier) || (comma === ',' && high === '');
    const most = isOpen ? Infinity : quantifier.startsWith('{') ? Number(high === '' ? low : high) : 1;
    if (most > 256 && !isOpen) return `a bound of ${most}`;
    const isGroup = text.startsWith('(');
    if (isGroup && !/^\((?:\?:|\?=|\?!|\?<)?/.test(text)) return 'an unknown group';
    if (isGroup) {
      const inner = text.replace(/^\((?:\?[:=!])?/, '').slice(0, -1);
      const within = fault(inner, '', true);
      if (within !== null) return within;
      if (most > 1 && /[*+]|,\}/.test(inner.replaceAll(/\\.|\[[^\]]*\]/g, '')) && !isDelimited(inner))
        return `a repeated group with an open part: ${text}`;
    }
    if (isOpen && !isAnchored) return `an open part that may begin anywhere: ${text}${quantifier}`;
    const set = isGroup || text === '$' || text === '^' ? null : setOf(text);
    const before = atoms.at(-1);
    if (
      before?.most === Infinity &&
      set !== null &&
      before.set !== null &&
      [...set].some((code) => before.set?.has(code) === true)
    )
      return `an open part and what follows it overlap: ${text}`;
    atoms.push({ set, least: Number(low), most });
  }
  return null;
}

/** A repeated group is read in one way where it begins with a character that nothing else in it matches: `(?:/[^/]+)*`. */
function isDelimited(inner: string): boolean {
  const first = atomAt(inner, 0);
  const set = setOf(first);
  const rest = inner.slice(first.length).replace(/[*+]$/, '');
  return rest.startsWith('[') && atomAt(rest, 0) === rest && ![...setOf(rest)].some((code) => set.has(code));
}

function literals(): { readonly where: string; readonly source: string; readonly flags: string }[] {
  const found: { where: string; source: string; flags: string }[] = [];
  for (const entry of readdirSync(ROOT, { recursive: true, withFileTypes: true })) {
    const path = relative(ROOT, join(entry.parentPath, entry.name));
    if (!path.endsWith('.ts') || path.endsWith('.test.ts') || OF_THE_OPERATOR.has(path)) continue;
    const file = ts.createSourceFile(path, readFileSync(join(ROOT, path), 'utf8'), ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf('/');
        const { line } = file.getLineAndCharacterOfPosition(node.pos);
        found.push({ where: `${path}:${line + 1}`, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return found;
}

test('no pattern of the gate takes more than linear time', () => {
  const all = literals();
  expect(all.length).toBeGreaterThan(20);
  const faults = all.flatMap(({ where, source, flags }) => {
    const said = fault(source, flags);
    return said === null ? [] : [`${where} /${source}/: ${said}`];
  });
  expect(faults).toEqual([]);
});

test.each([
  ['a*b', true],
  ['^a*a', true],
  ['^(?:a+)+$', true],
  ['<!--[\\s\\S]*?-->', true],
  ['[^=\\s][=\\s]*=[=\\s]*[^=\\s]', true],
  ['^[a-z]+:', false],
  ['[^a-z]', false],
  ['^(?:/[^/]+)*$', false],
  ['^\\d{1,15}$', false],
])('/%s/ is a fault: %s', (source, is) => expect(fault(source, '') !== null).toBe(is));
