import { startPage } from '../start-page.js';
import { Consent } from './consent.js';
import { HUB } from './hub.js';
import { wantedOf } from './wanted.js';

/* The page that also reads a repository that its address names: #hf=org/name@revision. */
startPage({
  first: (controller) => {
    const wanted = wantedOf(location.hash);
    return wanted === null ? null : <Consent wanted={wanted} onAgree={controller.scanRemote} />;
  },
  asks: `This page asks ${new URL(HUB.endpoint).host} for what you agree to, and nothing else of anybody.`,
});
// Another repository is another page: what runs for the first one ends.
addEventListener('hashchange', () => location.reload());
