import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTransaction } from '../src/database/pool.js';
import { FleetIntakes } from '../src/intake/intakes.js';
import type { ObjectStore } from '../src/model/ports.js';
import { Queue } from '../src/queue/queue.js';
import { followFiles } from '../src/database/intake-verdicts.js';
import { holdPolicy, lockPolicy } from '../src/verdicts/policy.js';
import { VerdictStore } from '../src/verdicts/verdict-store.js';
import { concludeIntake } from '../src/worker/conclude.js';
import { finish, type Finished } from '../src/worker/finish.js';
import { describeFleet, testDatabase, type TestDatabase } from './database.js';

const by = { name: 'Ada' };
const NO_STORE = {} as ObjectStore;

describeFleet('what a decision about a file does to its intake', () => {
  let db: TestDatabase;
  let queue: Queue;
  let intakes: FleetIntakes;

  beforeAll(async () => {
    db = await testDatabase();
    queue = await Queue.open(db.url);
    intakes = new FleetIntakes({ pool: db.pool, queue, store: NO_STORE });
  });
  afterAll(async () => {
    await queue.close();
    await db.close();
  });

  /** An intake of a repository that is done, with files in these states. */
  async function taken(
    pinned: string,
    states: readonly string[],
    own = 'pass',
    state = 'done',
  ): Promise<{ readonly intake: string; readonly files: readonly string[] }> {
    const intake = randomUUID();
    await db.pool.query(
      `INSERT INTO intakes (id, kind, address, pinned, state, own_verdict, files, requested_by)
       VALUES ($1, 'hf', $2, $2, $3, $4, $5, 'test')`,
      [intake, pinned, state, state === 'done' ? own : null, states.length],
    );
    const files: string[] = [];
    for (const [at, one] of states.entries()) {
      const id = randomUUID();
      files.push(id);
      await db.pool.query(
        `INSERT INTO artifacts (id, intake, path, reading, size, sha256, is_hash_computed, state)
         VALUES ($1, $2, $3, '*.pkl', 1, sha256($3::text::bytea), true, $4)`,
        [id, intake, `${at}.pkl`, one],
      );
    }
    await inTransaction(db.pool, (transaction) => followFiles(transaction, [intake], { revision: false }));
    return { intake, files };
  }

  async function verdictOf(intake: string): Promise<string | null> {
    const { rows } = await db.pool.query<{ verdict: string | null }>('SELECT verdict FROM intakes WHERE id = $1', [
      intake,
    ]);
    return rows[0]?.verdict ?? null;
  }

  const pinned = () => `hf://org/m@${randomUUID().replaceAll('-', '')}`;
  const first = ([id]: readonly string[]): string => id ?? '';

  test.each([
    [['passed', 'promoted'], 'pass', 'pass'],
    [['passed', 'incomplete'], 'pass', 'incomplete'],
    [['passed', 'incomplete', 'failed'], 'pass', 'fail'],
    [['promoted', 'rejected'], 'pass', 'fail'],
    [['promoted'], 'incomplete', 'incomplete'],
    [['promoted'], 'fail', 'fail'],
    [['incomplete'], 'fail', 'fail'],
    [[], 'pass', 'pass'],
  ])('files %j of an intake that is %s by itself', async (states, own, verdict) => {
    expect(await verdictOf((await taken(pinned(), states, own)).intake)).toBe(verdict);
  });

  test('a promotion makes it pass and a rejection fail, each with its entry and its event', async () => {
    await db.pool.query(
      `INSERT INTO webhooks (id, url, secret, events, created_by) VALUES ($1, 'https://a.example', '', '{intake.done}', 'test')`,
      [randomUUID()],
    );
    const { intake, files } = await taken(pinned(), ['failed', 'passed']);
    expect(await verdictOf(intake)).toBe('fail');
    await intakes.decide(first(files), 'promoted', 'needed', by);
    expect(await verdictOf(intake)).toBe('pass');
    await intakes.decide(files[1] ?? '', 'rejected', 'no', by);
    expect(await verdictOf(intake)).toBe('fail');
    const { rows } = await db.pool.query<{ actor: string; detail: unknown }>(
      `SELECT actor, detail FROM audit WHERE subject = $1 ORDER BY number`,
      [`intake:${intake}`],
    );
    expect(rows).toEqual([
      { actor: 'Ada', detail: { verdict: 'pass', was: 'fail' } },
      { actor: 'Ada', detail: { verdict: 'fail', was: 'pass' } },
    ]);
    const sent = await queue.fetch('deliver', 10);
    // The queue gives what it fetches at once in no order.
    expect(sent.toSorted((one, two) => one.data.at.localeCompare(two.data.at)).map(({ data }) => data.event)).toEqual([
      { kind: 'intake.done', intake, verdict: 'pass' },
      { kind: 'intake.done', intake, verdict: 'fail' },
    ]);
  });

  test('a promotion does not change what the repository is by itself', async () => {
    const { intake, files } = await taken(pinned(), ['failed'], 'incomplete');
    await intakes.decide(first(files), 'promoted', 'needed', by);
    expect(await verdictOf(intake)).toBe('incomplete');
  });

  test('what is rejected in one intake fails all of the same revision, until it is undone', async () => {
    const name = pinned();
    const [one, two, other] = [await taken(name, ['passed']), await taken(name, ['passed']), await taken(pinned(), [])];
    await intakes.decide(first(one.files), 'rejected', 'no', by);
    expect([await verdictOf(one.intake), await verdictOf(two.intake), await verdictOf(other.intake)]).toEqual([
      'fail',
      'fail',
      'pass',
    ]);
    const later = await taken(name, ['passed']);
    expect(await verdictOf(later.intake)).toBe('fail');
    await intakes.retest(first(one.files), by);
    expect([await verdictOf(one.intake), await verdictOf(two.intake), await verdictOf(later.intake)]).toEqual([
      null,
      'pass',
      'pass',
    ]);
  });

  test('an intake that was never concluded has no verdict by a decision', async () => {
    const { intake, files } = await taken(pinned(), ['failed'], 'pass', 'scanning');
    await intakes.decide(first(files), 'promoted', 'needed', by);
    expect(await verdictOf(intake)).toBeNull();
  });

  test('two decisions at once about files of one intake both count', async () => {
    const { intake, files } = await taken(pinned(), ['failed', 'failed', 'incomplete']);
    await Promise.all(files.map((id) => intakes.decide(id, 'promoted', 'needed', by)));
    expect(await verdictOf(intake)).toBe('pass');
  });

  const versions = { analysis: 'a', catalogue: 'c' };

  function finishing(verdicts: VerdictStore) {
    return { pool: db.pool, queue, policy: verdicts.policy, analysis: 'a', actor: 'worker' };
  }

  function result(artifact: string, given: Partial<Finished>): Finished {
    const content = { sha256: 'ab'.repeat(32), size: 1, isComputed: true };
    return {
      artifact,
      content,
      reading: '*.pkl',
      verdict: 'pass',
      findings: [],
      reason: null,
      gaps: [],
      policy: null,
      facts: null,
      newVerdict: null,
      ...given,
    };
  }

  test('a rescan that finds something worse changes the verdict of the intake at once', async () => {
    const verdicts = new VerdictStore(db.pool, versions);
    const { intake, files } = await taken(pinned(), ['passed']);
    const found = { verdict: 'incomplete', gaps: ['truncated'], reason: 'truncated', isRescan: true } as const;
    await finish(finishing(verdicts), [result(first(files), found)], []);
    expect(await verdictOf(intake)).toBe('incomplete');
  });

  test('a rescan that gets no bytes leaves the verdict, and is in the audit log', async () => {
    const verdicts = new VerdictStore(db.pool, versions);
    const { intake, files } = await taken(pinned(), ['passed']);
    const found = { content: null, verdict: 'incomplete', reason: 'it is gone', isRescan: true } as const;
    await finish(finishing(verdicts), [result(first(files), found)], []);
    expect(await verdictOf(intake)).toBe('pass');
    const { rows } = await db.pool.query('SELECT action, detail FROM audit WHERE subject = $1', [
      `artifact:${first(files)}`,
    ]);
    expect(rows).toEqual([{ action: 'artifact.not-read-again', detail: { reason: 'it is gone' } }]);
  });

  test('what was judged by a policy that does not hold any more is judged again', async () => {
    const verdicts = new VerdictStore(db.pool, versions);
    const { digest } = await verdicts.policy.fresh();
    const { files } = await taken(pinned(), ['received', 'received'], 'pass', 'scanning');
    const [now = '', before = ''] = files;
    await finish(
      finishing(verdicts),
      [result(now, { policy: digest }), result(before, { policy: 'cd'.repeat(32) })],
      [],
    );
    const jobs = await queue.fetch('rejudge', 5);
    expect(jobs.map(({ data }) => data)).toEqual([{ artifacts: [before] }]);
    await inTransaction(db.pool, (transaction) => queue.complete(transaction, 'rejudge', jobs));
  });

  test('an intake that was judged by another policy is concluded again', async () => {
    const verdicts = new VerdictStore(db.pool, versions);
    const { intake } = await taken(pinned(), [], 'pass', 'scanning');
    await queue.send(db.pool, 'conclude', [{ data: { intake }, importance: 100 }]);
    const [job] = await queue.fetch('conclude', 1);
    if (job === undefined) throw new Error('no job');
    const tools = { pool: db.pool, queue, verdicts, actor: 'worker' };
    await verdicts.policy.fresh();
    await db.pool.query(
      `INSERT INTO waivers (id, fingerprint, owner, reason, expires_on, created_by)
       VALUES ($1, 'v2-0', 'team', 'why', current_date + 3, 'test')`,
      [randomUUID()],
    );
    await expect(concludeIntake(tools, job)).rejects.toThrow('the policy changed');
    expect(await verdictOf(intake)).toBeNull();
    await verdicts.policy.fresh();
    await concludeIntake(tools, job);
    expect(await verdictOf(intake)).toBe('pass');
  });

  test('the policy is not changed while results are written under it', async () => {
    const order: string[] = [];
    let changing: Promise<void> = Promise.resolve();
    await inTransaction(db.pool, async (transaction) => {
      await holdPolicy(transaction);
      changing = inTransaction(db.pool, async (other) => {
        await lockPolicy(other);
        order.push('changed');
      });
      for (let waits = false; !waits;) {
        const { rowCount } = await db.pool.query(
          `SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database
           WHERE d.datname = current_database() AND l.locktype = 'advisory' AND NOT l.granted`,
        );
        waits = rowCount !== 0;
      }
      // Held already: it does not stand in line behind the one that waits.
      await holdPolicy(transaction);
      order.push('written');
    });
    await changing;
    expect(order).toEqual(['written', 'changed']);
  });
});
