// Builds a clone that npm prepares: `npm install git+…`, and the hook of pre-commit, which is `npm install -g git+file://…`.
// With -g npm runs this in a clone without the packages that build it. They are installed here, as the lock file has them.
// It makes what the root package has in it: the library and the command line. `npm ci` in a checkout makes nothing: what is
// run after it builds what it needs.
import { execFileSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
/** Settings of the npm around this one that would make it install elsewhere, less, or nothing. */
const NOT_OURS =
  /^npm_config_(?:global|location|prefix|omit|include|production|only|dry_run|install_links|workspaces?|package_lock.*|force)$/i;
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !NOT_OURS.test(name)));
const npm = process.env['npm_execpath'];

/** What it prints goes to standard error: older releases of pre-commit take all that `npm pack` prints for a file name. */
function run(...words) {
  const [file, before] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  execFileSync(file, [...before, ...words], {
    cwd: root,
    env,
    stdio: ['ignore', 2, 2],
    shell: npm === undefined && process.platform === 'win32',
  });
}

const { npm_command: command, INIT_CWD: folder } = process.env;
// Another project's `npm ci` prepares its dependencies from elsewhere.
const isCheckout = command === 'ci' && folder !== undefined && realpathSync(folder) === realpathSync(root);

if (!isCheckout) {
  if (!existsSync(join(root, 'node_modules/rolldown')))
    run('ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund');
  run('run', 'build:package');
}
