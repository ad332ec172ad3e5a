import { escapeText, UsageError, type ScanInput } from '@artifact-sentinel/core/internal';
import { trace, walk } from '@artifact-sentinel/core/node';
import { openInput } from '@artifact-sentinel/core/node/internal';
import { namedPaths, readStandardInput, STANDARD_INPUT } from '../artifact/standard-input.js';
import { EXIT } from '../exit-code.js';
import { isOutClosed, writeError, writeOut } from '../streams.js';

/** Prints the programs of every file behind `path`, as they come; the exit code. */
export async function runTrace(path: string, color: boolean): Promise<number> {
  let complete = true;
  let first = true;
  for await (const input of inputsOf(path)) {
    if (input.source === null) {
      const reason = `${input.path}: ${input.problem?.reason ?? 'it cannot be opened'}`;
      if (input.path === path || input.path === STANDARD_INPUT) throw new UsageError(reason);
      writeError(`sentinel: ${escapeText(reason)}`);
      complete = false;
      continue;
    }
    if (!first) await writeOut('\n');
    first = false;
    if (!(await traceFile(input.path, input.source, color))) complete = false;
    const changed = input.close?.() ?? null;
    if (changed === null) continue;
    writeError(`sentinel: ${escapeText(`${input.path}: ${changed}`)}`);
    complete = false;
  }
  return complete ? EXIT.pass : EXIT.incomplete;
}

async function* inputsOf(path: string): AsyncGenerator<ScanInput> {
  const [named = path] = namedPaths([path]);
  if (named === STANDARD_INPUT) yield openInput(await readStandardInput(null));
  else yield* walk([path]);
}

async function traceFile(path: string, source: NonNullable<ScanInput['source']>, color: boolean): Promise<boolean> {
  const program = trace(path, source, { color });
  for (;;) {
    const step = await program.next();
    if (step.done === true) return step.value.complete;
    await writeOut(`${step.value}\n`);
    // `sentinel trace … | head`: nobody reads on.
    if (isOutClosed()) return true;
  }
}
