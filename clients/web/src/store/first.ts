/**
 * The first minute: who has been welcomed in which seat, whether this browser has seen the look around, and the game
 * that somebody plays alone.
 */

import { api, faultOf } from '../net/api';
import { keep, kept, thisBrowser, thisTab } from '../net/keep';
import { keyFor, sessionIn } from '../net/session';
import { rememberLinks } from './sharing';
import type { Table } from './table.svelte';
import { t } from '../texts';

const welcomedKey = (table: Table): string => keyFor('welcomed', table.game, table.view ? sessionIn(table.view) : '');
const TOURED = 'summit.toured';

/** Whether this person has read who they are here. */
export function welcomed(table: Table): boolean {
  return kept(thisBrowser, welcomedKey(table), false);
}

export function markWelcomed(table: Table): void {
  keep(thisBrowser, welcomedKey(table), true);
}

/** Whether somebody in this browser took the look around, or did not want it. It can be called back from the menu. */
export function toured(): boolean {
  return kept(thisBrowser, TOURED, false);
}

export function markToured(): void {
  keep(thisBrowser, TOURED, true);
}

// --- alone

/** A brief whose steps lead through everything, in the scenario that is made for it. */
const FIRST_STEPS = { scenario: 'first-steps', cast: 'table', kind: 'open', clock_minutes: 10 } as const;
const SEAT = 'ISL';

const aloneKey = (game: string): string => `summit.alone.${game}`;

/** Sets a table and sits this person down, asking nothing. Gives the game. Raises ApiFault. */
export async function sitDownAlone(): Promise<string> {
  const created = await api.createGame(FIRST_STEPS);
  rememberLinks(created);
  await api.sitDown(created.game, SEAT, kept(thisBrowser, 'summit.name', '') || t('start.alone_name'));
  keep(thisTab, aloneKey(created.game), 'begins' satisfies Alone);
  return created.game;
}

/**
 * How far whoever plays alone in this tab has come. `begins`: the meeting is to be opened as soon as the table is there;
 * `looks`: they read who they are, or look round, and the clock stands still meanwhile, for they keep nobody waiting.
 */
export type Alone = 'begins' | 'looks' | 'plays';

export function alone(game: string): Alone | null {
  return kept<Alone | null>(thisTab, aloneKey(game), null);
}

/** Stops the clock, where it runs. */
export async function lookRound(table: Table): Promise<void> {
  keep(thisTab, aloneKey(table.game), 'looks' satisfies Alone);
  if (table.can('pause_game') === null) await table.act({ type: 'pause_game' });
}

/** Lets the clock run again, where it stands. */
export async function playOn(table: Table): Promise<void> {
  keep(thisTab, aloneKey(table.game), 'plays' satisfies Alone);
  if (table.can('resume_game') === null) await table.act({ type: 'resume_game' });
}

/** The steps a brief leads through, if it does: its numbered lines. */
export function stepsIn(markdown: string): string {
  return markdown
    .split('\n')
    .filter((line) => /^\d+\. /.test(line))
    .join('\n');
}

/** Why that did not work, as the key of a text. */
export function whyNotAlone(fault: unknown): string {
  const { code, status } = faultOf(fault);
  return status === 404 || status === 422 ? 'start.alone_missing' : `trouble.${code}`;
}
