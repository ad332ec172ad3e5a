import { openTracer } from './traces/settings.js';
import { Worker } from './worker/worker.js';

/*
 * The entry of a worker process that `serve` starts. It ends in order on SIGTERM, and when the process that started it is gone.
 */
const url = process.env['SENTINEL_DATABASE_URL'];
if (url === undefined) throw new Error('SENTINEL_DATABASE_URL is not set');
const onLine = (line: string): void => void process.stderr.write(`sentinel worker: ${line}\n`);
const worker = await Worker.start({
  url,
  processes: 1,
  tracer: openTracer((name) => process.env[name], onLine),
  onLine,
});
// The first call counts.
const ending = new AbortController();
ending.signal.addEventListener('abort', () => void worker.stop().finally(() => process.exit(0)));
const end = (): void => ending.abort();
process.on('SIGTERM', end);
process.on('SIGINT', end);
process.on('disconnect', end);
