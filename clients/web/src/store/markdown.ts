/**
 * The small part of Markdown that briefs are written in, as data: headings, paragraphs, lists, strong and emphasis.
 * Everything else stays the text it is. Nothing here or after it makes HTML out of a string.
 */

export type Span = { text: string; style: 'plain' | 'strong' | 'emphasis' };
export type Block =
  | { is: 'heading'; level: number; spans: Span[] }
  | { is: 'paragraph'; spans: Span[] }
  | { is: 'list'; items: Span[][] };

export function blocks(markdown: string): Block[] {
  const found: Block[] = [];
  for (const line of withoutComments(markdown).split('\n')) {
    const text = line.trim();
    const heading = /^(#{1,4})\s+(.*)$/.exec(text);
    const item = /^[-*]\s+(.*)$/.exec(text);
    const last = found.at(-1);
    if (heading) found.push({ is: 'heading', level: (heading[1] ?? '').length, spans: spans(heading[2] ?? '') });
    else if (item && last?.is === 'list') last.items.push(spans(item[1] ?? ''));
    else if (item) found.push({ is: 'list', items: [spans(item[1] ?? '')] });
    else if (text) found.push({ is: 'paragraph', spans: spans(text) });
  }
  return found;
}

function withoutComments(markdown: string): string {
  return markdown.replace(/<!--[\s\S]*?-->/g, '');
}

function spans(text: string): Span[] {
  return text
    .split(/(\*\*[^*]+\*\*|\*[^*\s][^*]*\*|_[^_\s][^_]*_)/)
    .filter(Boolean)
    .map((piece) => {
      if (piece.startsWith('**') && piece.length > 4) return { text: piece.slice(2, -2), style: 'strong' };
      if (/^([*_]).+\1$/.test(piece) && piece.length > 2) return { text: piece.slice(1, -1), style: 'emphasis' };
      return { text: piece, style: 'plain' };
    });
}
