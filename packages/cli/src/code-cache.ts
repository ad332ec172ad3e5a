import { readFileSync } from 'node:fs';
import Module from 'node:module';
import { dirname } from 'node:path';
import { Script } from 'node:vm';

/**
 * Loads the parts of the program with the code that V8 compiled them to when they were built (`warm-up.cjs`): without it a
 * third of a short scan is compiling. V8 itself refuses what another version of it, or one with other flags, has compiled;
 * it compiles the source then.
 */
export function loadPartsFromCache(): void {
  // Node has no other way to say how a file becomes a module; it keeps this one "for ever", as its manual has it.
  require.extensions['.cjs'] = (module, file) => {
    const cachedData = readIfThere(`${file}.cache`);
    const source = Module.wrap(readFileSync(file, 'latin1'));
    const script = new Script(source, { filename: file, ...(cachedData === null ? {} : { cachedData }) });
    const run = script.runInThisContext() as (this: unknown, ...names: unknown[]) => void;
    run.call(module.exports, module.exports, module.require.bind(module), module, file, dirname(file));
  };
}

function readIfThere(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
