import type * as z from 'zod/mini';
import type { batchRecordSchema } from './shape/batch.js';

/** One line of what `sentinel batch` writes. Its shape is defined in `shape/batch.ts`. */
export type BatchRecord = z.output<typeof batchRecordSchema>;
