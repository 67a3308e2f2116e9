import { describe, expect, it } from 'vitest';

import { bracketed } from './brackets';

describe('a paragraph with alternatives', () => {
  it('says once what all wordings share', () => {
    const two = bracketed([
      'We will be able to invite Ukraine once allies agree.',
      'We will be able to invite Ukraine today.',
    ]);
    expect(two.before).toBe('We will be able to invite Ukraine');
    expect(two.middles).toEqual(['once allies agree.', 'today.']);
    expect(two.after).toBe('');
  });

  it('repeats a word or two rather than cutting a sentence to pieces', () => {
    const two = bracketed(['We stand by it.', 'We invite Ukraine today.']);
    expect(two.before).toBe('');
    expect(two.middles).toEqual(['We stand by it.', 'We invite Ukraine today.']);
  });

  it('leaves nothing of a wording that says nothing', () => {
    expect(bracketed(['', 'A fund is set up.']).middles).toEqual(['', 'A fund is set up.']);
  });
});
