import type * as z from 'zod/mini';
import type { lockSchema } from './shape/lock.js';

/** What `sentinel fetch` writes beside the files that it fetched. Its shape is defined in `shape/lock.ts`. */
export type Lock = z.output<typeof lockSchema>;
export type LockedFile = Lock['files'][number];
