/**
 * Whether tests run at their full size. `.ci/run` asks for it in a step of its own (TEST_SIZE=full); without it the test command
 * takes samples, or smaller inputs, of what is slow.
 */
export const FULL_SIZE = process.env['TEST_SIZE'] === 'full';

/** `full` at full size, else `usual`. */
export function sized<T>(full: T, usual: T): T {
  return FULL_SIZE ? full : usual;
}
