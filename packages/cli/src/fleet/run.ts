import { once } from 'node:events';
import { UsageError } from '@artifact-sentinel/core/internal';
import { EXIT } from '../exit-code.js';
import { writeOut } from '../streams.js';

export interface ServeOptions {
  readonly data: string;
  readonly listen: string;
  readonly database?: string;
  readonly store?: string;
  readonly workers?: number;
  readonly allowHost?: readonly string[];
  readonly publicUrl?: string;
  readonly log?: true;
}

export interface WorkerOptions {
  readonly database?: string;
  readonly processes?: number;
}

interface Context {
  readonly variable: (name: string) => string | undefined;
  readonly writeOut: (text: string) => void;
  readonly writeError: (text: string) => void;
  readonly ended: Promise<void>;
}

/** What @artifact-sentinel/fleet has for this program. It is a package by itself: most who scan need no database. */
interface Fleet {
  readonly runServe: (options: ServeOptions, context: Context) => Promise<number>;
  readonly runWorker: (options: WorkerOptions, context: Context) => Promise<number>;
}

type LoadFleet = () => Promise<Fleet>;

const PACKAGE = '@artifact-sentinel/fleet';
/** What pg-boss asks for. */
const NODE = { major: 22, minor: 12 } as const;

/** Of a version such as `22.12.0`. */
export function isRecentNode(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > NODE.major || (major === NODE.major && minor >= NODE.minor);
}

/** `sentinel serve` and `sentinel worker`. Resolves when the fleet was ended by a signal, with the exit code. */
export async function runFleet(command: 'serve', options: ServeOptions, load?: LoadFleet): Promise<number>;
export async function runFleet(command: 'worker', options: WorkerOptions, load?: LoadFleet): Promise<number>;
export async function runFleet(
  command: 'serve' | 'worker',
  options: ServeOptions | WorkerOptions,
  load: LoadFleet = imported,
): Promise<number> {
  if (!isRecentNode(process.versions.node))
    throw new UsageError(
      `${command} needs Node ${NODE.major}.${NODE.minor} or later; this is ${process.versions.node}`,
    );
  const fleet = await installed(command, load);
  const ended = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]).then(() => {
    const hurry = (): never => process.exit(EXIT.pass);
    process.once('SIGTERM', hurry);
    process.once('SIGINT', hurry);
    return undefined;
  });
  const context: Context = {
    variable: (name) => process.env[name],
    writeOut: (text) => void writeOut(text),
    writeError: (text) => void process.stderr.write(text),
    ended,
  };
  return 'data' in options ? fleet.runServe(options, context) : fleet.runWorker(options, context);
}

async function imported(): Promise<Fleet> {
  // No part of this program: its name is not known when this is bundled.
  const name: string = PACKAGE;
  return (await import(name)) as Fleet;
}

async function installed(command: string, load: LoadFleet): Promise<Fleet> {
  try {
    return await load();
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new UsageError(`${command} needs the package ${PACKAGE} beside this one: npm install ${PACKAGE}`);
  }
}

/** Whether a package is not there, by the error of loading it. */
export function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
}
