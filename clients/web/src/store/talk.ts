/** What was said, as it is read: who spoke, what can be searched, where a day or something new begins. */

import type { MessageView } from '../protocol/generated';
import { memberName } from './seats';
import type { Table } from './table.svelte';
import type { Writer } from './typing.svelte';

/** A nation, the press under its name, or the facilitator. */
export function speakerOf(table: Table, { seat, member }: Pick<MessageView, 'seat' | 'member'>): string {
  const press = seat === null && member ? table.pub.press[member] : undefined;
  return press ? table.text(press.name) : table.seatName(seat);
}

/** A bot or a deputy speaks, in the language of the scenario. A facilitator in a seat's place has no name either. */
export function byStandIn(table: Table, { seat, member }: Pick<MessageView, 'seat' | 'member'>): boolean {
  return seat !== null && member === null && table.pub.seats[seat]?.player !== 'facilitator';
}

/** Inside the own delegation one knows each other by name. */
export function writerName(table: Table, writer: Writer): string {
  const own = writer.seat !== null && writer.seat === table.me;
  return (own && memberName(table, writer.member)) || speakerOf(table, writer);
}

/** Said in one breath with what stands before it: the name is not said again. */
export function followsOn(message: MessageView, before: MessageView | undefined): boolean {
  return (
    before !== undefined &&
    before.seat === message.seat &&
    before.member === message.member &&
    message.at - before.at < 120_000
  );
}

export function sameDay(one: number, other: number): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}

/** A message that was found, with its words around the first hit. */
export type Found = { room: string; message: MessageView; before: string; hit: string; after: string };

/** A room and what can be read of it. */
export type Said = { room: string; messages: readonly MessageView[] };

const FOUND_AT_MOST = 60;
const BEFORE_HIT = 40;

/** What was looked through already, by the id of the text: letters are taken apart once, not at every key. */
export type Folds = Map<string, Folded & { of: string }>;

/** Everything said in these rooms that has every word of the question in it, newest first. */
export function searchTalk(table: Table, rooms: readonly Said[], question: string, folds: Folds = new Map()): Found[] {
  const words = fold(question).text.split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  return rooms
    .flatMap(({ room, messages }) => messages.map((message) => ({ room, message })))
    .sort((one, other) => other.message.at - one.message.at)
    .flatMap(({ room, message }) => {
      const said = table.text(message.text);
      const folded = foldedOnce(folds, message.text, said);
      const speaker = speakerOf(table, message);
      const all = `${folded.text} ${foldedOnce(folds, speaker, speaker).text}`;
      if (!words.every((word) => all.includes(word))) return [];
      return [{ room, message, ...around(said, folded, words) }];
    })
    .slice(0, FOUND_AT_MOST);
}

type Folded = { text: string; place: number[] };

/** A text that comes later, or is erased, is taken apart anew. */
function foldedOnce(folds: Folds, id: string, text: string): Folded {
  const known = folds.get(id);
  if (known?.of === text) return known;
  const folded = { ...fold(text), of: text };
  folds.set(id, folded);
  return folded;
}

/** Without case and accents; `place` leads back to the text as it was written. */
function fold(text: string): Folded {
  let folded = '';
  const place: number[] = [];
  for (let at = 0; at < text.length; at++) {
    for (const char of text.charAt(at).normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()) {
      for (let unit = 0; unit < char.length; unit++) place.push(at);
      folded += char;
    }
  }
  return { text: folded, place };
}

function around(said: string, { text, place }: Folded, words: readonly string[]): Omit<Found, 'room' | 'message'> {
  const hits = words.map((word) => ({ at: text.indexOf(word), word })).filter((hit) => hit.at >= 0);
  const first = hits.sort((one, other) => one.at - other.at)[0];
  if (!first) return { before: said.slice(0, 4 * BEFORE_HIT), hit: '', after: '' };
  const start = place[first.at] ?? 0;
  const end = (place[first.at + first.word.length - 1] ?? start) + 1;
  const from = start > BEFORE_HIT ? said.lastIndexOf(' ', start - BEFORE_HIT / 2) + 1 : 0;
  return {
    before: (from > 0 ? '… ' : '') + said.slice(from, start),
    hit: said.slice(start, end),
    after: said.slice(end, end + 3 * BEFORE_HIT),
  };
}
