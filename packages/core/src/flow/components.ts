interface Visit<T> {
  readonly node: T;
  readonly next: Iterator<T>;
}

/**
 * The nodes that a node leads to, in groups of those that lead to each other; what a group leads to comes before it
 * (Tarjan 1972). The depth of the graph is on a stack of its own.
 */
export function componentsFrom<T>(
  start: T,
  leadsTo: (node: T) => readonly T[],
  checkTime: () => void,
): readonly (readonly T[])[] {
  const groups: T[][] = [];
  const index = new Map<T, number>();
  const low = new Map<T, number>();
  const open: T[] = [];
  const isOpen = new Set<T>();
  const visits: Visit<T>[] = [];
  const enter = (node: T): void => {
    checkTime();
    low.set(node, index.size);
    index.set(node, index.size);
    open.push(node);
    isOpen.add(node);
    visits.push({ node, next: leadsTo(node)[Symbol.iterator]() });
  };
  const lower = (node: T, to: number): void => {
    low.set(node, Math.min(low.get(node) ?? to, to));
  };
  enter(start);
  for (let visit = visits.at(-1); visit !== undefined; visit = visits.at(-1)) {
    const { node, next } = visit;
    const step = next.next();
    if (step.done !== true) {
      const { value } = step;
      const known = index.get(value);
      if (known === undefined) enter(value);
      else if (isOpen.has(value)) lower(node, known);
      continue;
    }
    visits.pop();
    const own = low.get(node) ?? 0;
    const above = visits.at(-1);
    if (above !== undefined) lower(above.node, own);
    if (own !== index.get(node)) continue;
    const group: T[] = [];
    for (let member = open.pop(); member !== undefined; member = open.pop()) {
      isOpen.delete(member);
      group.push(member);
      if (member === node) break;
    }
    groups.push(group);
  }
  return groups;
}
