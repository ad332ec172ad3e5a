import { portablePlatform, type Platform } from '../src/platform.js';

/** A platform whose clock stands still: no deadline is reached, however busy the machine is. */
export const STILL: Platform = { ...portablePlatform, now: () => 0 };
