import type { LogicalLocation, PhysicalLocation, Result } from 'sarif';
import { escapeText } from '../model/escape.js';
import type { Finding } from '../model/report.js';
import { artifactLocation } from './sarif-uri.js';
import { fileLine } from './words.js';

/** Binaries have no lines, and code scanning wants one. A place within a member or a cell is none of the file's. */
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
  const place = line === null ? {} : { properties: { line } };
  return {
    logicalLocations: [
      cell === undefined
        ? { fullyQualifiedName: escapeText(path), kind: 'member', ...place }
        : { fullyQualifiedName: escapeText(`${path}!cell ${cell}`), kind: 'cell', ...place },
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
