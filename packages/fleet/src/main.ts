#!/usr/bin/env node
import { Command, InvalidArgumentError } from 'commander';
import { runServe, runWorker, type RunContext, type ServeCommandOptions, type WorkerCommandOptions } from './run.js';

/* The fleet without the command line, for containers: `sentinel-fleet serve` and `sentinel-fleet worker`. */

const ended = new Promise<void>((resolve) => {
  process.once('SIGTERM', () => resolve());
  process.once('SIGINT', () => resolve());
});
const context: RunContext = {
  variable: (name) => process.env[name],
  writeOut: (text) => void process.stdout.write(text),
  writeError: (text) => void process.stderr.write(text),
  ended,
};

function count(text: string): number {
  if (!/^\d{1,3}$/.test(text)) throw new InvalidArgumentError('It is a number from 0 to 999.');
  return Number(text);
}

const program = new Command('sentinel-fleet');
program
  .command('serve')
  .description('start the API, the gate, the dashboard, workers, and a database where none is given')
  .option('--data <folder>', 'what it keeps', 'sentinel-data')
  .option('--listen <host:port>', 'where it listens', '127.0.0.1:8470')
  .option('--database <url>', 'a PostgreSQL of your own; DATABASE_URL by default')
  .option('--store <store>', 's3://bucket/prefix or a folder for uploads')
  .option('--workers <n>', 'worker processes on this machine', count)
  .option(
    '--allow-host <host>',
    'a host that may be asked although it is not public',
    (host: string, all: string[] | undefined) => [...(all ?? []), host],
  )
  .option('--public-url <url>', 'as others reach it')
  .option('--log', 'log requests to standard output')
  .action(async (options: ServeCommandOptions) => void (process.exitCode = await runServe(options, context)));
program
  .command('worker')
  .description('do the work of a fleet from any machine')
  .option('--database <url>', 'the database of the fleet; DATABASE_URL by default')
  .option('--processes <n>', 'processes that analyse', count)
  .action(async (options: WorkerCommandOptions) => void (process.exitCode = await runWorker(options, context)));

await program.parseAsync();
// What is left of connections keeps nobody waiting.
process.exit();
