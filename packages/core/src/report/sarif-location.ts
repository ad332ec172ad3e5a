import type { CodeFlow, Location as SarifLocation, LogicalLocation, PhysicalLocation, Result } from 'sarif';
import type { FlowStep } from '../model/flow-fact.js';
import { escapeText } from '../model/escape.js';
import type { Finding } from '../model/report.js';
import { showLine } from './escape.js';
import { artifactLocation } from './sarif-uri.js';
import { fileLine } from './words.js';

/** Binaries have no lines, and code scanning wants one. A line within a member or a cell is no line of the file. */
export function regionOf(finding: Finding): NonNullable<PhysicalLocation['region']> {
  const { path, offset, column, endLine, endColumn } = finding.location;
  const line = fileLine(finding);
  if (line === null)
    return { startLine: 1, ...(offset === null || path !== finding.artifact ? {} : { byteOffset: offset }) };
  return {
    startLine: line,
    ...(column === undefined ? {} : { startColumn: column }),
    ...(endLine === undefined ? {} : { endLine }),
    ...(endColumn === undefined ? {} : { endColumn }),
  };
}

/** The member of an archive, or the cell of a notebook. */
export function logicalLocations({ artifact, location }: Finding): { readonly logicalLocations?: LogicalLocation[] } {
  const { path, cell, line } = location;
  if (path === artifact && cell === undefined) return {};
  const inside = line === null ? {} : { properties: { line } };
  return {
    logicalLocations: [
      cell === undefined
        ? { fullyQualifiedName: escapeText(path), kind: 'member', ...inside }
        : { fullyQualifiedName: escapeText(`${path}!cell ${cell}`), kind: 'cell', ...inside },
    ],
  };
}

/** What a viewer can put into the source. */
export function fixesOf(finding: Finding, root: string | null): Pick<Result, 'fixes'> {
  const { insertion, artifact } = finding;
  if (insertion === undefined || fileLine(finding) === null) return {};
  const { line, column } = insertion.at;
  const deletedRegion = { startLine: line, startColumn: column, endLine: line, endColumn: column };
  const replacements = [{ deletedRegion, insertedContent: { text: insertion.text } }];
  return {
    fixes: [
      {
        description: { text: insertion.description },
        artifactChanges: [{ artifactLocation: artifactLocation(artifact, root), replacements }],
      },
    ],
  };
}

function stepLocation({ at, text, code }: FlowStep, finding: Finding, root: string | null): SarifLocation {
  const message = { text: showLine(`${text}: ${code}`) };
  const { line, column, endLine, endColumn, path, cell } = at;
  // A step in a member or a cell has no line in the file.
  const artifact = path === finding.location.path ? finding.artifact : path;
  const hasLine = line !== null && cell === undefined && (path === finding.artifact || artifact === path);
  const region = hasLine
    ? {
        startLine: line,
        ...(column === undefined ? {} : { startColumn: column }),
        ...(endLine === undefined ? {} : { endLine }),
        ...(endColumn === undefined ? {} : { endColumn }),
      }
    : { startLine: 1 };
  return { physicalLocation: { artifactLocation: artifactLocation(artifact, root), region }, message };
}

/** The steps of the bytes: one thread, the source first and the loader last. */
export function codeFlowsOf(finding: Finding, root: string | null): { readonly codeFlows?: CodeFlow[] } {
  const { flow } = finding;
  if (flow === undefined) return {};
  const locations = flow.map((step, i) => ({
    location: stepLocation(step, finding, root),
    importance: i === 0 || i === flow.length - 1 ? ('essential' as const) : ('important' as const),
  }));
  const message = { text: showLine(finding.evidence.signal) };
  return { codeFlows: [{ message, threadFlows: [{ locations }] }] };
}
