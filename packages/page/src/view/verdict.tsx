import { showLine } from '@artifact-sentinel/core/internal';
import type { VerdictView } from '../model/verdict.js';

const SIGNS: Readonly<Record<VerdictView['tone'], string>> = { bad: '✕', unknown: '?', attention: '!', good: '✓' };

/** The first thing that is read: a sentence, and why. */
export function Verdict({ view, title }: { readonly view: VerdictView; readonly title: string }) {
  const { tone, headline, because, todo, effects, moreEffects, caveats, counts } = view;
  return (
    <section class={`verdict ${tone}`} aria-labelledby="verdict">
      <p class="sign" aria-hidden="true">
        {SIGNS[tone]}
      </p>
      <div>
        {title === '' ? null : (
          <p class="soft">
            <bdi>{showLine(title)}</bdi>
          </p>
        )}
        <h1 id="verdict">{headline}</h1>
        {because === '' ? null : (
          <p class="lead">
            <bdi>{because}</bdi>
          </p>
        )}
        {effects.length === 0 ? null : (
          <ul class="effects" aria-label="What would run">
            {effects.map((effect) => (
              <li key={effect}>
                <code dir="ltr">{effect}</code>
              </li>
            ))}
            {moreEffects === 0 ? null : <li class="soft">and {moreEffects} more</li>}
          </ul>
        )}
        {todo === null ? null : (
          <p>
            <strong>What to do.</strong> <bdi>{todo}</bdi>
          </p>
        )}
        <p class="soft">{counts}</p>
        {caveats.map((caveat) => (
          <p key={caveat} class="soft">
            <bdi>{caveat}</bdi>
          </p>
        ))}
      </div>
    </section>
  );
}
