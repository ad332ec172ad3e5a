// A registry with our packages only, on loopback: what the documents say (`npm install @artifact-sentinel/core`) is run as it stands.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { basename } from 'node:path';

/** Serves these tarballs; gives its address and `close`. */
export async function serveRegistry(tarballs) {
  const packages = tarballs.map((path) => {
    const bytes = readFileSync(path);
    const manifest = JSON.parse(execFileSync('tar', ['-xzOf', path, 'package/package.json'], { encoding: 'utf8' }));
    const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
    return { manifest, bytes, integrity, file: basename(path) };
  });
  const server = createServer((request, response) => {
    const asked = decodeURIComponent(request.url).slice(1);
    const found = packages.find(({ manifest, file }) => asked === manifest.name || asked === file);
    if (found === undefined) {
      response.writeHead(404).end('{}');
    } else if (asked === found.file) {
      response.end(found.bytes);
    } else {
      const { manifest, integrity, file } = found;
      const dist = { tarball: `${address}/${file}`, integrity };
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          name: manifest.name,
          'dist-tags': { latest: manifest.version },
          versions: { [manifest.version]: { ...manifest, dist } },
        }),
      );
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${server.address().port}`;
  return { address, close: () => server.close() };
}
