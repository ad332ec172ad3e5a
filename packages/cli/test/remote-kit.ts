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

  /** Reads from the double, while it answers. */
  runRemote(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> {
    return this.runBeside(cwd, args, { HOME: cwd, HF_ENDPOINT: this.double.endpoint, ...env });
  }
}
