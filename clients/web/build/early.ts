import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Plugin } from 'vite';

const SCREEN = /\/src\/screens\/Table\.svelte$/;
/** A language of its own file; its name begins the file's (public/early.js). */
const WORDS = /\/src\/texts\/(\w\w)\.ts$/;

/** A browser that knows this line reads the whole file beside the page's own work, and not function by function in it. */
const READ_WHOLE = '//# allFunctionsCalledOnLoad\n';

const TAG = '<script src="/early.js"></script>';

/**
 * Puts `early.js` into the page itself, where it waits for nothing, and into it which files the table's screen is made
 * of beside those of every page, and which hold the languages; it begins the page's own script as well. The server names
 * its hash in the content policy (server/routes/client.py).
 */
export function early(): Plugin {
  let folder = '';
  let files: string[] = [];
  let words: string[] = [];
  let entry = '';
  return {
    name: 'early',
    apply: 'build',
    configResolved(config) {
      folder = config.build.outDir;
    },
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        entry = '';
        words = [];
        for (const chunk of Object.values(bundle)) {
          if (chunk.type !== 'chunk') continue;
          const isTable = chunk.moduleIds.some((id) => SCREEN.test(id));
          if (chunk.isEntry) entry = `/${chunk.fileName}`;
          else if (chunk.moduleIds.some((id) => WORDS.test(id))) words.push(`/${chunk.fileName}`);
          if (isTable) files = [chunk.fileName, ...(chunk.viteMetadata?.importedCss ?? [])].map((name) => `/${name}`);
          if (isTable || chunk.isEntry) chunk.code = READ_WHOLE + chunk.code;
        }
      },
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        if (!files.length) throw new Error('the table is in no file of its own');
        if (!words.length) throw new Error('the languages are in no files of their own');
        const [page, script] = [join(folder, 'index.html'), join(folder, 'early.js')];
        const text = readFileSync(script, 'utf8')
          .replace(/^ *\/\/.*\n/gm, '')
          .replace('__PAGE__', entry)
          .replace('__TABLE__', files.join(' '))
          .replace('__WORDS__', words.join(' '));
        const module = `<script type="module" crossorigin src="${entry}"></script>`;
        const html = readFileSync(page, 'utf8');
        for (const tag of [TAG, module]) if (!html.includes(tag)) throw new Error(`the page has no ${tag}`);
        writeFileSync(
          page,
          html
            .replace(module, '')
            .replace(TAG, () => `<link rel="modulepreload" crossorigin href="${entry}">\n<script>\n${text}</script>`),
        );
        rmSync(script);
      },
    },
  };
}
