import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeFleet, testDatabase, type TestDatabase } from '../../test/database.js';
import { inTransaction } from '../database/pool.js';
import { appendAudit, verifyAudit } from './audit.js';

describeFleet('audit', () => {
  let db: TestDatabase;
  beforeAll(async () => void (db = await testDatabase()));
  afterAll(() => db.close());
  const entry = (subject: string) => ({
    actor: 'a',
    action: 'x.y',
    subject,
    detail: { b: 1, a: [{ d: null, c: 'é' }] },
  });

  test('entries of many transactions at once make one chain', async () => {
    await Promise.all(
      Array.from({ length: 12 }, (_, at) =>
        inTransaction(db.pool, (transaction) => appendAudit(transaction, [entry(`s:${at}`), entry(`t:${at}`)])),
      ),
    );
    const check = await verifyAudit(db.pool);
    expect([check.entries, check.brokenAt]).toEqual([24, null]);
  });

  test('what is rolled back leaves no entry and no gap', async () => {
    const before = await verifyAudit(db.pool);
    await expect(
      inTransaction(db.pool, async (transaction) => {
        await appendAudit(transaction, [entry('never')]);
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    await inTransaction(db.pool, (transaction) => appendAudit(transaction, [entry('after')]));
    expect((await verifyAudit(db.pool)).entries).toBe(before.entries + 1);
  });

  test.each([
    ['UPDATE', `UPDATE audit SET actor = 'b' WHERE number = 2`],
    ['DELETE', 'DELETE FROM audit WHERE number = 2'],
    ['TRUNCATE', 'TRUNCATE audit'],
  ])('%s is refused', async (_what, statement) => {
    await expect(db.pool.query(statement)).rejects.toThrow('the audit log is not changed');
  });

  test('an entry that an owner of the database changed is found', async () => {
    await db.pool.query('ALTER TABLE audit DISABLE TRIGGER audit_no_change');
    await db.pool.query(`UPDATE audit SET actor = 'b' WHERE number = 3`);
    expect((await verifyAudit(db.pool)).brokenAt).toBe(3);
  });
});
