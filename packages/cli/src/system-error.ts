/** One set of words for what the operating system refuses, in every command. */
export { isEnvironment, isSystemError, systemReason, type SystemError } from '@artifact-sentinel/core/node/internal';
