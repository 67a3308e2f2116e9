import { expect, it } from 'vitest';

import { blocks } from './markdown';

it('reads headings, paragraphs and lists, and leaves comments out', () => {
  const read = blocks('# Poland\n\nYou are **Poland**.\n\n- Go. <!-- aim: path=x -->\n- Stay.\n');
  expect(read.map((block) => block.is)).toEqual(['heading', 'paragraph', 'list']);
  expect(read[1]).toEqual({
    is: 'paragraph',
    spans: [
      { text: 'You are ', style: 'plain' },
      { text: 'Poland', style: 'strong' },
      { text: '.', style: 'plain' },
    ],
  });
  expect(read[2]).toMatchObject({ items: [[{ text: 'Go.' }], [{ text: 'Stay.' }]] });
});

it('keeps markup in the text as text', () => {
  expect(blocks('<img src=x onerror=alert(1)>')).toEqual([
    { is: 'paragraph', spans: [{ text: '<img src=x onerror=alert(1)>', style: 'plain' }] },
  ]);
});
