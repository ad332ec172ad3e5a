/**
 * How far away those are who decide what a loader in source code gets, the widest first. `network`: what another process or
 * machine sends, a download. `store`: what others can write to as well. `unknown`: nothing says it, and it counts for more than
 * an argument. `argument`: what callers of a public function give. `file`: what the user names (command line, environment,
 * prompt). `constant`: a path that stands in the source. `test`: the source is a test, an example or a benchmark.
 */
export const REACHES = ['network', 'store', 'unknown', 'argument', 'file', 'constant', 'test'] as const;

export type Reach = (typeof REACHES)[number];

/** The smaller, the wider. */
export function reachRank(reach: Reach | undefined): number {
  return reach === undefined ? REACHES.length : REACHES.indexOf(reach);
}

export function widestOf(reaches: readonly Reach[]): Reach | undefined {
  return REACHES.find((reach) => reaches.includes(reach));
}
