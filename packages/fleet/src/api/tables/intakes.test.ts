import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertArtifact, testApi, type TestApi } from '../../../test/api.js';
import { describeFleet } from '../../../test/database.js';
import { MAX_MATRIX_ROWS } from '../../limits.js';

describeFleet('findings of an intake by file and rule', () => {
  let api: TestApi;
  beforeAll(async () => void (api = await testApi()));
  afterAll(() => api.close());

  test('the worst first, waived ones left out, and those of no other intake', async () => {
    const { intake, artifact } = await insertArtifact(api, { state: 'failed' });
    const other = await insertArtifact(api, { state: 'failed' });
    const insert = (of: string, fingerprint: string, rule: string, severity: string) =>
      api.db.pool.query(
        `INSERT INTO findings (artifact, fingerprint, rule, severity, action, owner) VALUES ($1, $2, $3, $4, 'fail', 'x')`,
        [of, fingerprint, rule, severity],
      );
    await insert(artifact, 'a', 'PICKLE-STRUCT', 'LOW');
    await insert(artifact, 'b', 'PICKLE-EXEC', 'CRITICAL');
    await insert(artifact, 'c', 'PICKLE-EXEC', 'CRITICAL');
    await insert(artifact, 'waived', 'ARCHIVE-PATH', 'HIGH');
    await insert(other.artifact, 'd', 'KERAS-CONFIG-EXEC', 'HIGH');
    await api.db.pool.query(
      `INSERT INTO waivers (id, fingerprint, owner, reason, expires_on, created_by)
       VALUES (gen_random_uuid(), 'waived', 'x', 'x', current_date + 1, 'x')`,
    );
    const answer = await api.server.inject({ url: `/v1/intakes/${intake}/findings`, headers: api.as('viewer') });
    expect([answer.statusCode, answer.json()]).toEqual([
      200,
      {
        items: [
          { artifact, rule: 'PICKLE-EXEC', severity: 'CRITICAL', count: 2 },
          { artifact, rule: 'PICKLE-STRUCT', severity: 'LOW', count: 1 },
        ],
        isCut: false,
      },
    ]);
  });

  test('of very many, some, and it says so', async () => {
    const { intake, artifact } = await insertArtifact(api, { state: 'failed' });
    await api.db.pool.query(
      `INSERT INTO findings (artifact, fingerprint, rule, severity, action, owner)
       SELECT $1, n::text, 'RULE-' || n, 'HIGH', 'fail', 'x' FROM generate_series(1, $2) AS n`,
      [artifact, MAX_MATRIX_ROWS + 1],
    );
    const answer = await api.server.inject({ url: `/v1/intakes/${intake}/findings`, headers: api.as('viewer') });
    const { items, isCut } = answer.json<{ items: unknown[]; isCut: boolean }>();
    expect([items.length, isCut]).toEqual([MAX_MATRIX_ROWS, true]);
  });
});
