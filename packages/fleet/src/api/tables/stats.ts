import type { Queries } from '../../database/pool.js';
import { MAX_ROWS } from '../../limits.js';
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

/**
 * Artifacts by state at the end of each day. Known are the states of today and, from the audit log, every change of a state
 * with the one before it: days are counted backwards.
 */
async function posture(db: Queries, days: number): Promise<DayRow[]> {
  const { rows } = await db.query<DayRow>(
    `WITH days AS (SELECT generate_series(current_date - $1::integer + 1, current_date, '1 day')::date AS day),
       changes AS (
         SELECT (at AT TIME ZONE 'UTC')::date AS day, detail->>'from' AS before, detail->>'to' AS after FROM audit
         WHERE action = 'artifact.state' AND at >= current_date - $1::integer + 1
       ),
       entries AS (
         SELECT (received_at AT TIME ZONE 'UTC')::date AS day, 'received' AS after FROM artifacts
         WHERE received_at >= current_date - $1::integer + 1
       ),
       moves AS (
         SELECT day, after AS state, 1 AS change FROM changes WHERE after IS NOT NULL
         UNION ALL SELECT day, before, -1 FROM changes WHERE before IS NOT NULL
         UNION ALL SELECT day, after, 1 FROM entries
       ),
       today AS (SELECT state, count(*) AS count FROM artifacts GROUP BY state),
       states AS (SELECT state FROM today UNION SELECT state FROM moves)
     SELECT days.day, states.state,
       coalesce((SELECT count FROM today WHERE today.state = states.state), 0)
         - coalesce((SELECT sum(change) FROM moves WHERE moves.state = states.state AND moves.day > days.day), 0) AS count
     FROM days CROSS JOIN states ORDER BY 1, 2`,
    [days],
  );
  return rows.map(({ day, state, count }) => ({ day, state, count: Math.max(0, Number(count)) }));
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
