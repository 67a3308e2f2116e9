/** Keys whose words happen to be the same as in English. Everything else that stays English is a forgotten one. */

import type { Locale } from './locales';

export const sameInEnglish: Record<Exclude<Locale, 'en'>, readonly string[]> = {
  de: ['page.title', 'join.placeholder', 'tabs.text', 'replay.slider', 'roster.example'],
  fr: [
    'page.title',
    'minutes',
    'join.placeholder',
    'room.view_ring',
    'nation.deal_possible',
    'us.points',
    'notes.open',
    'notes.title',
    'eyes.points',
    'roster.example',
  ],
  uk: ['page.title', 'join.placeholder'],
};
