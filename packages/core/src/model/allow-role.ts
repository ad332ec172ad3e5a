/**
 * What a user has vouched for: `bare`, that an instance may be made by `__new__` and given a state and items; `maker`,
 * that it may be called besides, with any arguments.
 */
export type AllowRole = 'bare' | 'maker';
