import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { Pool } from '../database/pool.js';
import { deadLetters, QUEUES } from '../queue/queue.js';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What is counted, in the text format of Prometheus. Labels are the fleet's own words: no stranger can make another one. */
export class Metrics {
  readonly registry = new Registry();
  readonly requests = new Histogram({
    name: 'sentinel_fleet_request_seconds',
    help: 'Requests by route and status',
    labelNames: ['route', 'method', 'status'],
    buckets: SECONDS,
    registers: [this.registry],
  });
  readonly refused = new Counter({
    name: 'sentinel_fleet_refused_total',
    help: 'Requests that were refused, by reason',
    labelNames: ['code'],
    registers: [this.registry],
  });
  readonly deliveries = new Counter({
    name: 'sentinel_fleet_webhook_deliveries_total',
    help: 'Deliveries to webhooks',
    labelNames: ['outcome'],
    registers: [this.registry],
  });

  constructor(pool: Pool) {
    collectDefaultMetrics({ register: this.registry, prefix: 'sentinel_fleet_' });
    this.#ofTable(
      pool,
      'sentinel_fleet_artifacts',
      'Artifacts by state',
      'SELECT state AS label, count(*) FROM artifacts GROUP BY 1',
    );
    this.#ofTable(
      pool,
      'sentinel_fleet_intakes_open',
      'Intakes that are not at their end, by state',
      `SELECT state AS label, count(*) FROM intakes WHERE state IN ('queued', 'listing', 'scanning') GROUP BY 1`,
    );
    this.#ofTable(
      pool,
      'sentinel_fleet_jobs',
      'Jobs of the queue by state',
      // Those that failed are there once more, in a queue of their own.
      `SELECT CASE WHEN name IN (${DEAD}) THEN 'dead' ELSE state::text END AS label, count(*) FROM pgboss.job
       WHERE state IN ('created', 'retry', 'active') GROUP BY 1`,
    );
    const connections = new Gauge({
      name: 'sentinel_fleet_connections',
      help: 'Connections of this process to the database',
      labelNames: ['state'],
      registers: [],
      collect() {
        this.set({ state: 'idle' }, pool.idleCount);
        this.set({ state: 'used' }, pool.totalCount - pool.idleCount);
        this.set({ state: 'waiting' }, pool.waitingCount);
      },
    });
    this.registry.registerMetric(connections);
  }

  /** Asked when they are read. A table that is not there yet (the queue before its first start) has no rows. */
  #ofTable(pool: Pool, name: string, help: string, statement: string): void {
    const gauge = new Gauge({
      name,
      help,
      labelNames: ['state'],
      registers: [],
      async collect() {
        this.reset();
        const { rows } = await pool.query<{ label: string; count: number }>(statement).catch(withoutTable);
        for (const { label, count } of rows) this.set({ state: label }, count);
      },
    });
    this.registry.registerMetric(gauge);
  }
}

const DEAD = QUEUES.map((name) => `'${deadLetters(name)}'`).join(', ');
const UNDEFINED_TABLE = '42P01';
const UNDEFINED_SCHEMA = '3F000';

function withoutTable(error: unknown): { rows: [] } {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === UNDEFINED_TABLE || code === UNDEFINED_SCHEMA) return { rows: [] };
  throw error;
}
