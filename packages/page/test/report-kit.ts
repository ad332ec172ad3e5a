import { memorySource, scan, loadPolicy, type Report } from '@artifact-sentinel/core';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  contents,
  traceItems,
  type ContentItem,
  type MemberContent,
  type TensorContent,
  type TraceItem,
} from '@artifact-sentinel/core/internal';

/** A sample of the repository, by its name below fixtures/. */
export function fixture(path: string): Uint8Array {
  return new Uint8Array(readFileSync(fileURLToPath(new URL(`../../../fixtures/${path}`, import.meta.url))));
}

/** A pickle that calls `os.system`. */
export const DANGEROUS = new TextEncoder().encode("cos\nsystem\n(S'id'\ntR.");
/** A pickle of None. */
export const HARMLESS = new TextEncoder().encode('N.');
/** A pickle that makes an object of a class that nobody knows. */
export const UNKNOWN = new TextEncoder().encode('cvendor.net\nModel\n(tR.');

/** The report of files, by name. */
export async function reportOf(files: Readonly<Record<string, Uint8Array>>, policy?: string): Promise<Report> {
  const inputs = Object.entries(files).map(([path, bytes]) => ({ path, source: memorySource(bytes) }));
  return scan(inputs, policy === undefined ? {} : { policy: loadPolicy(policy, 'sentinel-policy.yml') });
}

export async function traceOf(path: string, bytes: Uint8Array): Promise<TraceItem[]> {
  const items: TraceItem[] = [];
  for await (const item of traceItems(path, memorySource(bytes))) items.push(item);
  return items;
}

export async function contentsOf(
  path: string,
  bytes: Uint8Array,
): Promise<{ readonly members: MemberContent[]; readonly tensors: TensorContent[] }> {
  const items: ContentItem[] = [];
  for await (const item of contents(path, memorySource(bytes))) items.push(item);
  return {
    members: items.filter((item) => item.kind === 'member'),
    tensors: items.filter((item) => item.kind === 'tensor'),
  };
}
