import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Stats } from '../api/types.js';
import { chartOf, daysOf, SERIES, shareOfPassed, type Day } from '../model/chart.js';
import { PERIODS } from '../model/route.js';
import { dueWords } from '../model/time.js';
import { numberWords, STATE_ORDER, STATES } from '../model/words.js';
import { useDesk } from './context.js';
import { Shown, useLoaded } from './loaded.js';
import { Empty, Heading, Said } from './parts.js';

/** How things stand, and how they came to. */
export function Posture({ days }: { readonly days: number }) {
  const { api, now } = useDesk();
  const stats = useLoaded(() => api.stats(days), [days], 60_000);
  return (
    <>
      <Heading title="Posture">
        <ul class="tabs">
          {PERIODS.map((period) => (
            <li key={period}>
              <a href={`#/posture?days=${period}`} aria-current={period === days ? 'true' : undefined}>
                {period} days
              </a>
            </li>
          ))}
        </ul>
      </Heading>
      <Shown loaded={stats} what="the posture">
        {(value) =>
          value.states.every(({ count }) => count === 0) ? (
            <Empty title="Nothing has entered yet">
              <p>
                <a href="#/">Take something in</a>, and its course is drawn here.
              </p>
            </Empty>
          ) : (
            <>
              <Tiles stats={value} now={now} />
              <DayChart
                id="entered"
                title="What entered, each day"
                about="Artifacts by the day on which they entered, and by what has become of them."
                days={daysOf(value.entered, days, now)}
              />
              <DayChart
                id="stands"
                title="How everything stood at the end of each day"
                about="All artifacts, by their state on that day."
                days={daysOf(value.posture, days, now)}
              />
            </>
          )
        }
      </Shown>
    </>
  );
}

function Tiles({ stats, now }: { readonly stats: Stats; readonly now: number }) {
  const counts = new Map(stats.states.map(({ state, count }) => [state, count]));
  const [ending] = stats.endingWaivers;
  return (
    <ul class="tiles">
      {STATE_ORDER.map((state) => {
        const count = counts.get(state) ?? 0;
        return count === 0 ? null : (
          <li key={state}>
            <a href={`#/?state=${state}`}>
              <strong>{numberWords(count)}</strong>
              <span class={`tone-${STATES[state].tone}`}>
                <span aria-hidden="true" class="mark">
                  {STATES[state].mark}
                </span>{' '}
                {STATES[state].word}
              </span>
            </a>
          </li>
        );
      })}
      <li>
        <a href="#/waivers">
          <strong>{numberWords(stats.endingWaivers.length)}</strong>
          <span class="soft">
            {stats.endingWaivers.length === 1 ? 'waiver ends soon' : 'waivers end soon'}
            {ending === undefined ? null : (
              <>
                : <Said text={ending.owner} /> {dueWords(ending.expiresOn, now)}
              </>
            )}
          </span>
        </a>
      </li>
    </ul>
  );
}

const HEIGHT = 200;
/** Room for the values at the left, and for the days below. */
const LEFT = 56;
const BELOW = 22;

function DayChart(props: {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly days: readonly Day[];
}) {
  const { id, title, about, days } = props;
  const { box, width } = useWidth();
  const inner = Math.max(100, width - LEFT);
  const chart = useMemo(() => chartOf(days, inner, HEIGHT, Math.max(2, Math.floor(inner / 90))), [days, inner]);
  const share = shareOfPassed(days);
  const total = days.reduce((sum, day) => sum + day.total, 0);
  const summary = `${title}: ${days.length} days${share === null ? '' : `; of all that was judged, ${share.toFixed(1)} percent passed`}. The table below has the numbers.`;
  return (
    <section class="chart" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      <p class="soft">
        {about}
        {share === null ? '' : ` ${share.toFixed(1)} % of what was judged passed.`}
      </p>
      <div ref={box}>
        {total === 0 ? (
          <p class="soft">Nothing in these days.</p>
        ) : (
          <svg
            viewBox={`0 0 ${width} ${HEIGHT + BELOW}`}
            width={width}
            height={HEIGHT + BELOW}
            role="img"
            aria-label={summary}
          >
            <Patterns id={id} />
            <g transform={`translate(${LEFT} 0)`}>
              {chart.lines.map(({ value, y }) => (
                <g key={value}>
                  <line x1={0} x2={inner} y1={y} y2={y} class="grid" />
                  <text x={-8} y={y + (y < 8 ? 10 : 4)} text-anchor="end">
                    {numberWords(value)}
                  </text>
                </g>
              ))}
              <line x1={0} x2={inner} y1={HEIGHT} y2={HEIGHT} class="ground" />
              {chart.columns.map(({ day, x, width: wide, bars }) => (
                <g key={day.day}>
                  <title>{dayWords(day)}</title>
                  <rect x={x} y={0} width={wide} height={HEIGHT} class="hit" />
                  {bars.map(({ series, y, height }) => (
                    <rect key={series} x={x} y={y} width={wide} height={height} fill={fillOf(id, series)} />
                  ))}
                </g>
              ))}
              {chart.names.map(({ text, x }) => (
                <text key={text} x={x} y={HEIGHT + 16} text-anchor="middle">
                  {text}
                </text>
              ))}
            </g>
          </svg>
        )}
      </div>
      <ul class="chart-legend">
        {SERIES.map(({ name }) => (
          <li key={name}>
            <svg width={14} height={14} aria-hidden="true">
              <rect width={14} height={14} rx={3} fill={fillOf(id, name)} />
            </svg>{' '}
            {name}
          </li>
        ))}
      </ul>
      <details>
        <summary>The numbers of each day</summary>
        <DayTable days={days} label={title} />
      </details>
    </section>
  );
}

function dayWords({ day, counts, promoted }: Day): string {
  const parts = SERIES.filter(({ name }) => counts[name] > 0).map(({ name }) => `${numberWords(counts[name])} ${name}`);
  return `${day}: ${parts.length === 0 ? 'nothing' : parts.join(', ')}${promoted === 0 ? '' : ` (${numberWords(promoted)} promoted)`}`;
}

function fillOf(id: string, series: string): string {
  return `url(#${id}-${series})`;
}

/** A pattern for each, for those who do not see its colour. */
function Patterns({ id }: { readonly id: string }) {
  return (
    <defs>
      {SERIES.map(({ name }) => (
        <pattern
          key={name}
          id={`${id}-${name}`}
          width={6}
          height={6}
          patternUnits="userSpaceOnUse"
          class={`fill-${name}`}
        >
          <rect width={6} height={6} class="base" />
          {name === 'failed' ? <path d="M-1 5 5 -1M1 7 7 1" class="stroke" /> : null}
          {name === 'incomplete' ? <path d="M0 3H6" class="stroke" /> : null}
          {name === 'rejected' ? <path d="M3 0V6" class="stroke" /> : null}
        </pattern>
      ))}
    </defs>
  );
}

function DayTable({ days, label }: { readonly days: readonly Day[]; readonly label: string }) {
  return (
    <div class="scroll-box" tabIndex={0} role="region" aria-label={`${label}, as a table`}>
      <table class="plain-table">
        <thead>
          <tr>
            <th scope="col">Day</th>
            {SERIES.map(({ name }) => (
              <th key={name} scope="col" class="number">
                {name}
              </th>
            ))}
            <th scope="col" class="number">
              of these promoted
            </th>
          </tr>
        </thead>
        <tbody>
          {days.toReversed().map(({ day, counts, promoted }) => (
            <tr key={day}>
              <th scope="row">{day}</th>
              {SERIES.map(({ name }) => (
                <td key={name} class="number">
                  {numberWords(counts[name])}
                </td>
              ))}
              <td class="number">{numberWords(promoted)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function useWidth() {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(800);
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setWidth(Math.max(200, Math.floor(element.clientWidth))));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { box, width };
}
