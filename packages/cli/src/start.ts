import { EXIT } from './exit-code.js';
import { writeError, writeOut } from './streams.js';
import { VERSION } from './version.js';

/** The program behind its safety net (`main.ts`): gives the exit code. */
export async function start(argv: readonly string[]): Promise<number> {
  // Asked for by every wrapper script: answered before anything else is loaded.
  if (argv.length === 3 && (argv[2] === '--version' || argv[2] === '-V')) {
    await writeOut(`${VERSION}\n`);
    return EXIT.pass;
  }
  const { runProgram } = await import('./program.js');
  return runProgram(argv).catch(reportError);
}

/** Says what an error is, in one line, and gives its exit code. */
export async function reportError(error: unknown): Promise<number> {
  const { describeError } = await import('./describe-error.js');
  const { text, code, stack } = describeError(error);
  writeError(`sentinel: ${text}`);
  if (process.env['SENTINEL_DEBUG'] !== undefined && stack !== null) writeError(stack);
  return code;
}
