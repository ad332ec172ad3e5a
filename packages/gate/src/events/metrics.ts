import { append } from '@artifact-sentinel/core/internal';
import { allDispositions } from '../model/dispositions.js';
import { MAX_SERIES } from '../model/limits.js';

/** Metrics of the gate in the text format of Prometheus (0.0.4). Few and fixed, so that no library is needed. */

type Labels = Readonly<Record<string, string>>;

/** Upper bounds of the times that are counted together. */
export const SECONDS: readonly number[] = [
  0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
];

function keyOf(labels: Labels): string {
  const parts = Object.entries(labels).map(
    ([name, value]) => `${name}="${value.replaceAll(/["\\]/g, String.raw`\$&`).replaceAll('\n', String.raw`\n`)}"`,
  );
  return parts.length === 0 ? '' : `{${parts.join(',')}}`;
}

interface Value {
  readonly labels: Labels;
  /** As the text format has them: making it costs more than counting. */
  readonly key: string;
  value: number;
}

class Counter {
  readonly #series = new Map<string, Value>();

  add(labels: Labels, by = 1): void {
    const id = Object.values(labels).join('\0');
    const known = this.#series.get(id);
    if (known !== undefined) known.value += by;
    else if (this.#series.size < MAX_SERIES) this.#series.set(id, { labels, key: keyOf(labels), value: by });
  }

  values(): Iterable<Readonly<Value>> {
    return this.#series.values();
  }

  *lines(name: string): Generator<string> {
    for (const { key, value } of this.#series.values()) yield `${name}${key} ${value}`;
  }
}

export interface Times {
  /** Of `SECONDS`, how many were no longer than each. */
  readonly counts: number[];
  sum: number;
  count: number;
}

class Histogram {
  readonly #series = new Map<string, Times>();

  /** By route; of more routes than series nothing is kept. */
  observe(seconds: number, route: string): void {
    let times = this.#series.get(route);
    if (times === undefined) {
      if (this.#series.size >= MAX_SERIES / SECONDS.length) return;
      times = { counts: SECONDS.map(() => 0), sum: 0, count: 0 };
      this.#series.set(route, times);
    }
    times.sum += seconds;
    times.count += 1;
    for (let i = SECONDS.length - 1; i >= 0 && seconds <= (SECONDS[i] ?? 0); i -= 1)
      times.counts[i] = (times.counts[i] ?? 0) + 1;
  }

  values(): Iterable<readonly [route: string, times: Readonly<Times>]> {
    return this.#series;
  }

  *lines(name: string): Generator<string> {
    for (const [route, { counts, sum, count }] of this.#series) {
      for (const [i, bound] of SECONDS.entries())
        yield `${name}_bucket${keyOf({ route, le: String(bound) })} ${counts[i] ?? 0}`;
      yield `${name}_bucket${keyOf({ route, le: '+Inf' })} ${count}`;
      yield `${name}_sum${keyOf({ route })} ${sum}`;
      yield `${name}_count${keyOf({ route })} ${count}`;
    }
  }
}

const OUTCOMES = ['passed', 'denied', 'observed', 'failed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export class Metrics {
  /** Requests that are over, by route and outcome: passed, denied, observed, failed. */
  readonly requests = new Counter();
  /** Events, by rule and disposition: as many as lines in each target. */
  readonly events = new Counter();
  readonly lostEvents = new Counter();
  readonly tlsErrors = new Counter();
  readonly restarts = new Counter();
  /** Configurations that were read again, by result: done, same, failed. */
  readonly reloads = new Counter();
  readonly bodyBytes = new Counter();
  readonly inspection = new Histogram();
  /** From the head of a request to the end of its answer. */
  readonly duration = new Histogram();
  /** From the request to the server behind until its answer began. */
  readonly upstream = new Histogram();
  readonly #gauges: readonly (readonly [name: string, help: string, read: () => number])[];

  constructor(gauges: readonly (readonly [string, string, () => number])[]) {
    this.#gauges = gauges;
    // A series that began with its first event would hide that one from `increase()`.
    for (const labels of allDispositions()) this.events.add({ ...labels }, 0);
    for (const cause of ['deadline', 'crash']) this.restarts.add({ cause }, 0);
    for (const result of ['done', 'same', 'failed']) this.reloads.add({ result }, 0);
    this.tlsErrors.add({}, 0);
  }

  /** What a configuration may count, from 0: its routes, and the targets of its events. */
  begin({ routes, targets }: { readonly routes: readonly string[]; readonly targets: readonly string[] }): void {
    for (const route of routes) for (const outcome of OUTCOMES) this.requests.add({ route, outcome }, 0);
    for (const to of targets) this.lostEvents.add({ to }, 0);
  }

  /** Everything that is counted: names without unit and suffix. */
  all(): {
    readonly counters: readonly (readonly [name: string, help: string, counter: Counter])[];
    readonly times: readonly (readonly [name: string, help: string, histogram: Histogram])[];
    readonly gauges: readonly (readonly [name: string, help: string, value: number])[];
  } {
    return {
      counters: [
        ['sentinel_gate_requests', 'Requests that are over, by route and outcome.', this.requests],
        ['sentinel_gate_events', 'Security events, by rule and disposition.', this.events],
        ['sentinel_gate_events_lost', 'Events that a target did not take.', this.lostEvents],
        ['sentinel_gate_inspector_restarts', 'Inspectors that were started again, by cause.', this.restarts],
        ['sentinel_gate_tls_errors', 'Connections that ended before TLS was agreed on.', this.tlsErrors],
        ['sentinel_gate_reloads', 'Configurations that were read again, by result.', this.reloads],
        ['sentinel_gate_request_body_bytes', 'Bytes of request bodies.', this.bodyBytes],
      ],
      times: [
        ['sentinel_gate_request', 'Time from the head of a request to the end of its answer, by route.', this.duration],
        ['sentinel_gate_inspection', 'Time from the end of a body to its verdict, by route.', this.inspection],
        ['sentinel_gate_upstream', 'Time until the server behind began to answer, by route.', this.upstream],
      ],
      gauges: this.#gauges.map(([name, help, read]) => [name, help, read()]),
    };
  }

  render(): string {
    const out: string[] = [];
    const part = (name: string, type: string, help: string, lines: Iterable<string>): void => {
      append(out, [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines]);
    };
    const { counters, times, gauges } = this.all();
    for (const [name, help, counter] of counters)
      part(`${name}_total`, 'counter', help, counter.lines(`${name}_total`));
    for (const [name, help, histogram] of times)
      part(`${name}_seconds`, 'histogram', help, histogram.lines(`${name}_seconds`));
    for (const [name, help, value] of gauges) part(name, 'gauge', help, [`${name} ${value}`]);
    return `${out.join('\n')}\n`;
  }
}
