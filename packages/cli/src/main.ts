import { loadPartsFromCache } from './code-cache.js';
import { EXIT } from './exit-code.js';
import { writeError, writeOut } from './streams.js';
import { optimiseLate } from './tiering.js';
import { VERSION } from './version.js';

async function report(error: unknown): Promise<number> {
  const { describeError } = await import('./describe-error.js');
  const { line, code, stack } = describeError(error);
  writeError(line);
  if (process.env['SENTINEL_DEBUG'] !== undefined && stack !== null) writeError(stack);
  return code;
}

async function main(): Promise<number> {
  // Asked for by every wrapper script: answered before anything is loaded.
  if (process.argv.length === 3 && (process.argv[2] === '--version' || process.argv[2] === '-V')) {
    await writeOut(`${VERSION}\n`);
    return EXIT.pass;
  }
  optimiseLate();
  loadPartsFromCache();
  const { runProgram } = await import('./program.js');
  return runProgram(process.argv);
}

let failed = false;
// Without these, Node would end with exit code 1, which says "findings".
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    // An error of the report itself (a part of the program that cannot be loaded) would come back here for ever.
    if (failed) process.exit(EXIT.bug);
    failed = true;
    void report(error).then((code) => process.exit(code));
  });
}
async function run(): Promise<void> {
  process.exitCode = await main().catch(report);
}

// No top-level await: the program is CommonJS, whose parts V8 loads compiled.
void run();
