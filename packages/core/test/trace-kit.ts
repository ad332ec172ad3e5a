import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Limits } from '../src/bytes/budget.js';
import { memorySource } from '../src/bytes/source.js';
import { trace, type TraceResult } from '../src/trace.js';

/** Bytes from parts: text is written as its latin-1 bytes. */
export function bytesOf(...parts: readonly (string | Uint8Array)[]): Uint8Array {
  return new Uint8Array(
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part))),
  );
}

/** BINUNICODE of a text. */
export function text(value: string): Uint8Array {
  const body = Buffer.from(value, 'utf8');
  const head = Buffer.alloc(5);
  head[0] = 0x58;
  head.writeUInt32LE(body.length, 1);
  return new Uint8Array(Buffer.concat([head, body]));
}

/** BININT of a number. */
export function int(value: number): Uint8Array {
  const bytes = Buffer.alloc(5);
  bytes[0] = 0x4a;
  bytes.writeInt32LE(value, 1);
  return new Uint8Array(bytes);
}

export function fixture(path: string): Uint8Array {
  return new Uint8Array(readFileSync(fileURLToPath(new URL(`../../../fixtures/${path}`, import.meta.url))));
}

export interface Traced {
  readonly lines: readonly string[];
  readonly result: TraceResult;
}

export async function traced(
  bytes: Uint8Array,
  name = 'x.pkl',
  options: { limits?: Partial<Limits>; color?: boolean } = {},
): Promise<Traced> {
  const program = trace(name, memorySource(bytes), options);
  const lines: string[] = [];
  for (;;) {
    const step = await program.next();
    if (step.done === true) return { lines, result: step.value };
    lines.push(step.value);
  }
}

/** The statements of a trace without their offsets and comments. */
export async function statements(...parts: readonly (string | Uint8Array)[]): Promise<readonly string[]> {
  const { lines } = await traced(bytesOf(...parts));
  return lines
    .filter((line) => /^ +\d+ {2}[^#]/.test(line))
    .map((line) => line.replace(/^ +\d+ {2}/, '').replace(/ {2}# .*$/, ''));
}
