import { once } from 'node:events';

/** The reader of a pipe may leave early (`sentinel … | head`): that is no error of ours. */
export function tolerateClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}

/** Writes results; waits for a slow reader, so that no report is cut when the process ends. */
export async function writeOut(text: string): Promise<void> {
  if (process.stdout.destroyed || process.stdout.write(text)) return;
  await Promise.race([once(process.stdout, 'drain'), once(process.stdout, 'close')]).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error;
  });
}

export function writeError(text: string): void {
  process.stderr.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** `--no-color`, then FORCE_COLOR, then NO_COLOR, then whether a terminal is there. */
export function wantsColor(option: boolean, stream: { readonly isTTY?: boolean }): boolean {
  const { env } = process;
  if (!option) return false;
  if (env['FORCE_COLOR'] !== undefined) return env['FORCE_COLOR'] !== '0' && env['FORCE_COLOR'] !== 'false';
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}
