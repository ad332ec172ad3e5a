import { useState } from 'preact/hooks';
import type { PolicyVersion } from '../api/types.js';
import { difference, type DifferenceLine } from '../model/difference.js';
import { useDesk } from './context.js';
import { Shown, useLoaded } from './loaded.js';
import { Said, shownText, When } from './parts.js';

const SIGNS: Readonly<Record<DifferenceLine['kind'], string>> = { same: ' ', removed: '-', added: '+' };

/** A policy that held: who set it and when. Opened, what it changed. */
export function PolicyVersionItem({ version }: { readonly version: PolicyVersion }) {
  const { number, sha256, setBy, setAt } = version;
  const [isOpen, setOpen] = useState(false);
  return (
    <li>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <code>{sha256.slice(0, 16)}</code>{' '}
          <span class="soft">
            <When at={setAt} />, <Said text={setBy} />
          </span>
        </summary>
        {isOpen ? <Changes number={number} /> : null}
      </details>
    </li>
  );
}

function Changes({ number }: { readonly number: number }) {
  const { api } = useDesk();
  const version = useLoaded(() => api.policyText(number), [number]);
  return (
    <Shown loaded={version} what="the text of the policy">
      {({ text, before }) => {
        const lines = difference(before, text);
        return lines.length === 0 ? (
          <p class="soft">The same text as before.</p>
        ) : (
          <pre class="text" tabIndex={0} aria-label="What it changed">
            <code>{shownText(lines.map((line) => `${SIGNS[line.kind]} ${line.text}`).join('\n'))}</code>
          </pre>
        );
      }}
    </Shown>
  );
}
