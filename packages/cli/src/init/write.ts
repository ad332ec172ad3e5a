import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { UsageError } from '@artifact-sentinel/core/internal';
import { writeFile, writeNewFile } from '../write-file.js';
import { POLICY_TEMPLATE } from './template.js';

const INSTALLED_SCHEMA = 'node_modules/@artifact-sentinel/cli/dist/policy.schema.json';
const OWN_SCHEMA = 'sentinel-policy.schema.json';

function foldersAbove(folder: string): string[] {
  const folders = [folder];
  for (let here = folder; here !== dirname(here); here = dirname(here)) folders.push(dirname(here));
  return folders;
}

/** The path to the installed schema, if it stays within the checkout: others who edit the policy have that schema as well. */
function installedSchema(folder: string): string | null {
  const folders = foldersAbove(folder);
  const checkout = folders.findIndex((above) => existsSync(join(above, '.git')));
  const last = checkout >= 0 ? checkout : folders.indexOf(process.cwd());
  const home = folders.slice(0, last + 1).find((above) => existsSync(join(above, INSTALLED_SCHEMA)));
  if (home === undefined) return null;
  const path = relative(folder, join(home, INSTALLED_SCHEMA)).split(sep).join('/');
  return path.startsWith('.') ? path : `./${path}`;
}

/** What editors with a YAML language server read: completion, and errors while typing. */
function editorLines(folder: string): string {
  const installed = installedSchema(folder);
  if (installed !== null) return `# yaml-language-server: $schema=${installed}\n`;
  return (
    `# yaml-language-server: $schema=./${OWN_SCHEMA}\n` +
    `# (completion in editors; the file comes from: sentinel policy schema > ${OWN_SCHEMA})\n`
  );
}

export async function writeInitialPolicy(file: string, force: boolean): Promise<void> {
  const text = editorLines(dirname(resolve(file))) + POLICY_TEMPLATE;
  if (force) await writeFile(file, text);
  else if ((await writeNewFile(file, text)) === 'exists') throw new UsageError(`${file} exists; --force replaces it`);
}
