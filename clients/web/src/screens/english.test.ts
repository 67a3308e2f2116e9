// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';

import NewGame from './NewGame.svelte';
import Replay from './Replay.svelte';
import Stage from '../dev/Stage.svelte';
import { type Fixture, fixtures } from '../dev/fixtures';
import { withoutLayout } from '../dev/layout';
import { api } from '../net/api';
import type { MessageView, View } from '../protocol/generated';
import type { Sheet, Tab } from '../store/desk.svelte';
import { fetchTranslation } from '../store/translation.svelte';
import { speak } from '../texts/language.svelte';

/** Stands before every word that is the scenario's or a bot's, and before no other. */
const SIGN = '※';

/** Every dialog, and a fixture in which there is something in it. */
const SHEETS: { [Is in Sheet['is']]: [fixture: string, params: Omit<Extract<Sheet, { is: Is }>, 'is'>] } = {
  brief: ['head', {}],
  notes: ['head', {}],
  preferences: ['table', {}],
  welcome: ['table', {}],
  tour: ['table', {}],
  paragraph: ['table', { issue: 'target_date' }],
  read: ['chair', { draft: 'd2' }],
  revisions: ['chair', { draft: 'd2' }],
  propose: ['table', { draft: 'd1', changes: { trigger: 'after_review' } }],
  table_draft: ['table', {}],
  position: ['table', { draft: 'd1' }],
  amendments: ['chair', {}],
  drafts: ['chair', {}],
  compare: ['chair', { drafts: ['d1', 'd2'] }],
  poll: ['chair', {}],
  open_poll: ['table', { draft: 'd1' }],
  open_silence: ['chair', { draft: 'd2' }],
  rung: ['silence', { rung: 'footnote' }],
  break: ['silence', {}],
  new_room: ['table', {}],
  run: ['facilitator', {}],
  announce: ['facilitator', {}],
  share: ['table', {}],
  record: ['silence', {}],
  offer: ['trade', { deals: ['sd_grain'], counterTo: null }],
  promise: ['trade', { to: 'DEU' }],
  complement: ['trade', { complement: 'tra_language' }],
  delegation: ['head', {}],
  drivers: ['table', { draft: 'd1' }],
  fold: ['chair', {}],
  communique: ['outcome', {}],
  plan: ['facilitator', {}],
  rewind: ['facilitator', {}],
  after: ['debrief', {}],
  leave: ['table', {}],
};

const SCREENS: [
  name: string,
  props: { fixture: string; tab?: Tab; nation?: string; room?: string; arriving?: boolean; beside?: string },
][] = [
  ...Object.keys(fixtures).map((fixture) => [fixture, { fixture }] as [string, { fixture: string }]),
  ...['table', 'trade', 'silence', 'head'].map(
    (fixture) => [`${fixture}, for us`, { fixture, tab: 'us' }] as [string, { fixture: string; tab: Tab }],
  ),
  ['whoever comes late', { fixture: 'table', arriving: true }],
  ['a nation', { fixture: 'table', nation: 'HUN' }],
  ['a nation one trades with', { fixture: 'trade', nation: 'DEU' }],
  ['the facilitator looking at a nation', { fixture: 'facilitator', nation: 'POL' }],
  ['a room of two', { fixture: 'table', room: 'DEU+POL' }],
  ['trade', { fixture: 'trade', beside: 'Absprachen' }],
  ['trade, for the facilitator', { fixture: 'facilitator', beside: 'Absprachen' }],
  ['news', { fixture: 'head', beside: 'Meldungen' }],
];

// What a scenario says that the catalogues translate by its English, and what only looks like words.
const TRANSLATED = /\.(seats|agenda|readers|signers|game)\b|\.section$|\.id$/;

/** The fixture with the sign before every word that is not the page's. */
function signed(name: string): Fixture {
  const { view, texts, ...rest } = fixtures[name] as Fixture;
  const bots = new Set(wordsOfBots(view));
  const written = new Set(Object.keys(texts));
  return {
    ...rest,
    view: walked(view, (value, path) => (written.has(value) || TRANSLATED.test(path) ? value : sign(value))),
    texts: Object.fromEntries(
      Object.entries(texts).map(([id, text]) => [id, text && bots.has(id) ? sign(text) : text]),
    ),
    ...(rest.appraisal ? { appraisal: walked(rest.appraisal, (value) => sign(value)) } : {}),
  };
}

/** Words have a capital or stand beside others; ids are neither. */
function sign(value: string): string {
  if (!/^[\p{Lu}"“].*\p{Ll}|\p{L}.*\s/u.test(value)) return value;
  return value.replace(/[\p{L}\p{N}][\p{L}\p{N}'’.-]*/gu, (word) => SIGN + word);
}

function walked<T>(value: T, change: (value: string, path: string) => string, path = ''): T {
  if (typeof value === 'string') return change(value, path) as T;
  if (Array.isArray(value)) return value.map((one) => walked(one as unknown, change, path)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, walked(one as unknown, change, `${path}.${key}`)]),
  ) as T;
}

function wordsOfBots({ public: half, private: own }: View): string[] {
  const played = (seat: string | null) => seat !== null && half.seats[seat]?.player === 'bot';
  const rooms = [...Object.values(half.rooms), ...Object.values(own.rooms)];
  const messages = rooms.flatMap((room): MessageView[] => room.messages);
  return [
    ...[...half.record, ...own.record].flatMap((one) => (one.stand_in ? Object.values(one.event).map(String) : [])),
    ...messages.filter((one) => played(one.seat) && one.member === null).map((one) => one.text),
    ...Object.values(own.trade?.offers ?? {})
      .filter((one) => played(one.by))
      .map((one) => one.note ?? ''),
    ...Object.values(own.trade?.promises ?? {})
      .filter((one) => played(one.by))
      .map((one) => one.text ?? ''),
  ];
}

/** What has no title is called by its id, and ids are English. */
let ids: ReadonlySet<string> = new Set();

function keysOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return [...Object.keys(value).flatMap((key) => key.split('.')), ...Object.values(value).flatMap(keysOf)];
}

/** Words in the document whose language is told wrongly, with the element they stand in. */
function mistaken(): string[] {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found: string[] = [];
  while (walker.nextNode()) {
    const { data, parentElement: around } = walker.currentNode as Text;
    if (!around || !/\p{L}/u.test(data) || around.closest(NOT_SHOWN)) continue;
    const told = around.closest('[lang]')?.getAttribute('lang') === 'en';
    const element = around.outerHTML.replace(/<!---->/g, '').slice(0, 300);
    if (data.includes(SIGN) && !told && !isMixed(around)) found.push(`not said to be English: ${element}`);
    if (!data.includes(SIGN) && told && !ids.has(bare(data))) found.push(`said to be English: ${element}`);
  }
  return found;
}

/** Live regions are heard word by word as they come; a language is called by its own name. */
const NOT_SHOWN = 'style, [role=log], [aria-pressed][lang], select:has(> [value=auto]) *';

/** An option of a list holds text and no elements: a sentence in it cannot be taken apart. */
function isMixed(element: Element): boolean {
  return element instanceof HTMLOptionElement && element.text.includes('\u2066');
}

function bare(words: string): string {
  return words.trim().toLowerCase().replaceAll(' ', '_');
}

const unsigned = { ...fixtures };
beforeAll(async () => {
  withoutLayout();
  await speak('de');
  ids = new Set(keysOf(Object.values(unsigned).map(({ view }) => view)).map(bare));
  for (const name of Object.keys(unsigned)) fixtures[name] = signed(name);
});
afterAll(async () => {
  Object.assign(fixtures, unsigned);
  await speak('en');
});
beforeEach(() => {
  vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('no server here'));
  const { appraisal, now } = fixtures.table as Fixture;
  if (appraisal) vi.spyOn(api, 'appraise').mockResolvedValue(appraisal);
  vi.spyOn(api, 'logMoments').mockResolvedValue([{ seq: 7, at: now, type: 'phase_began', phase: 'council_1' }]);
});
afterEach(() => {
  cleanup();
  localStorage.clear();
  vi.restoreAllMocks();
});

/** Everything that is fetched has come. */
async function settled() {
  await vi.dynamicImportSettled();
  await tick();
}

it.each(SCREENS)(
  'says of no word on the screen that it is in another language: %s',
  async (_, { beside, ...props }) => {
    render(Stage, props);
    await settled();
    if (beside) await fireEvent.click(screen.getByRole('tab', { name: new RegExp(`^${beside}`) }));
    await settled();
    expect(mistaken()).toEqual([]);
  },
);

it('nor on the screens that no fixture draws', async () => {
  const { scenario } = (fixtures.table as Fixture).view.public;
  const casts = [{ id: 'quick', title: sign('Eight nations'), seats: ['POL'], voting: 1 }];
  const { slug, title, summary } = scenario;
  vi.spyOn(api, 'scenarios').mockResolvedValue(
    [slug, 'other'].map((one) => ({ slug: one, title, summary, casts, clock_minutes: {}, clock_days: {} })),
  );
  render(NewGame, { kind: 'open' });
  await screen.findByText(casts[0]?.title ?? '');
  expect(mistaken()).toEqual([]);
  cleanup();

  const { view, texts } = fixtures.table as Fixture;
  const record = view.public.record.map((entry, n) => ({ n, at: entry.at, undone: false, entry }));
  vi.spyOn(api, 'moments').mockResolvedValue(record);
  vi.spyOn(api, 'replay').mockResolvedValue({ at: 0, moments: record.length, view, texts });
  vi.spyOn(api, 'annotations').mockResolvedValue({ annotations: [], texts: {} });
  render(Replay, { game: 'fixture' });
  await screen.findByRole('slider');
  expect(mistaken()).toEqual([]);
});

it('knows every screen', () => {
  const drawn = ['Table', 'Lobby', 'Outcome', 'Projector', 'Welcome', 'NewGame', 'Replay'];
  const withoutScenario = ['Game', 'Join', 'Start', 'Trouble'];
  const all = Object.keys(import.meta.glob('./*.svelte')).map((path) => path.replace(/^\.\/|\.svelte$/g, ''));
  expect([...drawn, ...withoutScenario].sort()).toEqual(all.sort());
});

it.each(Object.keys(SHEETS) as Sheet['is'][])('nor in the dialog: %s', async (is) => {
  const [fixture, params] = SHEETS[is];
  render(Stage, { fixture, sheet: { is, ...params } as Sheet, bare: is !== 'tour' });
  const dialog = await screen.findByRole('dialog');
  await settled();
  expect(mistaken()).toEqual([]);
  const english = [...dialog.querySelectorAll('[lang=en]')].some((one) => one.textContent.includes(SIGN));
  expect(within(dialog).queryAllByText('auf Englisch')).toHaveLength(english ? 1 : 0);
});

it('says it once for a text, however many paragraphs it has', () => {
  render(Stage, { fixture: 'table' });
  expect(within(screen.getByRole('region', { name: 'Der Text' })).getAllByText('auf Englisch')).toHaveLength(1);
});

it('says nothing of a text that somebody has translated', async () => {
  const fixture = structuredClone(fixtures.table as Fixture);
  const { scenario } = fixture.view.public;
  scenario.slug = 'translated';
  const found = Object.fromEntries(
    scenario.issues.flatMap(({ id, title, options }) => [
      [`issues.${id}.title`, title],
      ...options.filter((one) => one.text).map((one) => [`issues.${id}.options.${one.id}.text`, one.text]),
    ]),
  ) as Record<string, string>;
  vi.spyOn(api, 'translation').mockResolvedValue(
    Object.fromEntries(Object.entries(found).map(([place, of]) => [place, { of, says: of.replaceAll(SIGN, 'ü') }])),
  );
  await fetchTranslation('translated', 'de');
  fixtures.drawn = fixture;
  render(Stage, { fixture: 'drawn' });
  delete fixtures.drawn;
  const text = screen.getByRole('region', { name: 'Der Text' });
  expect(
    within(text)
      .getByText(/üAllies üwill üreview/)
      .closest('[lang]')
      ?.getAttribute('lang'),
  ).toBe('de');
  expect(within(text).queryByText('auf Englisch')).toBeNull();
  expect(mistaken()).toEqual([]);
});
