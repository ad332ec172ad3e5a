import { useState } from 'preact/hooks';
import type { Waiver } from '../api/types.js';
import { enteredHref } from '../model/route.js';
import { daysUntil, dueWords } from '../model/time.js';
import { useDesk, useMayAct } from './context.js';
import { Problem, Shown, useDoing, useLoaded } from './loaded.js';
import { Dialog, Empty, Heading, Said, When } from './parts.js';

/** From this on it is said that a waiver ends, days. */
const SOON = 14;
/** Letters of a fingerprint that are shown; all of it where a pointer rests. */
const FINGERPRINT = 15;

/** Findings that stay until a day, the next to end first. */
export function Waivers() {
  const { api, now } = useDesk();
  const [isAll, setAll] = useState(false);
  const mayRevoke = useMayAct('reviewer');
  const waivers = useLoaded(() => api.waivers(isAll ? 'all' : 'active', null), [String(isAll)]);
  const [revoking, setRevoking] = useState<Waiver | null>(null);
  return (
    <>
      <Heading title="Waivers">
        <label class="check">
          <input type="checkbox" checked={isAll} onChange={(event) => setAll(event.currentTarget.checked)} /> also those
          that have ended
        </label>
      </Heading>
      <Shown loaded={waivers} what="the waivers">
        {({ items, next }) =>
          items.length === 0 ? (
            <Empty title="Nothing is waived">
              <p>
                A reviewer can let a finding stay until a day: open an artifact with a finding, and choose{' '}
                <em>Waive a finding</em>. Its owner, the reason and the day stand here.
              </p>
            </Empty>
          ) : (
            <>
              <div class="scroll-box" tabIndex={0} role="region" aria-label="Waivers">
                <table class="plain-table waivers">
                  <thead>
                    <tr>
                      <th scope="col">Ends</th>
                      <th scope="col">Finding</th>
                      <th scope="col">Owner</th>
                      <th scope="col">Reason</th>
                      <th scope="col">
                        <span class="hidden">Revoke</span>
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {items
                      .toSorted((a, b) => (a.expiresOn < b.expiresOn ? -1 : a.expiresOn > b.expiresOn ? 1 : 0))
                      .map((waiver) => (
                        <Row
                          key={waiver.id}
                          waiver={waiver}
                          now={now}
                          onRevoke={mayRevoke ? () => setRevoking(waiver) : null}
                        />
                      ))}
                  </tbody>
                </table>
              </div>
              {next === null ? null : <p class="soft">The first {items.length}.</p>}
            </>
          )
        }
      </Shown>
      {revoking === null ? null : (
        <RevokeDialog
          waiver={revoking}
          onClose={(isDone) => {
            setRevoking(null);
            if (isDone) waivers.reload();
          }}
        />
      )}
    </>
  );
}

function Row(props: { readonly waiver: Waiver; readonly now: number; readonly onRevoke: (() => void) | null }) {
  const { waiver, now, onRevoke } = props;
  const { fingerprint, sha256, owner, reason, expiresOn, createdBy, createdAt, revokedBy, revokedAt } = waiver;
  const days = daysUntil(expiresOn, now);
  const isOver = revokedAt !== null || days < 0;
  return (
    <tr class={isOver ? 'is-over' : days <= SOON ? 'is-soon' : ''}>
      <td>
        <time dateTime={expiresOn}>{expiresOn}</time>
        <span class={!isOver && days <= SOON ? 'tone-warn' : 'soft'}>
          {revokedAt === null ? (
            dueWords(expiresOn, now)
          ) : (
            <>
              revoked by <Said text={revokedBy ?? ''} />
            </>
          )}
        </span>
      </td>
      <td>
        <code title={fingerprint}>{fingerprint.slice(0, FINGERPRINT)}</code>
        <span class="soft">
          {sha256 === null ? (
            'wherever it is found'
          ) : (
            <>
              only in <code>{sha256.slice(0, 12)}</code>
            </>
          )}
        </span>
      </td>
      <td>
        <a href={enteredHref({ owner })}>
          <Said text={owner} />
        </a>
      </td>
      <td>
        <Said text={reason} />
        <span class="soft">
          <Said text={createdBy} />, <When at={createdAt} />
        </span>
      </td>
      <td>
        {isOver || onRevoke === null ? null : (
          <button type="button" class="quiet" onClick={onRevoke}>
            Revoke<span class="hidden"> the waiver of {fingerprint}</span>
          </button>
        )}
      </td>
    </tr>
  );
}

function RevokeDialog({ waiver, onClose }: { readonly waiver: Waiver; readonly onClose: (isDone: boolean) => void }) {
  const { api } = useDesk();
  const { isBusy, error, run } = useDoing();
  return (
    <Dialog title="Revoke this waiver" onClose={() => onClose(false)}>
      <p>
        The finding <code>{waiver.fingerprint}</code> counts again from now on. Artifacts that passed with it are judged
        anew.
      </p>
      {error === null ? null : <Problem text={error} />}
      <div class="actions">
        <button
          type="button"
          class="primary"
          disabled={isBusy}
          onClick={() => void run(() => api.revokeWaiver(waiver.id)).then((isDone) => isDone && onClose(true))}
        >
          Revoke
        </button>
        <button type="button" onClick={() => onClose(false)}>
          Cancel
        </button>
      </div>
    </Dialog>
  );
}
