/** Milliseconds of a clock that never goes back. `performance.now` says the same and takes 3 ms to load. */
export function now(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}
