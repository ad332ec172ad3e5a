import type { ArtifactReport, Severity } from '@artifact-sentinel/core';
import type { MemberContent } from '@artifact-sentinel/core/internal';
import { severityRank, type Subject } from './subjects.js';

/** A line of the tree, in the order in which it is drawn. */
export interface MemberRow {
  readonly path: string;
  /** Without the containers above it. */
  readonly name: string;
  /** Containers above it. */
  readonly depth: number;
  readonly format: string | null;
  readonly size: number | null;
  /** Of a finding in it, or in what it holds. */
  readonly worst: Severity | null;
  readonly findings: number;
  readonly isIncomplete: boolean;
}

interface Node {
  readonly path: string;
  readonly parent: Node | null;
  readonly children: Node[];
  format: string | null;
  size: number | null;
  worst: Severity | null;
  findings: number;
  isIncomplete: boolean;
}

/** Members of an artifact with what was found in them; from the report alone where the artifact is not at hand. */
export function memberTree(
  { artifact, findings, incomplete }: Subject,
  members: readonly MemberContent[],
): MemberRow[] {
  const root = nodeOf(artifact.path, null, artifact.format, artifact.size);
  const nodes = new Map<string, Node>([[artifact.path, root]]);
  const add = (path: string, format: string | null = null, size: number | null = null): Node => {
    const known = nodes.get(path);
    if (known !== undefined) {
      known.format ??= format;
      known.size ??= size;
      return known;
    }
    const parent = parentOf(path, nodes) ?? root;
    const node = nodeOf(path, parent, format, size);
    parent.children.push(node);
    nodes.set(path, node);
    return node;
  };
  for (const { path, format, size } of members) add(path, format, size);
  for (const part of artifact.parts) add(part.path, part.kind === 'opaque' ? part.format : partFormat(part), null);
  for (const { location, severity } of findings) mark(add(location.path), severity);
  for (const { path } of incomplete)
    for (let at: Node | null = add(path); at !== null; at = at.parent) at.isIncomplete = true;
  return rowsOf(root);
}

function partFormat({ role }: Extract<ArtifactReport['parts'][number], { kind: 'stream' }>): string {
  return role === 'plain' ? 'pickle' : role;
}

function nodeOf(path: string, parent: Node | null, format: string | null, size: number | null): Node {
  return { path, parent, children: [], format, size, worst: null, findings: 0, isIncomplete: false };
}

/** The nearest container that is known: names of members may have a `!` as well. */
function parentOf(path: string, nodes: ReadonlyMap<string, Node>): Node | null {
  for (let at = path.lastIndexOf('!'); at > 0; at = path.lastIndexOf('!', at - 1)) {
    const node = nodes.get(path.slice(0, at));
    if (node !== undefined) return node;
  }
  return null;
}

function mark(node: Node, severity: Severity): void {
  node.findings += 1;
  for (let at: Node | null = node; at !== null; at = at.parent)
    if (at.worst === null || severityRank(severity) < severityRank(at.worst)) at.worst = severity;
}

/** Without recursion: an artifact decides how deep it nests. */
function rowsOf(root: Node): MemberRow[] {
  const rows: MemberRow[] = [];
  const waiting: { readonly node: Node; readonly depth: number }[] = [{ node: root, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, depth } = next;
    const { path, parent, format, size, worst, findings, isIncomplete } = node;
    const name = parent === null ? path.slice(path.lastIndexOf('/') + 1) : path.slice(parent.path.length + 1);
    rows.push({ path, name: name || path, depth, format, size, worst, findings, isIncomplete });
    for (let i = node.children.length - 1; i >= 0; i -= 1) {
      const child = node.children[i];
      if (child !== undefined) waiting.push({ node: child, depth: depth + 1 });
    }
  }
  return rows;
}
