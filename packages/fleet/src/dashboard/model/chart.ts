import type { ArtifactState, StateCount } from '../api/types.js';

/** What is drawn, from below, each with the states that count for it. */
export const SERIES = [
  { name: 'passed', states: ['passed', 'promoted'] },
  { name: 'waiting', states: ['received', 'scanning'] },
  { name: 'incomplete', states: ['incomplete'] },
  { name: 'failed', states: ['failed'] },
  { name: 'rejected', states: ['rejected'] },
] as const satisfies readonly { readonly name: string; readonly states: readonly ArtifactState[] }[];
export type Series = (typeof SERIES)[number]['name'];

export interface Day {
  /** YYYY-MM-DD, UTC. */
  readonly day: string;
  readonly counts: Readonly<Record<Series, number>>;
  readonly promoted: number;
  readonly total: number;
}

/** One row for each day of the period, the oldest first, also for those of which nothing is said. */
export function daysOf(counts: readonly StateCount[], days: number, now: number): Day[] {
  const byDay = new Map<string, Map<ArtifactState, number>>();
  for (const { day, state, count } of counts) {
    const known = byDay.get(day) ?? new Map<ArtifactState, number>();
    byDay.set(day, known.set(state, (known.get(state) ?? 0) + count));
  }
  return Array.from({ length: days }, (_, index) => {
    const day = new Date(now - (days - 1 - index) * 86_400_000).toISOString().slice(0, 10);
    const known = byDay.get(day) ?? new Map<ArtifactState, number>();
    const of = (states: readonly ArtifactState[]): number =>
      states.reduce((sum, state) => sum + (known.get(state) ?? 0), 0);
    const [passed, waiting, incomplete, failed, rejected] = [
      of(SERIES[0].states),
      of(SERIES[1].states),
      of(SERIES[2].states),
      of(SERIES[3].states),
      of(SERIES[4].states),
    ];
    return {
      day,
      counts: { passed, waiting, incomplete, failed, rejected },
      promoted: known.get('promoted') ?? 0,
      total: passed + waiting + incomplete + failed + rejected,
    };
  });
}

export interface Column {
  readonly day: Day;
  readonly x: number;
  readonly width: number;
  readonly bars: readonly { readonly series: Series; readonly y: number; readonly height: number }[];
}

export interface Chart {
  readonly columns: readonly Column[];
  /** Values with a line, and where it is. */
  readonly lines: readonly { readonly value: number; readonly y: number }[];
  /** Days with a name below them. */
  readonly names: readonly { readonly text: string; readonly x: number }[];
}

/** Stacked columns in a box of some width and height. Each value that is not 0 is seen. */
export function chartOf(days: readonly Day[], width: number, height: number, mostNames: number): Chart {
  let most = 1;
  for (const { total } of days) most = Math.max(most, total);
  const top = roundUp(most);
  const step = days.length === 0 ? width : width / days.length;
  const gap = Math.min(4, step * 0.25);
  const columns = days.map((day, index) => {
    let y = height;
    const bars = SERIES.flatMap(({ name }) => {
      const value = day.counts[name];
      if (value === 0) return [];
      const tall = Math.max(1, (value / top) * height);
      y -= tall;
      return [{ series: name, y, height: tall }];
    });
    return { day, x: index * step + gap / 2, width: step - gap, bars };
  });
  const each = Math.max(1, Math.ceil(days.length / mostNames));
  return {
    columns,
    lines: [top / 2, top].filter(Number.isInteger).map((value) => ({ value, y: height - (value / top) * height })),
    names: days.flatMap(({ day }, index) =>
      (days.length - 1 - index) % each === 0 ? [{ text: day.slice(5), x: index * step + step / 2 }] : [],
    ),
  };
}

/** The next of 1, 2, 4, 5, 8, 10, 20 and so on. */
function roundUp(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(value));
  return unit * ([1, 2, 4, 5, 8, 10].find((factor) => factor * unit >= value) ?? 10);
}

/** The share of what was judged that passed or was promoted, in percent; null where nothing was judged. */
export function shareOfPassed(days: readonly Day[]): number | null {
  let good = 0;
  let all = 0;
  for (const { counts } of days) {
    good += counts.passed;
    all += counts.passed + counts.incomplete + counts.failed + counts.rejected;
  }
  return all === 0 ? null : (good / all) * 100;
}
