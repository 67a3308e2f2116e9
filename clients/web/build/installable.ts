import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Plugin } from 'vite';

/** What a page may need that was built under a name of its own. Everything else is fetched when it is wanted. */
const WANTED = /^assets\/(.*\.(js|css)|flags-[^/]*\.webp|.*-latin-(400|600)-normal-[^/]*\.woff2)$/;
/** Maps and the like wait until somebody opens them; then they are kept too. */
const LARGEST = 400_000;
const ALWAYS = ['icon.svg', 'manifest.webmanifest'];

/**
 * Writes the service worker: `worker.js` with the list of files that make up the page without a server, and a version
 * that changes when any of them does.
 */
export function installable(): Plugin {
  let folder = '';
  return {
    name: 'installable',
    apply: 'build',
    configResolved(config) {
      folder = config.build.outDir;
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
          .filter((name) => ALWAYS.includes(name) || WANTED.test(name))
          .filter((name) => statSync(join(folder, name)).size <= LARGEST)
          .sort();
        const hash = createHash('sha256').update(files.join('\n'));
        for (const name of ['index.html', ...ALWAYS]) hash.update(readFileSync(join(folder, name)));
        const worker = readFileSync(new URL('worker.js', import.meta.url), 'utf8')
          .replace("'__VERSION__'", JSON.stringify(hash.digest('hex').slice(0, 16)))
          .replace("['__FILES__']", JSON.stringify(['/', ...files.map((name) => `/${name}`)]));
        writeFileSync(join(folder, 'sw.js'), worker);
      },
    },
  };
}
