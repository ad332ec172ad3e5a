import { policyJsonSchema } from '@artifact-sentinel/core/internal';
import { writeOut } from '../streams.js';

export async function printSchema(): Promise<void> {
  await writeOut(`${JSON.stringify(policyJsonSchema(), null, 2)}\n`);
}
