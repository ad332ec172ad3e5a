import { lazy } from '../../model/lazy.js';
import type { Member } from '../members/container.js';
import { guarded, type Found, type Look } from '../members/look.js';

const loadNativeNames = lazy(() => import('./native-names.js'));

/** What a member asks of native code; `record`: its name in the folder of the archive. */
export async function* native(member: Member, record: string, look: Look): AsyncGenerator<Found> {
  const { nativeFormat, nativeNames } = await loadNativeNames();
  yield* guarded(member, nativeNames(member, nativeFormat(record), look));
}
