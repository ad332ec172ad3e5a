import * as z from 'zod';
import { inTransaction, type Pool, type Queries } from '../../database/pool.js';
import { setting } from '../../database/settings.js';
import { MAX_ROWS, POSTURE_DAYS } from '../../limits.js';
import type { Stats } from '../../model/api-shapes.js';
import type { ArtifactState } from '../../model/shapes.js';
import { WAIVED } from './artifacts.js';
import { endingWaivers } from './waivers.js';

interface DayRow {
  readonly day: string;
  readonly state: ArtifactState;
  readonly count: number;
}

/** Numbers of the dashboard for the last days, today included. Days are those of UTC. */
export async function statsOf(db: Queries, days: number): Promise<Stats> {
  const entered = await db.query<DayRow>(
    `SELECT (received_at AT TIME ZONE 'UTC')::date AS day, state, count(*) AS count FROM artifacts
     WHERE received_at >= current_date - $1::integer + 1 GROUP BY 1, 2 ORDER BY 1, 2`,
    [days],
  );
  const states = await db.query<{ state: ArtifactState; count: number }>(
    'SELECT state, count(*) AS count FROM artifacts GROUP BY 1 ORDER BY 1',
  );
  const intakes = await db.query<{ open: number; failed: number }>(
    `SELECT count(*) FILTER (WHERE state IN ('queued', 'listing', 'scanning')) AS open,
       count(*) FILTER (WHERE state = 'failed' AND created_at >= current_date - $1::integer + 1) AS failed FROM intakes`,
    [days],
  );
  return {
    entered: entered.rows,
    posture: await posture(db, days),
    states: states.rows,
    findings: await findings(db),
    ages: await ages(db),
    endingWaivers: await endingWaivers(db, ENDING_DAYS),
    intakes: intakes.rows[0] ?? { open: 0, failed: 0 },
  };
}

const ENDING_DAYS = 30;

/** Artifacts by state as they were when each day was last looked at; today as it is now. */
async function posture(db: Queries, days: number): Promise<DayRow[]> {
  const { rows } = await db.query<DayRow>(
    `SELECT day, state, count FROM posture WHERE day > current_date - $1::integer AND day < current_date
     UNION ALL SELECT current_date, state, count(*) FROM artifacts GROUP BY state ORDER BY 1, 2`,
    [days],
  );
  return rows;
}

const POSTURE_LOCK = 7_364_012;

const postureDaysShape = z.int().min(1).max(36_500).nullable();

/**
 * Notes how many artifacts are in which state today. The last note of a day stays, for two years or as many days as the setting
 * `postureDays` says. Throws where the setting is no such number.
 */
export async function notePosture(pool: Pool): Promise<void> {
  await inTransaction(pool, async (transaction) => {
    await transaction.query('SELECT pg_advisory_xact_lock($1)', [POSTURE_LOCK]);
    const days = postureDaysShape.parse(await setting(transaction, 'postureDays')) ?? POSTURE_DAYS;
    await transaction.query('DELETE FROM posture WHERE day = current_date OR day <= current_date - $1::integer', [
      days,
    ]);
    await transaction.query(
      'INSERT INTO posture (day, state, count) SELECT current_date, state, count(*) FROM artifacts GROUP BY state',
    );
  });
}

async function findings(db: Queries): Promise<Stats['findings']> {
  const { rows } = await db.query<Omit<Stats['findings'][number], 'oldest'> & { oldest: Date }>(
    `SELECT f.rule, f.severity, f.owner, count(*) AS count, min(f.first_seen) AS oldest
     FROM findings f JOIN artifacts a ON a.id = f.artifact
     WHERE a.state <> 'rejected' AND NOT ${WAIVED}
     GROUP BY 1, 2, 3 ORDER BY count(*) DESC, 1, 3 LIMIT $1`,
    [MAX_ROWS],
  );
  return rows.map((row) => ({ ...row, oldest: row.oldest.toISOString() }));
}

async function ages(db: Queries): Promise<Stats['ages']> {
  const { rows } = await db.query<Stats['ages'][number]>(
    `SELECT CASE WHEN f.first_seen > now() - interval '7 days' THEN 'week'
         WHEN f.first_seen > now() - interval '30 days' THEN 'month'
         WHEN f.first_seen > now() - interval '90 days' THEN 'quarter' ELSE 'older' END AS age, count(*) AS count
     FROM findings f JOIN artifacts a ON a.id = f.artifact
     WHERE a.state <> 'rejected' AND NOT ${WAIVED} GROUP BY 1 ORDER BY 1`,
  );
  return rows;
}
