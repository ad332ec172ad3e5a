import { showBytes, showLine } from '@artifact-sentinel/core/internal';
import { MAX_RECEIVED_BYTES } from '../limits.js';
import { Name } from '../view/parts.js';
import { HUB } from './hub.js';
import type { Wanted } from './wanted.js';

/** What would be asked of whom, before anything is. */
export function Consent({ wanted, onAgree }: { readonly wanted: Wanted; readonly onAgree: (address: string) => void }) {
  if (wanted.kind === 'problem')
    return (
      <section class="consent" aria-labelledby="consent-title">
        <h1 id="consent-title">The address of this page names no repository.</h1>
        <p>
          <bdi>{showLine(wanted.reason)}</bdi>
        </p>
      </section>
    );
  const { hub, address } = wanted;
  const rows = [
    { name: 'Host', value: new URL(HUB.endpoint).host },
    { name: 'Repository', value: `${hub.kind === 'models' ? '' : `${hub.kind}/`}${hub.repository}` },
    { name: 'Revision', value: hub.revision ?? 'main' },
    ...(hub.path === '' ? [] : [{ name: 'Path in it', value: hub.path }]),
  ];
  return (
    <section class="consent" aria-labelledby="consent-title">
      <h1 id="consent-title">Read this repository over the network?</h1>
      <p>Nothing has been asked of the network yet.</p>
      <dl class="facts">
        {rows.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Name name={value} isFull />
            </dd>
          </div>
        ))}
        <div>
          <dt>Read</dt>
          <dd>
            The list of its files, then of each file what decides: of a checkpoint, however large, as a rule less than
            1&nbsp;MiB. Never more than {showBytes(MAX_RECEIVED_BYTES)}; what is not read then is reported as
            incomplete.
          </dd>
        </div>
        <div>
          <dt>Hosts</dt>
          <dd>
            <code dir="ltr">{HUB.hosts.join(' ')}</code>. They see your IP address and what is read. No cookie, token or
            referrer is sent, and nothing of your files.
          </dd>
        </div>
      </dl>
      <p class="actions">
        <button type="button" class="primary" onClick={() => onAgree(address)}>
          Read it
        </button>
      </p>
    </section>
  );
}
