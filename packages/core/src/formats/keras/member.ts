import { lazy } from '../../model/lazy.js';
import type { Member } from '../members/container.js';
import { guarded, type Found, type Look } from '../members/look.js';

const loadConfig = lazy(() => import('./config.js'));

/** What Keras would import and run, where it reads the member as the configuration of a model. */
export async function* kerasMember(member: Member, isKeras: boolean, look: Look): AsyncGenerator<Found> {
  const { kerasObjects } = await loadConfig();
  yield* guarded(member, kerasObjects(member, isKeras, look));
}
