/** The scope of the published packages, and the only file that decides it: `scope.test.ts` compares everything else. */
export const SCOPE = '@artifact-sentinel';
