import { writeFile } from 'node:fs/promises';
import { UsageError } from '@sentinel/core';
import { isSystemError, systemReason } from '../system-error.js';
import { POLICY_TEMPLATE } from './template.js';

export async function writeInitialPolicy(file: string, force: boolean): Promise<void> {
  try {
    await writeFile(file, POLICY_TEMPLATE, { flag: force ? 'w' : 'wx' });
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code === 'EEXIST') throw new UsageError(`${file} exists; --force replaces it`);
    throw new UsageError(`cannot write ${file}: ${systemReason(error)}`);
  }
}
