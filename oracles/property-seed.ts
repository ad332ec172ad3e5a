/**
 * Property tests take a new seed in each run. Where the environment gives one, as CI does from the commit, they take that:
 * another run of the same commit tries the same cases, and the next commit tries others.
 */
export const seed = Number(process.env['PROPERTY_SEED']);
if (Number.isInteger(seed)) {
  const { configureGlobal } = await import('fast-check');
  configureGlobal({ seed });
}
