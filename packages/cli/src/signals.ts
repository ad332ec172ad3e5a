/** Those with which people and systems end a program. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
type EndingSignal = (typeof SIGNALS)[number];

/**
 * Signals end the process at once, as the system does it (exit code 128 and their number in a shell), but for the moments
 * in which it writes a file: they wait there, so that nothing is left of one that was begun. `write` must not wait for
 * others.
 */
export async function withSignalsHeld(write: () => void): Promise<void> {
  const caught: EndingSignal[] = [];
  const hold = (signal: NodeJS.Signals): void => {
    caught.push(signal as EndingSignal);
  };
  for (const signal of SIGNALS) process.on(signal, hold);
  try {
    write();
  } finally {
    // Node tells of signals where it polls. The first callback may come before the event loop polls again, the second not.
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    for (const signal of SIGNALS) process.off(signal, hold);
    const [first] = caught;
    if (first !== undefined) end(first);
  }
}

/** The first process of a container survives its own signal: it leaves by the number that a shell would show. */
function end(signal: EndingSignal): never {
  process.kill(process.pid, signal);
  const { constants } = process.getBuiltinModule('node:os');
  return process.exit(128 + constants.signals[signal]);
}
