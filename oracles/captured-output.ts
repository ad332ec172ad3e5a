import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { afterAll, beforeAll, beforeEach } from 'vitest';

/** What was written since the running test began. */
export interface CapturedOutput {
  out: string;
  error: string;
  /** Runs before something is written to standard output. */
  onOut: () => void;
}

/** Takes what the tests of a file write to descriptors 1 and 2. Files share their modules: no module is replaced. */
export function capturedOutput(): CapturedOutput {
  const captured: CapturedOutput = { out: '', error: '', onOut: () => undefined };
  const { writeSync } = fs;
  beforeAll(() => {
    fs.writeSync = ((descriptor: number, bytes: Uint8Array, ...rest: number[]) => {
      if (descriptor !== 1 && descriptor !== 2) return writeSync(descriptor, bytes, ...rest);
      const text = Buffer.from(bytes)
        .subarray(rest[0] ?? 0)
        .toString();
      if (descriptor === 1) captured.onOut();
      captured[descriptor === 1 ? 'out' : 'error'] += text;
      return Buffer.byteLength(text);
    }) as typeof fs.writeSync;
    syncBuiltinESMExports();
  });
  afterAll(() => {
    fs.writeSync = writeSync;
    syncBuiltinESMExports();
  });
  beforeEach(() => {
    captured.out = '';
    captured.error = '';
    captured.onOut = () => undefined;
  });
  return captured;
}
