const bytes = (size) =>
  size < 10_000 ? `${size} B` : size < 10_000_000 ? `${Math.round(size / 1000)} kB` : `${Math.round(size / 1e6)} MB`;
const millions = (work) =>
  work === undefined ? '' : work < 1e7 ? (work / 1e6).toFixed(2) : String(Math.round(work / 1e6));

/** What came out, for people: rules that found something, then why the scan is incomplete. */
function outcome(row) {
  const cut = (reason) => (reason.length > 70 ? `${reason.slice(0, 70)}…` : reason);
  const more = row.incomplete > 1 ? ` (${row.incomplete} in all)` : '';
  const incomplete = row.reasons.length > 0 ? [`incomplete: ${cut(row.reasons.at(-1))}${more}`] : [];
  const found = row.findings.join(', ');
  // Terminal escapes of a name must not reach the terminal from here either.
  return JSON.stringify([row.verdict, ...(found === '' ? [] : [found]), ...incomplete].join('; '))
    .slice(1, -1)
    .replace(/[^\x20-\x7e…]/g, '?');
}

function cells(row) {
  const { n, size, failed } = row;
  if (failed !== undefined) return [String(n), bytes(size), '', '', '', '', '', failed];
  return [
    String(n),
    bytes(size),
    millions(row.work),
    row.growth === null ? '' : row.growth.toFixed(2),
    bytes(row.read),
    row.ms === undefined ? '' : `${Math.round(row.ms)} ms`,
    row.megabytes === undefined ? '' : `${Math.round(row.megabytes)} MB`,
    outcome(row),
  ];
}

/** One line of the running table. */
export function rowLine(row) {
  return [row.case, ...cells(row)].join(' | ');
}

/** The smallest and the largest size of each case. */
export function markdownTable(rows) {
  const lines = [
    '| case | n | size | work | growth | read | time | memory | outcome |',
    '| --- |' + ' ---: |'.repeat(7) + ' --- |',
  ];
  for (const [i, row] of rows.entries()) {
    const first = rows[i - 1]?.case !== row.case;
    const last = rows[i + 1]?.case !== row.case;
    if (!first && !last) continue;
    const text = [first ? row.case : '', ...cells(row)].map((cell) => cell.replaceAll('|', '\\|'));
    lines.push(`| ${text.join(' | ')} |`);
  }
  return `${lines.join('\n')}\n`;
}
