import type { ReportingDescriptor, ToolComponent } from 'sarif';
import { ATLAS_TECHNIQUES, ATLAS_VERSION, atlasPage } from '../model/atlas.js';
import type { RuleMeta } from '../model/rule.js';
import type { Severity } from '../model/severity.js';
import { renderRuleHelp } from './rule-page.js';
import { renderRuleText } from './rule-text.js';

export const SARIF_LEVEL = { CRITICAL: 'error', HIGH: 'error', MEDIUM: 'warning', LOW: 'note' } as const;

/** GitHub reads a number in a string: above 9.0 is critical, from 7.0 high, from 4.0 medium. */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = {
  CRITICAL: '9.8',
  HIGH: '8.0',
  MEDIUM: '5.5',
  LOW: '3.0',
};

const PRECISION = { LOW: 'high', MEDIUM: 'medium', HIGH: 'low' } as const;

/** `PICKLE-EXEC` → `PickleExec` */
function pascalCase(id: string): string {
  return id
    .split('-')
    .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
    .join('');
}

const ATLAS = 'MITRE ATLAS';

/** The techniques that these rules name, as a taxonomy of the run. */
export function atlasTaxonomy(rules: readonly RuleMeta[]): ToolComponent {
  const ids = [...new Set(rules.flatMap((meta) => meta.atlas))].sort();
  return {
    name: ATLAS,
    organization: 'MITRE',
    version: ATLAS_VERSION,
    informationUri: 'https://atlas.mitre.org/',
    taxa: ids.map((id) => ({ id, name: ATLAS_TECHNIQUES[id], helpUri: atlasPage(id) })),
  };
}

/** Until the pages have an address of their own, the weakness's page is the one that exists. */
function helpUri(meta: RuleMeta): string {
  return `https://cwe.mitre.org/data/definitions/${(meta.cwe[0] ?? 'CWE-693').slice('CWE-'.length)}.html`;
}

export function sarifRule(meta: RuleMeta, rules: readonly RuleMeta[]): ReportingDescriptor {
  return {
    id: meta.id,
    name: pascalCase(meta.id),
    shortDescription: { text: meta.title },
    fullDescription: { text: meta.description.replaceAll('`', '') },
    help: {
      text: renderRuleText(meta, false, rules),
      markdown: `# ${meta.id}: ${meta.title}\n\n${renderRuleHelp(meta, rules)}`,
    },
    helpUri: helpUri(meta),
    relationships: meta.atlas.map((id) => ({
      target: { id, toolComponent: { name: ATLAS } },
      kinds: ['relevant'],
    })),
    defaultConfiguration: { level: SARIF_LEVEL[meta.severity] },
    properties: {
      tags: [
        'security',
        meta.category.toLowerCase(),
        ...meta.cwe.map((cwe) => `external/cwe/${cwe.toLowerCase()}`),
        ...meta.owaspLlm.map((item) => `external/owasp-llm/${item.toLowerCase()}`),
        ...meta.atlas.map((id) => `external/mitre-atlas/${id.toLowerCase()}`),
        ...(meta.mappings ?? []).map(
          ({ framework, id }) =>
            `external/${framework.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}/${id.toLowerCase()}`,
        ),
      ],
      precision: PRECISION[meta.fpRisk],
      'security-severity': SECURITY_SEVERITY[meta.severity],
      'problem.severity': SARIF_LEVEL[meta.severity] === 'note' ? 'recommendation' : SARIF_LEVEL[meta.severity],
      owner: meta.owner,
      decision: meta.decision,
      related: [...meta.related],
    },
  };
}
