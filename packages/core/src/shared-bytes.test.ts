import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { FULL_SIZE } from '../../../oracles/full-size.js';
import { op, pickle, repeat } from '../test/kit.js';
import { TAR_END, tarEntry } from '../test/tar-builder.js';
import { concatAll, zipOf, type ZipMember } from '../test/zip-builder.js';
import { memorySource, type ByteSource } from './bytes/source.js';
import { streamsOf } from './model/report.js';
import { scan } from './scan.js';
import { STILL } from '../test/still-platform.js';

/** Files whose parts share their bytes: the bytes that are read stay within a multiple of the file, and the rest is reported. */

interface Cost {
  readonly reasons: readonly string[];
  readonly streams: number;
  readonly read: number;
}

async function look(path: string, bytes: Uint8Array): Promise<Cost> {
  let read = 0;
  const inner = memorySource(bytes);
  const source: ByteSource = {
    size: inner.size,
    read: (offset, length) => {
      read += Math.min(length, Math.max(0, inner.size - offset));
      return inner.read(offset, length);
    },
  };
  const report = await scan([{ path, source, size: bytes.length }], { platform: STILL });
  return {
    reasons: report.incomplete.map((entry) => entry.reason),
    streams: report.summary.streams,
    read,
  };
}

const shares = expect.stringContaining('share their bytes');
/** Jumped over at once, and counted in full. */
const large = pickle(op.proto(2), op.binBytes(new Uint8Array(200_000)), op.stop);

describe('parts that share their bytes', () => {
  // Seconds, at full size only: the limit is in megabytes, and they are inflated. The tests below have the limit for other parts.
  test.skipIf(!FULL_SIZE)(
    'records of a zip that point at one member, which is small as long as it is packed',
    async () => {
      const data = pickle(op.proto(2), op.binBytes(new Uint8Array(2_000_000)), op.stop);
      const first: ZipMember = { name: 'm.pkl', data, method: 8, crc: 0 };
      const records = Array.from({ length: 200 }, (_, i) =>
        i === 0 ? first : { ...first, ghost: true, central: { offset: 0, name: `m${i}.pkl` } },
      );
      const { reasons, streams } = await look('m.zip', zipOf(records));
      expect(reasons).toContainEqual(shares);
      // 64 MiB of it, and the one in which that was reached.
      expect(streams).toBeLessThan(40);
    },
  );

  test('records of a zip that point at one member', async () => {
    const member: ZipMember = { name: 'm.pkl', data: large, crc: 0 };
    const records = (n: number): Uint8Array =>
      zipOf(
        Array.from({ length: n }, (_, i) =>
          i === 0 ? member : { ...member, ghost: true, central: { offset: 0, name: `m${i}.pkl` } },
        ),
      );
    // The second record doubles what the archive holds, the third goes beyond.
    const many = await look('a.zip', records(1000));
    expect(many.reasons).toContainEqual(shares);
    expect(many.streams).toBe(2);
  });

  test('records of a zip that point at one deflated member', async () => {
    const bytes = zipOf(
      Array.from({ length: 100 }, (_, i) => ({
        name: `m${i}.pkl`,
        packed: i === 0 ? new Uint8Array(deflateRawSync(large)) : new Uint8Array(0),
        ghost: i > 0,
        method: 8,
        crc: 0,
        compressed: deflateRawSync(large).length,
        uncompressed: large.length,
        central: { offset: 0 },
      })),
    );
    const many = await look('a.zip', bytes);
    expect(many.reasons).toContainEqual(shares);
    expect(many.streams).toBeLessThan(100);
  });

  test('hard links of a tar to one member', async () => {
    const links = (n: number): Uint8Array =>
      concatAll([
        tarEntry({ name: 'm.pkl', data: large }),
        ...Array.from({ length: n }, (_, i) => tarEntry({ name: `l${i}.pkl`, type: '1', link: 'm.pkl' })),
        TAR_END,
      ]);
    const few = await look('a.tar', links(20));
    expect(few).toMatchObject({ reasons: [], streams: 21 });
    const many = await look('a.tar', links(1000));
    expect(many.reasons).toContainEqual(shares);
    expect(many.streams).toBeLessThan(400);
  });

  test('streams that begin within each other', async () => {
    const one = pickle(op.proto(4), op.frame([op.none, op.stop])).length;
    const block = pickle(op.binBytes(new Uint8Array(1000)), op.pop);
    const scattered = (n: number): Uint8Array =>
      concatAll([
        ...Array.from({ length: n }, (_, i) =>
          pickle(op.proto(4), op.frame([op.none, op.stop], 2 + (n - i - 1) * one + i * block.length)),
        ),
        repeat(n, block),
      ]);
    expect((await look('a.pkl', scattered(100))).reasons).not.toContainEqual(shares);
    const many = await look('a.pkl', scattered(1000));
    expect(many.reasons).toContainEqual(shares);
  });

  test('members side by side are no such parts, however many and however deep', async () => {
    const member = (i: number): ZipMember => ({ name: `${i}.pkl`, data: large, crc: 0 });
    let bytes = zipOf(Array.from({ length: 50 }, (_, i) => member(i)));
    for (let depth = 0; depth < 8; depth += 1) bytes = zipOf([{ name: 'a.zip', data: bytes, crc: 0 }]);
    expect(await look('a.zip', bytes)).toMatchObject({ reasons: [], streams: 50 });
  });
});

describe('many findings', () => {
  test('the most severe are listed, and that there are more', async () => {
    const globals = concatAll(Array.from({ length: 12_000 }, (_, i) => pickle(op.global('a', `n${i}`), op.pop)));
    const bytes = pickle(op.proto(2), globals, op.global('os', 'system'), op.stop);
    const report = await scan([{ path: 'a.pkl', source: memorySource(bytes), size: bytes.length }]);
    expect(report.findings).toHaveLength(10_000);
    expect(report.findings.at(-1)).toMatchObject({ ruleId: 'PICKLE-EXEC' });
    expect(report.incomplete.map((entry) => entry.reason)).toEqual([
      'only the 10000 most severe of 12001 findings are listed',
    ]);
    expect(report.artifacts[0]).toMatchObject({ status: 'incomplete', safety: { level: 4 } });
    // The list of globals has them all.
    expect(report.artifacts.flatMap(streamsOf)[0]?.globals).toHaveLength(12_001);
  });
});
