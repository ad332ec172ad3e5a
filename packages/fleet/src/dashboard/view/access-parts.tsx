import { Copyable, shownName } from '@artifact-sentinel/page/components';
import { toChildArray, type ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { Problem, Shown, useDoing, useLoaded } from './loaded.js';
import { Dialog, Said, When } from './parts.js';

/** What may ask, of one kind: a table of it, and a dialog that makes another one, whose secret is shown once. */
export function Section<Item>(props: {
  readonly title: string;
  /** The tokens, the webhooks. */
  readonly what: string;
  readonly load: () => Promise<readonly Item[]>;
  readonly heads: readonly string[];
  readonly none: string;
  readonly row: (item: Item, reload: () => void) => ComponentChildren;
  /** The word on the button, and the title of the dialog. */
  readonly add: string;
  readonly secretName: string;
  readonly create: (form: HTMLFormElement) => Promise<string>;
  /** The fields of the dialog. */
  readonly children: ComponentChildren;
}) {
  const { title, what, load, heads, none, row, add, secretName, create, children } = props;
  const id = useId();
  const all = useLoaded(load, []);
  const [isAsking, setAsking] = useState(false);
  const end = (): void => {
    setAsking(false);
    all.reload();
  };
  return (
    <section class="access" aria-labelledby={id}>
      <div class="heading">
        <h2 id={id}>{title}</h2>
        <button type="button" onClick={() => setAsking(true)}>
          {add}
        </button>
      </div>
      <Shown loaded={all} what={what}>
        {(items) => (
          <Rows label={title} heads={heads} none={none}>
            {items.map((item) => row(item, all.reload))}
          </Rows>
        )}
      </Shown>
      {isAsking ? (
        <CreateDialog title={add} secretName={secretName} create={create} onClose={end}>
          {children}
        </CreateDialog>
      ) : null}
    </section>
  );
}

/** When something was made, and by whom. */
export function Made({ at, by }: { readonly at: string; readonly by: string }) {
  return (
    <td>
      <When at={at} />
      <span class="soft">
        by <Said text={by} />
      </span>
    </td>
  );
}

/** A short table whose last column is what can be done with a row. */
function Rows(props: {
  readonly label: string;
  readonly heads: readonly string[];
  readonly none: string;
  readonly children: ComponentChildren;
}) {
  const { label, heads, none, children } = props;
  if (toChildArray(children).length === 0) return <p class="soft">{none}</p>;
  return (
    <div class="scroll-box" tabIndex={0} role="region" aria-label={`${label}, as a table`}>
      <table class="plain-table">
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
            <th scope="col">
              <span class="hidden">Change</span>
            </th>
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

/** Asks once more before something is taken away. */
export function Remove(props: {
  readonly word: 'Revoke' | 'Remove';
  /** The token, the webhook. */
  readonly what: string;
  readonly remove: () => Promise<void>;
  readonly onDone: () => void;
}) {
  const { word, what, remove, onDone } = props;
  const [isAsking, setAsking] = useState(false);
  const { isBusy, error, run } = useDoing();
  const shown = shownName(what).text;
  const confirm = async (): Promise<void> => {
    if (!(await run(remove))) return;
    setAsking(false);
    onDone();
  };
  return (
    <>
      <button type="button" class="quiet" onClick={() => setAsking(true)}>
        {word}
        <span class="hidden"> {shown}</span>
      </button>
      {isAsking ? (
        <Dialog title={`${word} ${shown}`} onClose={() => setAsking(false)}>
          <p>It works no longer from then on. This cannot be undone.</p>
          {error === null ? null : <Problem text={error} />}
          <div class="actions">
            <button type="button" class="primary" disabled={isBusy} onClick={() => void confirm()}>
              {word}
            </button>
            <button type="button" onClick={() => setAsking(false)}>
              Cancel
            </button>
          </div>
        </Dialog>
      ) : null}
    </>
  );
}

/** Makes something that has a secret, and shows that once. */
function CreateDialog(props: {
  readonly title: string;
  readonly secretName: string;
  readonly create: (form: HTMLFormElement) => Promise<string>;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}) {
  const { title, secretName, create, onClose, children } = props;
  const [secret, setSecret] = useState<string | null>(null);
  const { isBusy, error, run } = useDoing();
  return (
    <Dialog title={title} onClose={onClose}>
      {secret === null ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            const form = event.currentTarget;
            void run(async () => setSecret(await create(form)));
          }}
        >
          {error === null ? null : <Problem text={error} />}
          {children}
          <div class="actions">
            <button type="submit" class="primary" disabled={isBusy}>
              Create
            </button>
            <button type="button" onClick={onClose}>
              Cancel
            </button>
          </div>
        </form>
      ) : (
        <>
          <p role="status">Copy it now. It is not shown again.</p>
          <Copyable text={secret} label={secretName} />
          <div class="actions">
            <button type="button" class="primary" onClick={onClose}>
              Done
            </button>
          </div>
        </>
      )}
    </Dialog>
  );
}
