/** No component says anything of its own: every word in a template comes from the catalogue. */

import { type AST, parse } from 'svelte/compiler';
import { expect, it } from 'vitest';

const sources = import.meta.glob<string>(['../**/*.svelte', '!../dev/**'], {
  eager: true,
  query: '?raw',
  import: 'default',
});

/** The name of the game is the same in every language. */
const NAMES = /Vilnius Summit/g;
const SPOKEN_ATTRIBUTES = new Set([
  'alt',
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'label',
  'placeholder',
  'title',
]);
const isWords = (text: string): boolean => /\p{L}{2}/u.test(text.replace(NAMES, ''));
/** Two words beside each other: no class name, no key, no address. */
const isSentence = (text: string): boolean => /\p{L}{2,} \p{L}{2,}/u.test(text.replace(NAMES, ''));

type Node = { type: string; name?: string; data?: string; value?: unknown };

function literals(source: string): string[] {
  const found: string[] = [];
  const walk = (node: unknown, styling: boolean): void => {
    if (Array.isArray(node)) return node.forEach((one) => walk(one, styling));
    if (typeof node !== 'object' || node === null || !('type' in node)) return;
    const { type, name, data, value } = node as Node;
    if (type === 'Text' && data && isWords(data) && !styling) found.push(data.trim());
    if (type === 'Literal' && typeof value === 'string' && isSentence(value) && !styling) found.push(value);
    if (type === 'TemplateElement') {
      const { raw } = value as { raw: string };
      if (isSentence(raw) && !styling) found.push(raw);
    }
    const quiet =
      type === 'Attribute'
        ? !SPOKEN_ATTRIBUTES.has(name ?? '')
        : styling || type === 'StyleDirective' || type === 'ClassDirective';
    for (const [key, child] of Object.entries(node)) if (key !== 'metadata' && key !== 'parent') walk(child, quiet);
  };
  walk((parse(source, { modern: true }) as AST.Root).fragment, false);
  return found;
}

it('finds what was written into a template', () => {
  expect(literals('<p>Hello {name}</p>')).toEqual(['Hello']);
  expect(literals('<a class="button small" href="/new" title="Go on">{t("x")}</a>')).toEqual(['Go on']);
  expect(literals('<p>{open ? "It is open" : `It is not ${open}`}</p>')).toEqual(['It is open', 'It is not ']);
});

it.each(Object.keys(sources))('%s has no words of its own', (path) => {
  expect(literals(sources[path] as string)).toEqual([]);
});
