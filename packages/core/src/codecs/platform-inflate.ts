import type { InflateEngine } from './inflate-engine.js';

/** Gets the portable engine, and gives the one to use: for all streams, or for those that it is better at. */
export type InflateChoice = (portable: InflateEngine) => InflateEngine;

let chosen: InflateChoice = (portable) => portable;

/**
 * Sets, for the whole process, what decodes deflate data: a platform's native engine in the place of the portable one.
 * Engines differ in speed only. What a native one cannot tell of broken data, the portable one is asked.
 */
export function setInflateEngine(choice: InflateChoice): void {
  chosen = choice;
}

export function platformEngine(portable: InflateEngine): InflateEngine {
  return chosen(portable);
}
