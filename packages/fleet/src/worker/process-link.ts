import { fork } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LinkEvents, StartWorker, ToWorker, WorkerLink } from '@artifact-sentinel/core/node/internal';
import { CHILD_HEAP_MB } from '../limits.js';
import type { ChildJob } from './messages.js';

/** The built entry, also where tests run the sources. */
const ENTRY = fileURLToPath(new URL('child.js', import.meta.url.replace('/fleet/src/', '/fleet/dist/')));

/** The highest folder that packages are loaded from. */
function codeFolder(): string {
  let found = dirname(ENTRY);
  for (let at = found; dirname(at) !== at; at = dirname(at)) if (existsSync(join(at, 'node_modules'))) found = at;
  return realpathSync(found);
}

/** `readable`: folders in which what is to be analysed lies. */
export function startProcess(readable: readonly string[]): StartWorker<ChildJob, never> {
  const folders = [codeFolder(), ...readable];
  return (events) => started(folders, events);
}

function started(readable: readonly string[], events: LinkEvents): WorkerLink<ChildJob, never> {
  const child = fork(ENTRY, [], {
    // Strangers' bytes are read by code that may read and do nothing else.
    execArgv: [
      process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission',
      ...readable.map((path) => `--allow-fs-read=${path}/*`),
      '--no-warnings',
      `--max-old-space-size=${CHILD_HEAP_MB}`,
      '--disable-proto=delete',
    ],
    env: {},
    cwd: '/',
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString('latin1')).slice(-2_000)));
  let isGone = false;
  const gone = (detail: string | null): void => {
    if (isGone) return;
    isGone = true;
    const isMemory = /heap out of memory/i.test(said);
    events.gone({ cause: isMemory ? 'memory' : 'crash', detail: isMemory ? 'its heap was full' : detail });
  };
  child.on('message', (message) => events.message(message));
  child.on('error', (error) => gone(error.message));
  child.on('exit', (code, signal) => gone(`its process ended with ${signal ?? `exit code ${code}`}`));
  return {
    send(message: ToWorker<ChildJob, never>) {
      // One that is gone says so by itself.
      if (child.connected) child.send(message, () => undefined);
    },
    stop: () => void child.kill('SIGKILL'),
  };
}
