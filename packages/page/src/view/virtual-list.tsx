import type { ComponentChildren } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';

export interface VirtualListProps {
  /** What the list is, for those who do not see it. */
  readonly label: string;
  readonly count: number;
  /** Pixels of a row, all alike. */
  readonly rowHeight: number;
  readonly row: (index: number) => ComponentChildren;
  /** Depth in a tree, from 1. */
  readonly level?: (index: number) => number;
  readonly selected: number | null;
  readonly onSelect: (index: number) => void;
  readonly className?: string;
}

/** Browsers draw no element of more than some 17 million pixels. */
const TALLEST = 8_000_000;
/** Rows that are drawn beyond those in sight. */
const EXTRA = 6;

/**
 * A list, or a tree that is drawn as one, of which the rows in sight exist. It has one stop of the keyboard; arrows, Home, End and the
 * page keys move the choice. Of more rows than an element is high, a pixel of scrolling is several.
 */
export function VirtualList(props: VirtualListProps) {
  const { label, count, rowHeight, row, level, selected, onSelect, className } = props;
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const [view, setView] = useState({ top: 0, height: 400 });
  const height = Math.min(count * rowHeight, TALLEST);
  const inSight = Math.max(1, Math.floor(view.height / rowHeight));
  /** The row at the top of the view, with its fraction. */
  const range = Math.max(1, height - view.height);
  const top = count * rowHeight <= TALLEST ? view.top / rowHeight : (view.top / range) * Math.max(0, count - inSight);
  const first = Math.max(0, Math.floor(top) - EXTRA);
  const last = Math.min(count, Math.ceil(top) + inSight + EXTRA);

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const measure = (): void => setView({ top: element.scrollTop, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const scrollTo = (index: number): void => {
    const element = box.current;
    if (element === null) return;
    const rows = Math.max(1, Math.floor(element.clientHeight / rowHeight));
    const now =
      count * rowHeight <= TALLEST
        ? element.scrollTop / rowHeight
        : (element.scrollTop / range) * Math.max(0, count - rows);
    if (index >= now && index + 1 <= now + rows) return;
    const to = index < now ? index : Math.max(0, index - rows + 2);
    element.scrollTop = count * rowHeight <= TALLEST ? to * rowHeight : (to / Math.max(1, count - rows)) * range;
  };
  useEffect(() => {
    if (selected !== null) scrollTo(selected);
  }, [selected, count, view.height]);

  // The choice of a key that is not drawn yet: the next key goes on from there.
  const asked = useRef<number | null>(null);
  useLayoutEffect(() => {
    asked.current = null;
  });
  const keys = (event: KeyboardEvent): void => {
    const to = targetOf(event.key, asked.current ?? selected, count, inSight);
    if (to === null) return;
    event.preventDefault();
    asked.current = to;
    onSelect(to);
  };

  const rows: ComponentChildren[] = [];
  for (let index = first; index < last; index += 1) {
    rows.push(
      <div
        key={index}
        id={`${id}-${index}`}
        role={level === undefined ? 'option' : 'treeitem'}
        class={index === selected ? 'row is-chosen' : 'row'}
        aria-selected={index === selected}
        aria-posinset={index + 1}
        aria-setsize={count}
        aria-level={level?.(index)}
        style={{ height: `${rowHeight}px`, transform: `translateY(${(index - top) * rowHeight + view.top}px)` }}
        onClick={() => onSelect(index)}
      >
        {row(index)}
      </div>,
    );
  }
  return (
    <div
      ref={box}
      class={`virtual ${className ?? ''}`}
      role={level === undefined ? 'listbox' : 'tree'}
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={
        selected !== null && selected >= first && selected < last ? `${id}-${selected}` : undefined
      }
      onScroll={(event) => setView({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })}
      onKeyDown={keys}
    >
      <div class="virtual-all" role="presentation" style={{ height: `${height}px` }}>
        {rows}
      </div>
    </div>
  );
}

function targetOf(key: string, selected: number | null, count: number, page: number): number | null {
  if (count === 0) return null;
  const at = selected ?? -1;
  const within = (index: number): number => Math.max(0, Math.min(count - 1, index));
  switch (key) {
    case 'ArrowDown':
      return within(at + 1);
    case 'ArrowUp':
      return within(at - 1);
    case 'PageDown':
      return within(at + page);
    case 'PageUp':
      return within(at - page);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
