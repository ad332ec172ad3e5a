// Ends the database of the tests when the process that started it is gone, by whatever end: its end of the pipe closes then.
import { rmSync } from 'node:fs';

const [pid, folder] = process.argv.slice(2);
process.stdin.resume();
process.stdin.on('end', () => {
  try {
    process.kill(Number(pid), 'SIGQUIT');
  } catch {
    // It is gone already.
  }
  setTimeout(() => rmSync(folder, { recursive: true, force: true }), 500);
});
