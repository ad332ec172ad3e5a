/** The name of the lock in the folder that it is about. */
export const LOCK_NAME = 'sentinel.lock';
