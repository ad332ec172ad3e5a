import { execFile } from 'node:child_process';
import { HubDouble } from '../../sources/test/hub-double.js';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { Cli, type Run } from './kit.js';

/** The command line beside a double of the Hub, which answers while it runs. */
export class RemoteCli extends Cli {
  #double: HubDouble | null = null;

  constructor() {
    super();
    beforeAll(async () => {
      this.#double = await HubDouble.start();
    });
    beforeEach(() => {
      this.double.reset();
    });
    afterAll(() => this.double.close());
  }

  get double(): HubDouble {
    if (this.#double === null) throw new Error('the double is not there yet');
    return this.#double;
  }

  /** Reads from the double, in a process of its own. */
  runRemote(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> {
    const { PATH } = process.env;
    const variables = { PATH, HOME: cwd, HF_ENDPOINT: this.double.endpoint, ...env };
    return new Promise((resolve) => {
      const options = { cwd, env: variables, timeout: 60_000, maxBuffer: 64 * 2 ** 20 };
      const child = execFile(process.execPath, [this.bundle, ...args], options, (_error, stdout, stderr) =>
        resolve({ code: child.exitCode, stdout, stderr }),
      );
    });
  }
}
