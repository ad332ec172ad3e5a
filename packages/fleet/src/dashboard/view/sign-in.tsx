import { useEffect, useRef } from 'preact/hooks';
import type { Api } from '../api/client.js';
import type { Session } from '../api/types.js';
import { Brand } from './brand.js';
import { Problem, useDoing, useLoaded } from './loaded.js';
import { Field, valueOf } from './parts.js';

/** Where the sign-in of OpenID Connect begins. */
const OIDC = '/auth/login';

/** With a token, which becomes a session and is not kept, or with the provider of the organisation. */
export function SignIn(props: {
  readonly api: Api;
  /** Why, where somebody was signed in before. */
  readonly why: string | null;
  readonly onSignedIn: (session: Session) => void;
}) {
  const { api, why, onSignedIn } = props;
  const ways = useLoaded(() => api.signInWays(), []);
  const { isBusy, error, run } = useDoing();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const submit = (event: SubmitEvent & { readonly currentTarget: HTMLFormElement }): void => {
    event.preventDefault();
    const token = valueOf(event.currentTarget, 'token');
    if (token !== '') void run(async () => onSignedIn(await api.signIn(token)));
  };
  return (
    <main class="sign-in">
      <Brand />
      <h1>What may be loaded here</h1>
      <p class="soft">Every model that enters, what loading it would run, and who decided about it.</p>
      {why === null ? null : <p role="status">{why}</p>}
      {error === null ? null : <Problem text={error} />}
      {ways.value?.oidc === true ? (
        <p>
          <a class="button primary" href={OIDC}>
            Sign in with your organisation
          </a>
        </p>
      ) : null}
      <form onSubmit={submit}>
        <Field
          id="token"
          name="API token"
          about="The first start of the server prints a token of an administrator, once."
        >
          <input
            ref={field}
            id="token"
            name="token"
            type="password"
            autocomplete="off"
            spellcheck={false}
            required
            aria-describedby="token-about"
          />
        </Field>
        <button type="submit" class="primary" disabled={isBusy}>
          {isBusy ? 'Signing in' : 'Sign in'}
        </button>
      </form>
    </main>
  );
}
