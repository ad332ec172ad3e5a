import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

export interface ColumnHead {
  readonly title: string;
  /** Names the column for the style: its width, and where it goes in a narrow window. */
  readonly name: string;
}

/** Rows beyond those in sight. */
const EXTRA = 8;
/** The row from the end at which more is asked for. */
const AHEAD = 40;
const NARROW = '(max-width: 48rem)';

/**
 * A table that scrolls with the page, of which the rows in sight exist. Links in it are links; the arrows up and down go from the first
 * link of a row to that of the next.
 */
export function Table(props: {
  readonly label: string;
  readonly name: string;
  readonly columns: readonly ColumnHead[];
  readonly count: number;
  /** Pixels of a row: in a wide window, and in a narrow one. */
  readonly heights: readonly [wide: number, narrow: number];
  readonly hasMore?: boolean;
  readonly onMore?: () => void;
  /** The cells of a row, as the columns are. */
  readonly row: (index: number) => readonly ComponentChildren[];
  /** Names what a row is for the style. */
  readonly tone?: (index: number) => string;
}) {
  const { label, name, columns, count, heights, hasMore = false, onMore, row, tone } = props;
  const body = useRef<HTMLDivElement>(null);
  const isNarrow = useMedia(NARROW);
  const height = heights[isNarrow ? 1 : 0];
  const [view, setView] = useState({ first: 0, last: 40 });
  const wanted = useRef<number | null>(null);

  const measure = (): void => {
    const top = body.current?.getBoundingClientRect().top ?? 0;
    const first = Math.max(0, Math.floor(-top / height) - EXTRA);
    const last = Math.max(first, Math.ceil((innerHeight - top) / height) + EXTRA);
    setView((before) => (before.first === first && before.last === last ? before : { first, last }));
  };
  useLayoutEffect(measure, [height, count]);
  useEffect(() => {
    addEventListener('scroll', measure, { passive: true });
    addEventListener('resize', measure);
    return () => {
      removeEventListener('scroll', measure);
      removeEventListener('resize', measure);
    };
  }, [height]);
  useEffect(() => {
    if (hasMore && view.last + AHEAD >= count) onMore?.();
  });

  const first = Math.min(view.first, count);
  const last = Math.min(view.last, count);
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    const link = linkOf(body.current, wanted.current);
    if (link === null) return;
    wanted.current = null;
    link.focus({ preventScroll: true });
  });

  const keys = (event: KeyboardEvent): void => {
    if (body.current !== null) moveFocus(event, body.current, wanted, count, height);
  };

  const rows: ComponentChildren[] = [];
  for (let index = first; index < last; index += 1) {
    const cells = row(index);
    rows.push(
      <div
        key={index}
        role="row"
        aria-rowindex={index + 2}
        data-index={index}
        class={`table-row ${tone?.(index) ?? ''}`}
        style={{ height: `${height}px`, transform: `translateY(${index * height}px)` }}
      >
        {columns.map((column, at) => (
          <div key={column.name} role="cell" class={`col-${column.name}`}>
            {cells[at]}
          </div>
        ))}
      </div>,
    );
  }
  return (
    <div class={`table ${name}`} role="table" aria-label={label} aria-rowcount={hasMore ? -1 : count + 1}>
      <div role="rowgroup" class="table-head">
        <div role="row" aria-rowindex={1}>
          {columns.map((column) => (
            <span key={column.name} role="columnheader" class={`col-${column.name}`}>
              {column.title}
            </span>
          ))}
        </div>
      </div>
      <div ref={body} role="rowgroup" class="table-body" style={{ height: `${count * height}px` }} onKeyDown={keys}>
        {rows}
      </div>
    </div>
  );
}

/** Up and down go from the link of a row to that of the next; `wanted`: a row that is not there yet. */
function moveFocus(
  event: KeyboardEvent,
  box: HTMLElement,
  wanted: { current: number | null },
  count: number,
  height: number,
): void {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (by === 0 || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (!(event.target instanceof HTMLAnchorElement)) return;
  const from = event.target.closest('[data-index]')?.getAttribute('data-index') ?? null;
  if (from === null) return;
  const to = (wanted.current ?? Number(from)) + by;
  if (to < 0 || to >= count) return;
  event.preventDefault();
  const top = box.getBoundingClientRect().top + to * height;
  // Clear of the head that stays.
  if (top < 64) scrollBy(0, top - 64);
  else if (top + height > innerHeight) scrollBy(0, top + height - innerHeight + 8);
  const link = linkOf(box, to);
  if (link === null) wanted.current = to;
  else link.focus({ preventScroll: true });
}

function linkOf(body: HTMLElement | null, index: number): HTMLAnchorElement | null {
  return body?.querySelector<HTMLAnchorElement>(`[data-index="${index}"] a`) ?? null;
}

function useMedia(query: string): boolean {
  const [holds, setHolds] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const change = (): void => setHolds(list.matches);
    change();
    list.addEventListener('change', change);
    return () => list.removeEventListener('change', change);
  }, [query]);
  return holds;
}
