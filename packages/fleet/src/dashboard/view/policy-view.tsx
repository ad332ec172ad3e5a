import { useState } from 'preact/hooks';
import type { PolicyVersion } from '../api/types.js';
import { useDesk, useMayAct } from './context.js';
import { Problem, Shown, useDoing, useLoaded, type Loaded } from './loaded.js';
import { Field, Heading, Said, shownText, When } from './parts.js';
import { PolicyVersionItem } from './policy-version.js';

/** What fails, what becomes a ticket, what is allowed; and what held before. */
export function PolicyView() {
  const { api } = useDesk();
  const mayChange = useMayAct('admin');
  const policy = useLoaded(() => api.policy(), []);
  const history = useLoaded(() => api.policyHistory(), []);
  const [isEditing, setEditing] = useState(false);
  const { isBusy, error, run } = useDoing();
  const save = async (form: HTMLFormElement): Promise<void> => {
    const field = form.elements.namedItem('text');
    if (!(field instanceof HTMLTextAreaElement)) return;
    if (!(await run(() => api.setPolicy(field.value)))) return;
    setEditing(false);
    policy.reload();
    history.reload();
  };
  return (
    <>
      <Heading title="Policy">
        {mayChange && !isEditing ? (
          <button type="button" onClick={() => setEditing(true)}>
            Change
          </button>
        ) : null}
      </Heading>
      <Shown loaded={policy} what="the policy">
        {({ text, sha256, setBy, setAt }) =>
          isEditing ? (
            <form
              onSubmit={(event) => {
                event.preventDefault();
                void save(event.currentTarget);
              }}
            >
              {error === null ? null : <Problem text={error} />}
              <Field
                id="policy-text"
                name="The policy, as YAML or JSON"
                about="It is checked before it holds. Every artifact is then judged anew from what was read of it; no file is read again."
              >
                <textarea
                  id="policy-text"
                  name="text"
                  class="code"
                  rows={24}
                  spellcheck={false}
                  value={text}
                  aria-describedby="policy-text-about"
                />
              </Field>
              <div class="actions">
                <button type="submit" class="primary" disabled={isBusy}>
                  Check and put in force
                </button>
                <button type="button" onClick={() => setEditing(false)}>
                  Cancel
                </button>
              </div>
            </form>
          ) : (
            <>
              <p class="soft">
                {setAt === null ? (
                  'The built-in policy, which holds until another one is set.'
                ) : (
                  <>
                    In force since <When at={setAt} />, set by <Said text={setBy} />.
                  </>
                )}{' '}
                <code>{sha256.slice(0, 16)}</code>
              </p>
              {text === '' ? null : (
                <pre class="text" tabIndex={0} aria-label="The text of the policy">
                  <code>{shownText(text)}</code>
                </pre>
              )}
            </>
          )
        }
      </Shown>
      <History history={history} />
    </>
  );
}

function History({ history }: { readonly history: Loaded<readonly PolicyVersion[]> }) {
  return (
    <section aria-labelledby="policies-title">
      <h2 id="policies-title">What held when</h2>
      <Shown loaded={history} what="the history">
        {(items) =>
          items.length === 0 ? (
            <p class="soft">The built-in policy has held from the beginning.</p>
          ) : (
            <ol class="plain" reversed>
              {items.map((version) => (
                <PolicyVersionItem key={version.number} version={version} />
              ))}
            </ol>
          )
        }
      </Shown>
    </section>
  );
}
