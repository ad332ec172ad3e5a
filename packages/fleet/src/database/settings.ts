import type { Queries } from './pool.js';

/** What is set under a name, or null. The caller checks its shape. */
export async function setting(db: Queries, name: string): Promise<unknown> {
  const { rows } = await db.query<{ value: unknown }>('SELECT value FROM settings WHERE name = $1', [name]);
  return rows[0]?.value ?? null;
}

export async function saveSetting(db: Queries, name: string, value: unknown): Promise<void> {
  await db.query(
    `INSERT INTO settings (name, value) VALUES ($1, $2)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_at = now()
     WHERE settings.value IS DISTINCT FROM excluded.value`,
    [name, JSON.stringify(value)],
  );
}

/** The value that is there, or the given one where there is none yet: the same for all who ask at once. */
export async function settingOr(db: Queries, name: string, value: unknown): Promise<unknown> {
  await db.query('INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING', [
    name,
    JSON.stringify(value),
  ]);
  return setting(db, name);
}
