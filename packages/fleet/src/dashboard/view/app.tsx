import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Api } from '../api/client.js';
import { mayAct, type Role, type Session } from '../api/types.js';
import { routeOf, type Route } from '../model/route.js';
import { Access } from './access.js';
import { ArtifactView } from './artifact-view.js';
import { Audit } from './audit.js';
import { Brand } from './brand.js';
import { DeskContext, type Desk } from './context.js';
import { Entered } from './entered.js';
import { FindingsView } from './findings-view.js';
import { IntakeView } from './intake-view.js';
import { Intakes } from './intakes.js';
import { Problem, settle, useDoing, Waiting } from './loaded.js';
import { Empty } from './parts.js';
import { PolicyView } from './policy-view.js';
import { Posture } from './posture.js';
import { SignIn } from './sign-in.js';
import { Waivers } from './waivers.js';

type Standing =
  | { readonly kind: 'starting' }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'out'; readonly why: string | null }
  | { readonly kind: 'in'; readonly session: Session };

/** Views with an entry in the navigation, and the views that belong to them. */
const ENTRIES = [
  { href: '#/', title: 'Entered', views: ['entered', 'artifact'], role: 'viewer' },
  { href: '#/intakes', title: 'Sources', views: ['intakes', 'intake'], role: 'viewer' },
  { href: '#/findings', title: 'Findings', views: ['findings'], role: 'viewer' },
  { href: '#/posture', title: 'Posture', views: ['posture'], role: 'viewer' },
  { href: '#/waivers', title: 'Waivers', views: ['waivers'], role: 'viewer' },
  { href: '#/policy', title: 'Policy', views: ['policy'], role: 'viewer' },
  { href: '#/audit', title: 'Audit', views: ['audit'], role: 'reviewer' },
  { href: '#/access', title: 'Access', views: ['access'], role: 'admin' },
] as const satisfies readonly {
  readonly role: Role;
  readonly href: string;
  readonly title: string;
  readonly views: readonly Route['view'][];
}[];

/** Signed out or in, and what is shown then. */
export function App() {
  const api = useMemo(() => new Api(), []);
  const [standing, setStanding] = useState<Standing>({ kind: 'starting' });
  const start = async (): Promise<void> => {
    const settled = await settle(api.sessionOrNull());
    if (settled.error !== null) setStanding({ kind: 'failed', reason: settled.error });
    else setStanding(settled.value === null ? { kind: 'out', why: null } : { kind: 'in', session: settled.value });
  };
  useEffect(() => {
    api.onSignedOut = () =>
      setStanding((before) =>
        before.kind === 'in' ? { kind: 'out', why: 'The session has ended. Sign in again.' } : before,
      );
    void start();
  }, [api]);

  switch (standing.kind) {
    case 'starting':
      return (
        <main class="sign-in">
          <Waiting what="Sentinel" />
        </main>
      );
    case 'failed':
      return (
        <main class="sign-in">
          <Brand />
          <Problem text={standing.reason}>
            <button type="button" onClick={() => void start()}>
              Try again
            </button>
          </Problem>
        </main>
      );
    case 'out':
      return <SignIn api={api} why={standing.why} onSignedIn={(session) => setStanding({ kind: 'in', session })} />;
    case 'in':
      return (
        <Signed api={api} session={standing.session} onSignedOut={() => setStanding({ kind: 'out', why: null })} />
      );
  }
}

function Signed(props: { readonly api: Api; readonly session: Session; readonly onSignedOut: () => void }) {
  const { api, session, onSignedOut } = props;
  const route = useRoute();
  const [now, setNow] = useState(() => Date.now());
  const left = useRef<Desk['left']>(new Map());
  const main = useRef<HTMLElement>(null);
  const signingOut = useDoing();
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 20_000);
    return () => clearInterval(timer);
  }, []);

  // A new view begins at its top, for the eye and for the keyboard; the first one where the browser begins.
  const shownRoute = 'id' in route ? `${route.view} ${route.id}` : route.view;
  const seen = useRef(shownRoute);
  useEffect(() => {
    document.title = `${titleOf(route)} · Sentinel`;
    if (seen.current === shownRoute) return;
    seen.current = shownRoute;
    main.current?.focus({ preventScroll: true });
  }, [shownRoute]);

  const entries = ENTRIES.filter(({ role }) => mayAct(session.role, role));
  const desk = useMemo(() => ({ api, session, now, left: left.current }), [api, session, now]);
  return (
    <DeskContext.Provider value={desk}>
      <a
        class="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        Skip to the content
      </a>
      <header class="rail">
        <Brand />
        {entries.length === 0 ? null : (
          <nav aria-label="Views">
            <ul>
              {entries.map(({ href, title, views }) => (
                <li key={href}>
                  <a href={href} aria-current={views.some((view) => view === route.view) ? 'page' : undefined}>
                    {title}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        )}
        <p class="who">
          <bdi class="ellipsis" title={session.name}>
            {session.name}
          </bdi>{' '}
          <span class="soft">{session.role}</span>
          <button
            type="button"
            class="quiet"
            disabled={signingOut.isBusy}
            onClick={() =>
              void signingOut.run(async () => {
                const url = await api.signOut();
                onSignedOut();
                if (url !== null) location.assign(url);
              })
            }
          >
            Sign out
          </button>
        </p>
      </header>
      <main ref={main} id="main" tabIndex={-1} data-view={route.view}>
        {signingOut.error === null ? null : <Problem text={signingOut.error} />}
        <Top key={shownRoute} />
        {mayAct(session.role, roleOf(route)) ? <View route={route} /> : <NotForThis role={roleOf(route)} />}
      </main>
    </DeskContext.Provider>
  );
}

/** Before the view itself, which may go back to where it was left. */
function Top() {
  useLayoutEffect(() => scrollTo(0, 0), []);
  return null;
}

function View({ route }: { readonly route: Route }) {
  switch (route.view) {
    case 'entered':
      return <Entered filter={route.filter} />;
    case 'artifact':
      return <ArtifactView key={route.id} id={route.id} />;
    case 'intakes':
      return <Intakes />;
    case 'intake':
      return <IntakeView key={route.id} id={route.id} />;
    case 'findings':
      return <FindingsView by={route.by} />;
    case 'posture':
      return <Posture days={route.days} />;
    case 'waivers':
      return <Waivers />;
    case 'audit':
      return <Audit subject={route.subject} actor={route.actor} />;
    case 'policy':
      return <PolicyView />;
    case 'access':
      return <Access />;
    case 'unknown':
      return (
        <Empty title="There is no such page" isPage>
          <p>
            <a href="#/">What entered</a>
          </p>
        </Empty>
      );
  }
}

function roleOf({ view }: Route): Role {
  return ENTRIES.find(({ views }) => views.some((one) => one === view))?.role ?? 'client';
}

function NotForThis({ role }: { readonly role: Role }) {
  return (
    <Empty title="This is not for your role" isPage>
      <p>It needs the role {role}. An administrator gives roles, with tokens or at your organisation.</p>
    </Empty>
  );
}

function titleOf({ view }: Route): string {
  const shownRoute = ENTRIES.find(({ views }) => views.some((one) => one === view));
  return shownRoute?.title ?? 'Not found';
}

function useRoute(): Route {
  const [fragment, setFragment] = useState(location.hash);
  useEffect(() => {
    const change = (): void => setFragment(location.hash);
    addEventListener('hashchange', change);
    return () => removeEventListener('hashchange', change);
  }, []);
  return useMemo(() => routeOf(fragment), [fragment]);
}
