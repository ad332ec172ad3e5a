import { weightOf, type Collected } from '@artifact-sentinel/core/internal';
import { Slots } from '@artifact-sentinel/sources';
import type { Input } from '@artifact-sentinel/core/node/internal';
import type { InputTurn } from '../artifact/input-turn.js';

/** Files that are asked for before their turn: as many as a slow first one may hold up. */
const AHEAD = 64;
/** Facts that wait for their turn (CWE-770); see `ArtifactPool`. */
const WAITING_FACTS = 100_000;
/** Files at a time: small ones wait for the network, large ones for this thread too. */
const SMALL_AT_ONCE = 24;
const LARGE_AT_ONCE = 4;
const SMALL_BYTES = 256 * 1024;

/** Turns in the order of the inputs, which are collected at the same time: each waits for answers most of its time. */
export async function* inOrder(
  inputs: AsyncIterable<Input>,
  collect: (input: Input) => Promise<Collected>,
): AsyncGenerator<InputTurn> {
  const small = new Slots(SMALL_AT_ONCE);
  const large = new Slots(LARGE_AT_ONCE);
  let waitingFacts = 0;
  const ahead: InputTurn[] = [];
  const begin = (input: Input): InputTurn => {
    const isSmall = input.size > 0 && input.size <= SMALL_BYTES;
    const collected = started(input, isSmall ? small : large);
    return {
      path: input.name,
      input,
      collected: async () => {
        const found = await collected;
        waitingFacts -= weightOf(found);
        return found;
      },
    };
  };
  const started = async (input: Input, slots: Slots): Promise<Collected> => {
    const release = await slots.take('');
    try {
      const found = await collect(input);
      waitingFacts += weightOf(found);
      return found;
    } finally {
      release();
    }
  };
  for await (const input of inputs) {
    ahead.push(begin(input));
    while (ahead.length >= AHEAD || (waitingFacts > WAITING_FACTS && ahead.length > 0)) {
      const first = ahead.shift();
      if (first !== undefined) yield first;
    }
  }
  yield* ahead;
}
