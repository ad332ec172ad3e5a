import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SecretBox, secretBox, SecretKeyError } from './secret-box.js';

describe('secrets in the database', () => {
  let folder: string;
  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'secret-box-'))));
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const box = new SecretBox(randomBytes(32));

  test('are read with their key and in their row, and look different each time', () => {
    const [one, two] = [box.seal('snw_x', 'webhook:1'), box.seal('snw_x', 'webhook:1')];
    expect(one).not.toBe(two);
    expect(one).not.toContain('snw_x');
    expect([box.open(one, 'webhook:1'), box.open(two, 'webhook:1')]).toEqual(['snw_x', 'snw_x']);
  });

  test('are not read in another row, with another key, or changed', () => {
    const sealed = box.seal('snw_x', 'webhook:1');
    expect(() => box.open(sealed, 'webhook:2')).toThrow('belongs to something else');
    expect(() => new SecretBox(randomBytes(32)).open(sealed, 'webhook:1')).toThrow('another key');
    const [head = '', id = '', body = ''] = sealed.split('.');
    const bytes = Buffer.from(body, 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const other = Buffer.from(bytes);
      other[at] = (other[at] ?? 0) ^ 1;
      expect(() => box.open(`${head}.${id}.${other.toString('base64url')}`, 'webhook:1')).toThrow(SecretKeyError);
    }
    for (const text of ['snw_x', '', `v1.${id}.`, `v1.${id}.AAAA`])
      expect(() => box.open(text, 'a')).toThrow(SecretKeyError);
  });

  test('the key is made once, for its owner only, and one that is set goes before it', async () => {
    const path = join(folder, 'secret-key');
    const [one, two] = await Promise.all([secretBox(undefined, path), secretBox(undefined, path)]);
    expect(two.open(one.seal('x', 'a'), 'a')).toBe('x');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const again = await secretBox(undefined, path);
    expect(again.open(one.seal('x', 'a'), 'a')).toBe('x');
    const set = await secretBox(await readFile(path, 'utf8'), join(folder, 'none'));
    expect(set.open(one.seal('x', 'a'), 'a')).toBe('x');
    await expect(secretBox('short', path)).rejects.toThrow('SENTINEL_SECRET_KEY: a key for secrets is 32 random bytes');
    await writeFile(path, 'broken');
    await expect(secretBox(undefined, path)).rejects.toThrow(SecretKeyError);
  });
});
