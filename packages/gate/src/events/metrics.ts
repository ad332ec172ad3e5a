import { append } from '@artifact-sentinel/core/internal';
import { MAX_SERIES } from '../model/limits.js';
/** Metrics of the gate in the text format of Prometheus (0.0.4). Few and fixed, so that no library is needed. */

type Labels = Readonly<Record<string, string>>;

const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

function keyOf(labels: Labels): string {
  const parts = Object.entries(labels).map(
    ([name, value]) => `${name}="${value.replaceAll(/["\\]/g, String.raw`\$&`).replaceAll('\n', String.raw`\n`)}"`,
  );
  return parts.length === 0 ? '' : `{${parts.join(',')}}`;
}

class Counter {
  readonly #series = new Map<string, number>();
  /** Keys as they are shown, by their values: making one costs more than counting. */
  readonly #keys = new Map<string, string>();

  #keyOf(labels: Labels): string {
    const values = Object.values(labels).join('\0');
    const known = this.#keys.get(values);
    if (known !== undefined) return known;
    const key = keyOf(labels);
    if (this.#keys.size < MAX_SERIES) this.#keys.set(values, key);
    return key;
  }

  add(labels: Labels, by = 1): void {
    const key = this.#keyOf(labels);
    if (!this.#series.has(key) && this.#series.size >= MAX_SERIES) return;
    this.#series.set(key, (this.#series.get(key) ?? 0) + by);
  }

  *lines(name: string): Generator<string> {
    for (const [key, value] of this.#series) yield `${name}${key} ${value}`;
  }
}

class Histogram {
  readonly #counts = SECONDS.map(() => 0);
  #sum = 0;
  #count = 0;

  observe(seconds: number): void {
    this.#sum += seconds;
    this.#count += 1;
    SECONDS.forEach((bound, i) => {
      if (seconds <= bound) this.#counts[i] = (this.#counts[i] ?? 0) + 1;
    });
  }

  *lines(name: string): Generator<string> {
    for (const [i, bound] of SECONDS.entries()) yield `${name}_bucket{le="${bound}"} ${this.#counts[i] ?? 0}`;
    yield `${name}_bucket{le="+Inf"} ${this.#count}`;
    yield `${name}_sum ${this.#sum}`;
    yield `${name}_count ${this.#count}`;
  }
}

export class Metrics {
  /** Requests that are over, by route and outcome: passed, denied, observed, failed. */
  readonly requests = new Counter();
  /** Events, by rule and disposition: as many as lines in each target. */
  readonly events = new Counter();
  readonly lostEvents = new Counter();
  readonly restarts = new Counter();
  readonly bodyBytes = new Counter();
  readonly inspection = new Histogram();
  readonly #gauges: readonly (readonly [name: string, help: string, read: () => number])[];

  constructor(gauges: readonly (readonly [string, string, () => number])[]) {
    this.#gauges = gauges;
  }

  render(): string {
    const out: string[] = [];
    const part = (name: string, type: string, help: string, lines: Iterable<string>): void => {
      append(out, [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines]);
    };
    const total = (name: string, help: string, counter: Counter): void =>
      part(`sentinel_gate_${name}_total`, 'counter', help, counter.lines(`sentinel_gate_${name}_total`));
    total('requests', 'Requests that are over, by route and outcome.', this.requests);
    total('events', 'Security events, by rule and disposition.', this.events);
    total('events_lost', 'Events that a target did not take.', this.lostEvents);
    total('inspector_restarts', 'Inspectors that were started again, by cause.', this.restarts);
    total('request_body_bytes', 'Bytes of request bodies.', this.bodyBytes);
    part(
      'sentinel_gate_inspection_seconds',
      'histogram',
      'Time from the end of a body to its verdict.',
      this.inspection.lines('sentinel_gate_inspection_seconds'),
    );
    for (const [name, help, read] of this.#gauges) part(name, 'gauge', help, [`${name} ${read()}`]);
    return `${out.join('\n')}\n`;
  }
}
