import { ARTIFACT, isUnread } from '../src/model/origin.js';
import { Budget, DEFAULT_LIMITS, type Limits } from '../src/bytes/budget.js';
import { memorySource, type ByteSource } from '../src/bytes/source.js';
import type { Container, Opened } from '../src/formats/members/container.js';
import type { Fact, Notice } from '../src/model/fact.js';
import { portablePlatform } from '../src/platform.js';

/** What a container gave, with its members read to the end. */
export interface Shown {
  /** Path behind the container's own, and content as latin-1; an unreadable one has its error as content. */
  members: Record<string, string>;
  unclaimed: string[];
  facts: Fact[];
  /** The problem codes in their order. */
  problems: string[];
  notices: Notice[];
}

export function budgetOf(limits: Partial<Limits> = {}): Budget {
  return new Budget({ ...DEFAULT_LIMITS, ...limits }, portablePlatform);
}

async function contentOf(source: ByteSource): Promise<string> {
  const parts: string[] = [];
  try {
    for (let at = 0; ;) {
      const bytes = await source.read(at, 65536);
      if (bytes.length === 0) return parts.join('');
      parts.push(Buffer.from(bytes).toString('latin1'));
      at += bytes.length;
    }
  } catch (error) {
    return `${parts.join('')}!${String(error)}`;
  }
}

/** Opens bytes as a container named `c` and reads every member, as a scan would. */
export async function openAll(
  container: Container,
  bytes: Uint8Array | ByteSource,
  limits: Partial<Limits> = {},
): Promise<Shown> {
  const source = bytes instanceof Uint8Array ? memorySource(bytes) : bytes;
  return collect(container({ path: 'c', name: 'c', source, depth: 0, origin: ARTIFACT }, budgetOf(limits)));
}

export async function collect(opened: AsyncIterable<Opened>): Promise<Shown> {
  const shown: Shown = { members: {}, unclaimed: [], facts: [], problems: [], notices: [] };
  for await (const one of opened) {
    if (one.kind === 'fact') {
      shown.facts.push(one.fact);
      if ('problem' in one.fact) shown.problems.push(one.fact.problem);
    } else if (one.kind === 'notice') {
      shown.notices.push(one.notice);
    } else {
      let path = one.member.path.slice(2);
      while (path in shown.members) path += ' (same path)';
      shown.members[path] = await contentOf(one.member.source);
      if (isUnread(one.member.origin)) shown.unclaimed.push(path);
    }
  }
  return shown;
}
