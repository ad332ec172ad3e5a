import { trace, UsageError } from '@sentinel/core';
import { walk } from '@sentinel/core/node';

/** Lines of the program of every file behind `path`, as they come. */
export async function runTrace(path: string, write: (text: string) => Promise<void>): Promise<void> {
  for await (const input of walk([path])) {
    try {
      if (input.source === null) throw new UsageError(`${input.path}: ${input.problem?.reason ?? 'cannot be read'}`);
      for await (const line of trace(input.path, input.source, {})) await write(`${line}\n`);
    } finally {
      input.close?.();
    }
  }
}
