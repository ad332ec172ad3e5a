// The first line of the program: an early end (a part that cannot be loaded, a promise that never settles, a runtime
// that stops half-way) is no pass. Nothing is imported before it.
process.exitCode = 2;

let failed = false;
let ended = false;

async function fail(error: unknown): Promise<void> {
  // An error of the report itself would come back here for ever.
  if (failed) process.exit(2);
  failed = true;
  let code = 2;
  try {
    const { reportError } = await import('./start.js');
    code = await reportError(error);
  } catch (second) {
    console.error(`sentinel: the program cannot be loaded: ${String(error)}; ${String(second)}`);
  }
  process.exit(code);
}

// Without these, Node would end with exit code 1, which says "findings".
process.on('uncaughtException', (error: unknown) => void fail(error));
process.on('unhandledRejection', (error: unknown) => void fail(error));
process.on('exit', (code) => {
  if (code === 2 && !ended && !failed)
    console.error('sentinel: the program ended before it was done; what it said is no result');
});

async function run(): Promise<void> {
  // Loaded late, so that a missing part is reported as well.
  const { start } = await import('./start.js');
  const code = await start(process.argv);
  ended = true;
  process.exitCode = code;
}

void run();
