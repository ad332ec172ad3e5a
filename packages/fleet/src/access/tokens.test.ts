import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeFleet, testDatabase, type TestDatabase } from '../../test/database.js';
import { takeToken } from '../database/buckets.js';
import { RateLimits } from './rate-limit.js';
import { isSame, newSecret } from './secret.js';
import { callerOfToken, createToken, firstAdministrator, listTokens, revokeToken } from './tokens.js';

const BY = { name: 'test' };

describeFleet('tokens', () => {
  let db: TestDatabase;
  beforeAll(async () => void (db = await testDatabase()));
  afterAll(() => db.close());

  test('the first administrator is made once, by however many processes start', async () => {
    const made = await Promise.all(Array.from({ length: 5 }, () => firstAdministrator(db.pool, null)));
    const [secret, ...others] = made.filter((one) => one !== null);
    expect(others).toEqual([]);
    expect(await callerOfToken(db.pool, secret ?? '')).toMatchObject({ role: 'admin' });
    expect(await firstAdministrator(db.pool, newSecret('snt'))).toBeNull();
  });

  test('a given first token has to be a random one', async () => {
    await expect(firstAdministrator(db.pool, 'password')).rejects.toThrow('32 random bytes');
  });

  test('only its hash is stored, and the log does not have it', async () => {
    const { secret } = await createToken(db.pool, { name: 'one', role: 'viewer', days: 1 }, BY);
    const dump = JSON.stringify([
      await db.pool.query('SELECT * FROM tokens'),
      await db.pool.query('SELECT * FROM audit'),
    ]);
    expect(dump).not.toContain(secret);
    expect(dump).not.toContain(secret.slice(4));
    expect(JSON.stringify(await listTokens(db.pool))).not.toContain(secret);
  });

  test('one that is revoked, has run out or is unknown is nobody', async () => {
    const revoked = await createToken(db.pool, { name: 'revoked', role: 'admin', days: 1 }, BY);
    await revokeToken(db.pool, revoked.token.id, BY);
    await expect(revokeToken(db.pool, revoked.token.id, BY)).rejects.toMatchObject({ status: 404 });
    const old = await createToken(db.pool, { name: 'old', role: 'admin', days: 1 }, BY);
    await db.pool.query(`UPDATE tokens SET expires_at = now() WHERE id = $1`, [old.token.id]);
    for (const secret of [
      revoked.secret,
      old.secret,
      newSecret('snt'),
      '',
      'snt_',
      `snt_${'x'.repeat(10_000)}`,
      `snt_'; DROP TABLE tokens`,
    ])
      expect(await callerOfToken(db.pool, secret)).toBeNull();
  });

  test('its last use is noted once a day', async () => {
    const { secret, token } = await createToken(db.pool, { name: 'used', role: 'viewer', days: 1 }, BY);
    const version = async () => {
      const { rows } = await db.pool.query<{ xmin: string; last_used_on: string | null }>(
        'SELECT xmin, last_used_on FROM tokens WHERE id = $1',
        [token.id],
      );
      return rows[0];
    };
    await callerOfToken(db.pool, secret);
    const first = await version();
    expect(first?.last_used_on).not.toBeNull();
    await callerOfToken(db.pool, secret);
    expect(await version()).toEqual(first);
  });

  test('secrets are compared whole', () => {
    const secret = newSecret('snw');
    expect(isSame(secret, secret)).toBe(true);
    for (const other of ['', secret.slice(1), `${secret}x`, newSecret('snw')])
      expect(isSame(secret, other)).toBe(false);
  });

  test('a bucket gives out no more than it has, whoever asks at once', async () => {
    const rate = { burst: 10, perSecond: 0.001 };
    const waits = await Promise.all(Array.from({ length: 40 }, () => takeToken(db.pool, 'b', rate)));
    expect(waits.filter((ms) => ms === 0)).toHaveLength(10);
    // Those that asked at the same time may have seen what was there before; who asks later has to wait.
    expect(await takeToken(db.pool, 'b', rate)).toBeGreaterThan(100_000);
  });

  test('processes that lease out of one bucket give out no more than it has', async () => {
    const rate = { burst: 100, perSecond: 0.001 };
    const processes = [new RateLimits(db.pool), new RateLimits(db.pool), new RateLimits(db.pool)];
    let given = 0;
    for (let round = 0; round < 60; round += 1)
      for (const limits of processes) if ((await limits.take('caller:x', rate)) === 0) given += 1;
    expect(given).toBeLessThanOrEqual(100);
    expect(given).toBeGreaterThan(90);
  });
});
