import type { Finding, RuleMeta } from '@artifact-sentinel/core';
import { useMemo } from 'preact/hooks';
import { cardOf, findingsTitle, type FindingCard } from '../model/finding-card.js';
import { lastPart } from '../model/names.js';
import { effectOf } from '../model/verdict.js';
import { Copyable, Facts, Name, SeverityMark } from './parts.js';
import { VirtualList } from './virtual-list.js';

const ROW = 44;

/** The findings of one artifact, the worst first, and the one that is chosen in full. */
export function Findings(props: {
  readonly findings: readonly Finding[];
  readonly rules: readonly RuleMeta[];
  readonly selected: number | null;
  readonly onSelect: (index: number) => void;
}) {
  const { findings, rules, selected, onSelect } = props;
  const chosen = selected === null ? undefined : findings[selected];
  return (
    <section class="findings" aria-labelledby="findings-title">
      <h3 id="findings-title">{findingsTitle(findings.length)}</h3>
      {findings.length < 2 ? null : (
        <VirtualList
          label="Findings, the worst first"
          className="finding-list"
          count={findings.length}
          rowHeight={ROW}
          selected={selected}
          onSelect={onSelect}
          row={(at) => {
            const finding = findings[at];
            return finding === undefined ? null : <FindingLine finding={finding} />;
          }}
        />
      )}
      {chosen === undefined ? null : (
        <FindingDetails finding={chosen} rule={rules.find(({ id }) => id === chosen.ruleId)} />
      )}
    </section>
  );
}

function FindingLine({ finding }: { readonly finding: Finding }) {
  return (
    <div class={finding.accepted === null ? 'finding-line' : 'finding-line is-accepted'}>
      <SeverityMark severity={finding.severity} />
      <code class="ellipsis" dir="ltr">
        {effectOf(finding)}
      </code>
      <span class="soft ellipsis">
        {finding.accepted === null ? '' : 'accepted, '}
        <Name name={lastPart(finding.location.path)} />
      </span>
    </div>
  );
}

function FindingDetails({ finding, rule }: { readonly finding: Finding; readonly rule: RuleMeta | undefined }) {
  const card = useMemo(() => cardOf(finding, rule), [finding, rule]);
  return (
    <article class="finding" aria-label={`${finding.severity}: ${card.title}`}>
      <h4>
        <SeverityMark severity={finding.severity} /> {card.title} <span class="soft">{finding.ruleId}</span>
      </h4>
      <div class="finding-columns">
        <div>
          <p>
            <bdi>{card.message}</bdi>
          </p>
          <p>
            <strong>What to do.</strong> <bdi>{card.fix}</bdi>
          </p>
          <p class="soft">
            <bdi>{card.why}</bdi>
          </p>
          <h5>Check it again</h5>
          <Copyable text={card.retest} label="the command" />
          {card.safeGlobals === null ? null : (
            <>
              <h5>Which safe globals do I need?</h5>
              <Copyable text={card.safeGlobals} label="the safe globals" />
            </>
          )}
          {card.allow === null ? null : (
            <>
              <h5>To allow this name, once its source is read</h5>
              <Copyable text={card.allow} label="the allow entry" />
            </>
          )}
        </div>
        <div>
          <Facts facts={card.facts} />
          <details>
            <summary>Level, weakness, fingerprint</summary>
            <Facts facts={card.more} />
          </details>
        </div>
      </div>
      <Steps card={card} />
      {card.rule.length === 0 ? null : (
        <details class="rule">
          <summary>About the rule {finding.ruleId}</summary>
          {card.rule.map(({ title, text }) => (
            <div key={title}>
              <h5>{title}</h5>
              <p>
                <Prose text={text} />
              </p>
            </div>
          ))}
        </details>
      )}
    </article>
  );
}

/** Backquotes of a rule's record are code. */
function Prose({ text }: { readonly text: string }) {
  return <>{text.split('`').map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}</>;
}

function Steps({ card: { steps } }: { readonly card: FindingCard }) {
  if (steps.length === 0) return null;
  return (
    <>
      <h5>From where it comes to where it is loaded</h5>
      <ol class="steps">
        {steps.map(({ where, text, code }, index) => (
          <li key={index}>
            <code dir="ltr">{where}</code> <bdi>{text}</bdi>: <code dir="ltr">{code}</code>
          </li>
        ))}
      </ol>
    </>
  );
}
