import { describeLevel, showBytes, showLine } from '@artifact-sentinel/core/internal';
import { BYTE_KINDS, sharesOf } from './byte-map.js';
import type { Fact } from './finding-card.js';
import type { Subject } from './subjects.js';

/** What there is to know of an artifact: of a clean one, all there is to read. */
export function artifactFacts({ artifact }: Subject): Fact[] {
  const { format, size, safety, status, sha256, notHashed, coverage, parts } = artifact;
  const streams = parts.filter(({ kind }) => kind === 'stream');
  const fact = (name: string, value: string, isCode = false): Fact => ({ name, value: showLine(value), isCode });
  return [
    fact('Format', format),
    fact('Size', `${showBytes(size)} (${size.toLocaleString('en')} bytes)`),
    fact('Level', describeLevel(safety)),
    fact('Analysed', STATUS[status]),
    fact('Streams', streams.length === 0 ? 'no pickle in it' : String(streams.length)),
    fact('Bytes', readInWords(coverage, size)),
    sha256 === null ? fact('SHA-256', notHashed ?? 'not hashed') : fact('SHA-256', sha256, true),
  ];
}

const STATUS: Readonly<Record<Subject['artifact']['status'], string>> = {
  complete: 'completely',
  incomplete: 'not completely',
  opaque: 'recognised, not analysed',
};

/** `71 % tensor data, 29 % parsed` */
export function readInWords(coverage: Subject['artifact']['coverage'], size: number): string {
  return sharesOf(coverage, size)
    .map(({ kind, bytes, share }) => `${percent(share)} ${BYTE_KINDS[kind]} (${showBytes(bytes)})`)
    .join(', ');
}

function percent(share: number): string {
  const value = share * 100;
  if (value > 0 && value < 1) return '< 1 %';
  return value > 99 && value < 100 ? '> 99 %' : `${Math.round(value)} %`;
}

export interface ImportRow {
  readonly name: string;
  readonly standing: 'allowed' | 'allowed by you' | 'unexpected' | 'dangerous' | 'computed';
  readonly isCalled: boolean;
  readonly count: number;
  readonly path: string;
  readonly offset: number;
}

const IMPORT_ORDER = ['dangerous', 'computed', 'unexpected', 'allowed by you', 'allowed'] as const;

/** The names that loading would look up, those to worry about first. */
export function importsOf({ artifact }: Subject): ImportRow[] {
  const rows: ImportRow[] = [];
  for (const part of artifact.parts) {
    if (part.kind !== 'stream') continue;
    for (const { module, name, class: kind, userAllowed, called, count, offset } of part.globals) {
      const standing = kind === 'dynamic' ? 'computed' : kind === 'allowed' && userAllowed ? 'allowed by you' : kind;
      rows.push({ name: `${module}.${name}`, standing, isCalled: called, count, path: part.path, offset });
    }
  }
  return rows.toSorted((a, b) => IMPORT_ORDER.indexOf(a.standing) - IMPORT_ORDER.indexOf(b.standing));
}
