// A real client of the Hub (huggingface_hub) through the gate: what passes arrives bit for bit, what fails is refused with a reason,
// and what nobody has taken in yet is taken in because it is asked for.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const HF = ['-c', 'from huggingface_hub.cli.hf import main; main()'];

/** Made by .ci/run; null where it is not there. */
export function clientPython(root) {
  const python = join(root, '.cache/sources-venv/bin/python');
  return existsSync(python) ? python : null;
}

/** Each attempt as [what, whether it was as it should be, what it printed]. */
export async function throughClients(python, { url, token, folder, passing, failing, unknown, digests }) {
  const download = (name) =>
    new Promise((resolve) => {
      const to = join(folder, name.replace('/', '--'));
      const env = {
        PATH: process.env.PATH,
        HF_ENDPOINT: url,
        HF_TOKEN: token,
        HF_HOME: join(folder, 'hf'),
        HF_HUB_DISABLE_PROGRESS_BARS: '1',
        HF_HUB_DISABLE_TELEMETRY: '1',
        NO_COLOR: '1',
      };
      const child = execFile(
        python,
        [...HF, 'download', name, '--local-dir', to],
        { env, timeout: 120_000 },
        (_error, stdout, stderr) => resolve({ code: child.exitCode, text: withoutHints(stdout + stderr), to }),
      );
    });
  const isWhole = (name, { code, to }) => code === 0 && isSame(to, digests[name]);
  const good = await download(passing);
  const bad = await download(failing);
  let late = await download(unknown);
  for (let tries = 1; tries < 5 && late.code !== 0 && late.text.includes('still analysing'); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    late = await download(unknown);
  }
  return [
    [`hf download ${passing}`, isWhole(passing, good), good.text],
    [`hf download ${failing}`, bad.code !== 0 && bad.text.includes(`Sentinel refuses hf://${failing}@`), bad.text],
    [`hf download ${unknown} (not known before)`, isWhole(unknown, late), late.text],
  ];
}

function isSame(folder, wanted) {
  const found = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(folder.length + 1);
    if (entry.isFile() && !name.startsWith('.cache/'))
      found[name] = createHash('sha256').update(readFileSync(path)).digest('hex');
  }
  const paths = Object.keys(wanted);
  return Object.keys(found).length === paths.length && paths.every((path) => found[path] === wanted[path]);
}

function withoutHints(text) {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('Hint:'))
    .join('\n');
}
