import type { RuleMeta } from '@artifact-sentinel/core';
import type { Stats } from '../api/types.js';
import { groupsOf, type FindingGroup } from '../model/groups.js';
import { enteredHref, type GroupBy } from '../model/route.js';
import { numberWords } from '../model/words.js';
import { useDesk } from './context.js';
import { Shown, useLoaded } from './loaded.js';
import { Empty, Heading, Said, SEVERITY_MARKS, When } from './parts.js';

const WAYS: readonly (readonly [GroupBy, string])[] = [
  ['rule', 'By rule'],
  ['owner', 'By owner'],
  ['age', 'By age'],
];

/** Findings that stand, those that are waived left out. */
export function FindingsView({ by }: { readonly by: GroupBy }) {
  const { api } = useDesk();
  const stats = useLoaded(() => api.stats(1), [], 60_000);
  const rules = useLoaded(() => api.rules(), []);
  return (
    <>
      <Heading title="Findings that stand">
        <ul class="tabs">
          {WAYS.map(([way, title]) => (
            <li key={way}>
              <a href={`#/findings?by=${way}`} aria-current={way === by ? 'true' : undefined}>
                {title}
              </a>
            </li>
          ))}
        </ul>
      </Heading>
      <Shown loaded={stats} what="the findings">
        {({ findings, ages }) =>
          findings.length === 0 ? (
            <Empty title="Nothing stands">
              <p>No artifact has a finding that is not waived.</p>
            </Empty>
          ) : by === 'age' ? (
            <Ages ages={ages} />
          ) : (
            <Groups groups={groupsOf(findings, by)} by={by} rules={rules.value ?? []} />
          )
        }
      </Shown>
    </>
  );
}

function Groups(props: {
  readonly groups: readonly FindingGroup[];
  readonly by: 'rule' | 'owner';
  readonly rules: readonly RuleMeta[];
}) {
  const { groups, by, rules } = props;
  const most = groups.reduce((so, { count }) => Math.max(so, count), 1);
  const titles = new Map(rules.map(({ id, title }) => [id, title]));
  return (
    <div class="scroll-box" tabIndex={0} role="region" aria-label={by === 'rule' ? 'By rule' : 'By owner'}>
      <table class="plain-table groups">
        <thead>
          <tr>
            <th scope="col">{by === 'rule' ? 'Rule' : 'Owner'}</th>
            <th scope="col">Worst</th>
            <th scope="col" class="number">
              Findings
            </th>
            <th scope="col">
              <span class="hidden">Share</span>
            </th>
            <th scope="col">First seen</th>
          </tr>
        </thead>
        <tbody>
          {groups.map(({ key, severity, count, others, oldest }) => (
            <tr key={key}>
              <th scope="row">
                <a href={enteredHref(by === 'rule' ? { rule: key } : { owner: key })}>
                  <Said text={by === 'rule' ? (titles.get(key) ?? key) : key} />
                </a>
                <span class="soft">
                  {by === 'rule' && titles.has(key) ? `${key} · ` : ''}
                  <Said text={others.join(', ')} />
                </span>
              </th>
              <td>
                <span class={`severity ${severity.toLowerCase()}`}>
                  <span aria-hidden="true">{SEVERITY_MARKS[severity]}</span> {severity.toLowerCase()}
                </span>
              </td>
              <td class="number">{numberWords(count)}</td>
              <td class="share" aria-hidden="true">
                <span class={`bar ${severity.toLowerCase()}`} style={{ '--share': `${(count / most) * 100}%` }} />
              </td>
              <td>
                <When at={oldest} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const AGES: Readonly<Record<Stats['ages'][number]['age'], string>> = {
  week: 'This week',
  month: 'Up to a month',
  quarter: 'Up to three months',
  older: 'Older',
};

function Ages({ ages }: Pick<Stats, 'ages'>) {
  const most = ages.reduce((so, { count }) => Math.max(so, count), 1);
  return (
    <div class="scroll-box" tabIndex={0} role="region" aria-label="By age">
      <table class="plain-table groups">
        <thead>
          <tr>
            <th scope="col">First seen</th>
            <th scope="col" class="number">
              Findings
            </th>
            <th scope="col">
              <span class="hidden">Share</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {(['week', 'month', 'quarter', 'older'] as const).map((age) => {
            const count = ages.find((one) => one.age === age)?.count ?? 0;
            return (
              <tr key={age}>
                <th scope="row">{AGES[age]}</th>
                <td class="number">{numberWords(count)}</td>
                <td class="share" aria-hidden="true">
                  <span class="bar" style={{ '--share': `${(count / most) * 100}%` }} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
