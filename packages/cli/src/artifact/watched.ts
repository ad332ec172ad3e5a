import type { Collected, Turn } from '@artifact-sentinel/core/internal';

/** The same turns; `look` sees what each of them collects. */
export async function* watched(
  turns: AsyncIterable<Turn>,
  look: (found: Collected) => Promise<void> | void,
): AsyncGenerator<Turn> {
  for await (const { path, collected } of turns) {
    yield {
      path,
      collected: async () => {
        const found = await collected();
        await look(found);
        return found;
      },
    };
  }
}

/** One turn, of what was collected before. */
export async function* only(found: Collected): AsyncGenerator<Turn> {
  yield { path: found.path, collected: () => Promise.resolve(found) };
}
