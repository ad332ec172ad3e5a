import { Name, shownName } from '@artifact-sentinel/page/components';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Artifact, ArtifactFilter, Stats } from '../api/types.js';
import { isEmptyFilter } from '../model/filter.js';
import { artifactHref, enteredHref } from '../model/route.js';
import { numberWords, sizeWords, STATE_ORDER, STATES } from '../model/words.js';
import { useDesk, useMayAct } from './context.js';
import { FirstSteps } from './first-steps.js';
import { Problem, useLoaded, Waiting } from './loaded.js';
import { Counts, Empty, Heading, Said, State, When } from './parts.js';
import { Table } from './table.js';
import { TakeIn } from './take-in.js';
import { usePages } from './use-pages.js';

const COLUMNS = [
  { name: 'state', title: 'State' },
  { name: 'artifact', title: 'Artifact' },
  { name: 'findings', title: 'Findings' },
  { name: 'size', title: 'Size' },
  { name: 'when', title: 'Entered' },
] as const;

/** How often what is new is asked for, milliseconds. */
const EVERY = 5000;
/** The same for the numbers, which count everything. */
const STATS_EVERY = 60_000;

/** Everything that entered, the newest first. */
export function Entered({ filter }: { readonly filter: ArtifactFilter }) {
  const { api } = useDesk();
  const mayTakeIn = useMayAct('submitter');
  const stats = useLoaded(() => api.stats(1), [], STATS_EVERY);
  const pages = usePages<Artifact>('entered', JSON.stringify(filter), (cursor) => api.artifacts(filter, cursor), EVERY);
  const isEmpty = !pages.isFirst && pages.items.length === 0;
  const refresh = (): void => {
    pages.refresh();
    stats.reload();
  };
  return (
    <>
      <Heading title="What entered" />
      {mayTakeIn ? <TakeIn onTaken={refresh} /> : null}
      {isEmpty && isEmptyFilter(filter) ? null : <Filters filter={filter} stats={stats.value} />}
      {pages.error === null ? null : (
        <Problem text={pages.error}>
          <button type="button" onClick={pages.refresh}>
            Try again
          </button>
        </Problem>
      )}
      {pages.isFirst && pages.error === null ? <Waiting what="what entered" /> : null}
      {isEmpty ? (
        isEmptyFilter(filter) ? (
          <FirstSteps mayTakeIn={mayTakeIn} />
        ) : (
          <Empty title="Nothing is like that">
            <p>
              <a href="#/">Show everything</a>
            </p>
          </Empty>
        )
      ) : null}
      {pages.items.length === 0 ? null : <Artifacts items={pages.items} hasMore={pages.hasMore} onMore={pages.more} />}
    </>
  );
}

function Artifacts(props: {
  readonly items: readonly Artifact[];
  readonly hasMore: boolean;
  readonly onMore: () => void;
}) {
  const { items, hasMore, onMore } = props;
  return (
    <>
      <Table
        label="Artifacts, the newest first"
        name="entered"
        columns={COLUMNS}
        count={items.length}
        heights={[60, 88]}
        hasMore={hasMore}
        onMore={onMore}
        row={(index) => {
          const one = items[index];
          if (one === undefined) return [];
          return [
            <State state={one.state} />,
            <>
              <a href={artifactHref(one.id)} class="ellipsis">
                <Name name={one.path} />
              </a>
              <span class="soft ellipsis">
                <Said text={one.address} />
              </span>
            </>,
            <Counts counts={one.counts} />,
            sizeWords(one.size),
            <When at={one.receivedAt} />,
          ];
        }}
      />
      <p class="soft end" role="status">
        {hasMore ? 'Loading more as you scroll' : 'That is all of them.'}
      </p>
    </>
  );
}

/** How long after the last key a text counts, milliseconds. */
const PAUSE = 300;

function Filters({ filter, stats }: { readonly filter: ArtifactFilter; readonly stats: Stats | null }) {
  const go = (change: Partial<ArtifactFilter>): void => {
    location.replace(enteredHref({ ...filter, ...change }));
  };
  const counts = new Map(stats?.states.map(({ state, count }) => [state, count]));
  const rules = [...new Set(stats?.findings.map(({ rule }) => rule))].toSorted();
  const owners = [...new Set(stats?.findings.map(({ owner }) => owner))].toSorted();
  return (
    <section class="filters" aria-label="What is shown">
      <ul class="states">
        <li>
          <a href={enteredHref({ ...filter, state: '' })} aria-current={filter.state === '' ? 'true' : undefined}>
            all
          </a>
        </li>
        {STATE_ORDER.map((state) => {
          const count = counts.get(state) ?? 0;
          if (count === 0 && state !== filter.state) return null;
          return (
            <li key={state}>
              <a
                href={enteredHref({ ...filter, state })}
                class={`tone-${STATES[state].tone}`}
                aria-current={filter.state === state ? 'true' : undefined}
              >
                <span aria-hidden="true" class="mark">
                  {STATES[state].mark}
                </span>{' '}
                {STATES[state].word} <span class="soft">{numberWords(count)}</span>
              </a>
            </li>
          );
        })}
      </ul>
      <form role="search" onSubmit={(event) => event.preventDefault()}>
        <SearchText value={filter.q} onChange={(q) => go({ q })} />
        <Choice id="rule" name="Rule" value={filter.rule} values={rules} onChange={(rule) => go({ rule })} />
        <Choice id="owner" name="Owner" value={filter.owner} values={owners} onChange={(owner) => go({ owner })} />
        {isEmptyFilter(filter) ? null : (
          <a href="#/" class="clear">
            Show everything
          </a>
        )}
      </form>
    </section>
  );
}

function SearchText({ value, onChange }: { readonly value: string; readonly onChange: (text: string) => void }) {
  const [text, setText] = useState(value);
  const sent = useRef(value);
  useEffect(() => {
    // Set by a link: the field follows.
    if (value !== sent.current) setText(value);
    sent.current = value;
  }, [value]);
  useEffect(() => {
    if (text === sent.current) return undefined;
    const timer = setTimeout(() => {
      sent.current = text;
      onChange(text);
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <label class="search">
      <span class="hidden">Text in the path or the source</span>
      <input
        type="search"
        name="q"
        value={text}
        maxLength={200}
        placeholder="Path or source"
        onInput={(event) => setText(event.currentTarget.value)}
      />
    </label>
  );
}

function Choice(props: {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly values: readonly string[];
  readonly onChange: (value: string) => void;
}) {
  const { id, name, value, values, onChange } = props;
  const shown = value === '' || values.includes(value) ? values : [value, ...values];
  return (
    <label>
      <span class="hidden">{name}</span>
      <select name={id} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        <option value="">Any {name.toLowerCase()}</option>
        {shown.map((one) => (
          <option key={one} value={one}>
            {shownName(one).text}
          </option>
        ))}
      </select>
    </label>
  );
}
