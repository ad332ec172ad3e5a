/** From the least to the most: each may do what those before it may. `client` downloads through the gate and asks for verdicts. */
export const ROLES = ['client', 'viewer', 'submitter', 'reviewer', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export function mayAct(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}
