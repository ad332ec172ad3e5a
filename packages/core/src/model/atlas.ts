/**
 * Techniques of MITRE ATLAS that rules name, with their names as ATLAS 5.6.0 has them (2026-05,
 * github.com/mitre-atlas/atlas-data, Apache-2.0). A technique within another one has the name of that one in front.
 */
export const ATLAS_VERSION = '5.6.0';

export const ATLAS_TECHNIQUES = {
  'AML.T0010.001': 'AI Supply Chain Compromise: AI Software',
  'AML.T0010.003': 'AI Supply Chain Compromise: Model',
  'AML.T0011.000': 'User Execution: Unsafe AI Artifacts',
  'AML.T0011.001': 'User Execution: Malicious Package',
  'AML.T0018.002': 'Manipulate AI Model: Embed Malware',
  'AML.T0029': 'Denial of AI Service',
  'AML.T0049': 'Exploit Public-Facing Application',
  'AML.T0074': 'Masquerading',
  'AML.T0076': 'Corrupt AI Model',
  'AML.T0109': 'AI Supply Chain Rug Pull',
  'AML.T0112': 'Machine Compromise',
  'AML.T0112.001': 'Machine Compromise: AI Artifacts',
} as const;
export type AtlasId = keyof typeof ATLAS_TECHNIQUES;

const NAMES: ReadonlyMap<string, string> = new Map(Object.entries(ATLAS_TECHNIQUES));

/** The name of a technique; null for one that this version does not know, as in a report of a later one. */
export function atlasName(id: string): string | null {
  return NAMES.get(id) ?? null;
}

/** `AML.T0076 Corrupt AI Model` */
export function describeAtlas(id: string): string {
  const name = atlasName(id);
  return name === null ? id : `${id} ${name}`;
}

/** Its page at MITRE. */
export function atlasPage(id: string): `https://${string}` {
  return `https://atlas.mitre.org/techniques/${encodeURIComponent(id)}`;
}
