// The picture of the README: the output of a real run of the built command line over some of the samples, as an SVG.
//     node tools/readme-picture.mjs --write    runs it and writes docs/run.svg
//     node tools/readme-picture.mjs --check    runs it and fails if the picture shows something else; times and versions may differ
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const CLI = join(root, 'packages/cli/dist/sentinel.cjs');
const PICTURE = join(root, 'docs/run.svg');
/** Honest and hostile samples. The payloads do nothing, and nothing is loaded. */
const SAMPLES = [
  'churn-pipeline.joblib',
  'churn-v2.joblib',
  'forest.pkl',
  'image-head.pt',
  'recommender.pkl',
  'sentiment-finetuned.pt',
  'vendor-forecast.pkl',
];
const COLUMNS = 110;
const LINES = 22;

const CELL = 8;
const LINE = 19;
const MARGIN = 20;

/** What a terminal of that width would show. */
function run() {
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-picture-'));
  mkdirSync(join(folder, 'models'));
  for (const name of SAMPLES) cpSync(join(root, 'fixtures/samples/models', name), join(folder, 'models', name));
  const env = { ...process.env, FORCE_COLOR: '1', COLUMNS: String(COLUMNS) };
  delete env.NO_COLOR;
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [CLI, 'artifact', 'models/'], { cwd: folder, env }, (error, stdout) => {
      rmSync(folder, { recursive: true });
      if (error?.code === 1) resolve(stdout);
      else reject(error ?? new Error('the samples are hostile, and the run passed'));
    });
  });
}

/** The classes of SGR codes that the command line uses; 0, 22 and 39 end them. */
const CLASSES = new Map([
  ['1', 'b'],
  ['2', 'd'],
  ['31', 'r'],
  ['32', 'g'],
  ['33', 'y'],
  ['36', 'c'],
]);
const ENDS = new Map([
  ['22', ['b', 'd']],
  ['39', ['r', 'g', 'y', 'c']],
]);

/** One line as pieces of the same style. Styles do not go on in the next line. */
function pieces(line) {
  const result = [];
  let styles = [];
  for (const [index, part] of line.split('\u001b[').entries()) {
    const end = index === 0 ? -1 : part.indexOf('m');
    if (index > 0) {
      const code = part.slice(0, end);
      const style = CLASSES.get(code);
      if (style !== undefined) styles = [...styles, style];
      else styles = code === '0' ? [] : styles.filter((one) => !(ENDS.get(code) ?? []).includes(one));
    }
    const text = part.slice(end + 1);
    if (text !== '') result.push({ text, styles });
  }
  return result;
}

/** The first lines, folded at the width of the terminal, with a last line that says how many are left out. */
function shown(output) {
  const folded = output
    .trimEnd()
    .split('\n')
    .flatMap((line) => fold(pieces(line)));
  if (folded.length <= LINES) return folded;
  const rest = { text: `… ${folded.length - LINES} more lines`, styles: ['d'] };
  return [...folded.slice(0, LINES), [rest]];
}

function fold(line) {
  const lines = [[]];
  let used = 0;
  for (const { text, styles } of line) {
    for (let at = 0; at < text.length;) {
      if (used === COLUMNS) {
        lines.push([]);
        used = 0;
      }
      const part = text.slice(at, at + COLUMNS - used);
      lines.at(-1).push({ text: part, styles });
      used += part.length;
      at += part.length;
    }
  }
  return lines;
}

const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function textLine(line, row) {
  let column = 0;
  const spans = line.map(({ text, styles }) => {
    const x = MARGIN + column * CELL;
    column += text.length;
    const names = styles.length === 0 ? '' : ` class="${[...new Set(styles)].join(' ')}"`;
    return `<tspan x="${x}"${names}>${escape(text)}</tspan>`;
  });
  return `<text y="${MARGIN + 40 + row * LINE}">${spans.join('')}</text>`;
}

function picture(lines) {
  const prompt = [
    { text: '$ ', styles: ['d'] },
    { text: 'sentinel artifact models/', styles: ['b'] },
  ];
  const all = [prompt, ...lines];
  const width = 2 * MARGIN + COLUMNS * CELL;
  const height = 2 * MARGIN + 34 + all.length * LINE;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" xml:space="preserve" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="The output of sentinel artifact models/">`,
    '<!-- Written by tools/readme-picture.mjs from the output of a run; do not edit. -->',
    '<style>text{font:13.3px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#d6dde6;white-space:pre}.b{font-weight:700}.d{fill:#8b98a8}.r{fill:#ff7b72}.g{fill:#7ee787}.y{fill:#e3b341}.c{fill:#79c0ff}</style>',
    `<rect width="${width}" height="${height}" rx="10" fill="#0d1520"/>`,
    ...['#ff5f57', '#febc2e', '#28c840'].map(
      (colour, at) => `<circle cx="${MARGIN + 6 + at * 18}" cy="${MARGIN}" r="5.5" fill="${colour}"/>`,
    ),
    ...all.map(textLine),
    '</svg>',
  ].join('\n')}\n`;
}

/** Times and versions of software, which differ between two runs of the same code. */
const steady = (svg) => svg.replaceAll(/\d+(?:\.\d+)? (?:ms|s)\b/g, '0 ms').replaceAll(/\b\d+\.\d+\.\d+\b/g, '0.0.0');

const [mode] = process.argv.slice(2);
if (mode !== '--write' && mode !== '--check') {
  process.stderr.write('usage: node tools/readme-picture.mjs --write | --check\n');
  process.exit(2);
}
const svg = picture(shown(await run()));
if (mode === '--write') writeFileSync(PICTURE, svg);
else if (steady(readFileSync(PICTURE, 'utf8')) !== steady(svg)) {
  process.stderr.write('docs/run.svg does not show what a run prints. Run: node tools/readme-picture.mjs --write\n');
  process.exitCode = 1;
}
