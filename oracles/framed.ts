import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';

const FLUSH_AT = 1 << 20;

/** Prints a line of JSON for each piece of a file, in which pieces stand behind their length: four bytes, little endian. */
export async function answerEach(path: string, answer: (piece: Uint8Array) => Promise<unknown>): Promise<void> {
  const bytes = readFileSync(path);
  const out = createWriteStream('', { fd: 1 });
  let text = '';
  for (let at = 0; at + 4 <= bytes.length;) {
    const length = bytes.readUInt32LE(at);
    text += `${JSON.stringify(await answer(bytes.subarray(at + 4, at + 4 + length)))}\n`;
    at += 4 + length;
    if (text.length < FLUSH_AT) continue;
    if (!out.write(text)) await once(out, 'drain');
    text = '';
  }
  out.end(text);
  await once(out, 'finish');
}
