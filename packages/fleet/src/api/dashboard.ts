import files from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** The static files of the dashboard under `/`. Its data comes from the API, under the rights of who looks. */
export async function dashboard(server: FastifyInstance, { folder }: { readonly folder: string }): Promise<void> {
  server.addHook('onRoute', (route) => {
    route.config = { ...route.config, access: 'anyone', isFree: true };
  });
  await server.register(files, {
    root: folder,
    // One route for each file that is there at the start: no path of a request becomes one of the disk (CWE-22).
    wildcard: false,
    index: 'index.html',
    dotfiles: 'ignore',
    decorateReply: false,
    cacheControl: false,
  });
}
