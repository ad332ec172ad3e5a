// The tables of results.json, as the formatter of this repository writes them.
const WORDS = {
  flagged: { flagged: 'found', quiet: '**missed**', failed: 'not read', stopped: 'stopped' },
  quiet: { flagged: '**false alarm**', quiet: 'quiet', failed: 'not read', stopped: 'stopped' },
  refused: { flagged: 'found', quiet: '**clean**', failed: 'refused', stopped: 'stopped' },
};

const size = (bytes) => {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1e6) return `${Math.round(bytes / 1_000)} KB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
};

function lines(head, rows) {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(3, ...all.map((row) => row[column].length)));
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n');
}

/** A verdict for each repository and scanner, then requests, bytes and files. */
export function table({ repositories, results }) {
  const names = Object.keys(results);
  const head = ['repository', ...names.map((name) => `${name} ${results[name].version}`)];
  const verdicts = repositories.map(({ name, title, right }) => [
    title,
    ...names.map((one) => WORDS[right][results[one].answers[name].verdict]),
  ]);
  const costs = repositories.map(({ name, title }) => [
    title,
    ...names.map((one) => {
      const { requests, bytes, files } = results[one].answers[name];
      return `${requests}; ${size(bytes)}; ${files}`;
    }),
  ]);
  return `${lines(head, verdicts)}\n\n${lines(head, costs)}`;
}
