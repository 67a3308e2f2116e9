import { describe, expect, it } from 'vitest';

import { differences } from './differences';

const told = (before: string, after: string) =>
  differences(before, after)
    .map(({ kind, words }) => ({ same: words, gone: `−${words}−`, new: `+${words}+` })[kind])
    .join(' ');

describe('what one wording changes of another', () => {
  it('marks the words that go and those that come', () => {
    expect(told('Allies will invite Ukraine when they agree.', 'Allies will invite Ukraine today.')).toBe(
      'Allies will invite Ukraine −when they agree.− +today.+',
    );
  });

  it('does not cut a change to pieces for the sake of a word they share', () => {
    expect(
      told(
        'We will set up a fund of the willing and report on it each year.',
        'We will set up a fund paid from the common budget and report on it each year.',
      ),
    ).toBe('We will set up a fund −of the willing− +paid from the common budget+ and report on it each year.');
    expect(told('one two three a and b seven eight nine', 'one two three c and d seven eight nine')).toBe(
      'one two three −a and b− +c and d+ seven eight nine',
    );
  });

  it('tells sentences apart as a whole when they share next to nothing', () => {
    expect(told('Allies decide on it.', 'A review will be held each year by the Council.')).toBe(
      '−Allies decide on it.− +A review will be held each year by the Council.+',
    );
  });

  it('knows silence from words', () => {
    expect(told('', 'A fund is set up.')).toBe('+A fund is set up.+');
    expect(told('A fund is set up.', '')).toBe('−A fund is set up.−');
    expect(told('', '')).toBe('');
    expect(told('The same.', 'The same.')).toBe('The same.');
  });
});
