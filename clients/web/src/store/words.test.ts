import { describe, expect, it } from 'vitest';

import { nearly, tooMany } from './words';

describe('what is written', () => {
  it('is counted in characters, whatever they are made of', () => {
    expect(tooMany('a'.repeat(1_200), 'take_rung.text')).toBe(200);
    expect(tooMany('🕊'.repeat(1_000), 'take_rung.text')).toBe(0);
    expect(tooMany('🕊'.repeat(1_001), 'take_rung.text')).toBe(1);
    expect(tooMany('é'.normalize('NFD').repeat(501), 'take_rung.text')).toBe(2);
  });

  it('is counted without the spaces around it, which are not sent', () => {
    expect(tooMany(`\n ${'a'.repeat(60)} \n`, 'join_seat.name')).toBe(0);
  });

  it('is counted aloud near its end only, sooner where there is more room', () => {
    expect(nearly('post_message.text')).toBe(200);
    expect(nearly('join_seat.name')).toBe(12);
    expect(tooMany('🕊'.repeat(25), 'join_seat.name')).toBe(-35);
  });
});
