// @vitest-environment jsdom
/** What one types or chooses is there again after a reload, gone when it was sent, and gone when one leaves. */
import { cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { flushSync } from 'svelte';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { type Fixture, fixtures } from '../dev/fixtures';
import { withoutLayout } from '../dev/layout';
import Stage from '../dev/Stage.svelte';
import { api, type ScenarioSummary } from '../net/api';
import { forgetGame, keyFor, sessionIn } from '../net/session';
import type { View } from '../protocol/generated';
import type { Beside, Sheet } from '../store/desk.svelte';
import Join from './Join.svelte';
import NewGame from './NewGame.svelte';

type Form = {
  fixture: string;
  change?: (view: View) => void;
  sheet?: Sheet;
  /** What lies open beside the text. */
  beside?: Beside;
  /** What has to be pressed to come to it. */
  press?: RegExp;
  /** By the names of their controls. */
  type?: Record<string, string>;
  tick?: (string | RegExp)[];
  choose?: Record<string, string>;
  /** What sends it, button by button; without: nothing of it is sent. */
  send?: RegExp[];
};

const REASON = 'It goes too far.';

/** Every form at the table or before it, by its file. */
const FORMS: Record<string, Form> = {
  'commands/AfterGame': {
    fixture: 'facilitator',
    sheet: { is: 'after' },
    type: { 'Your remark': REASON },
    choose: { 'Which moment?': '7' },
    send: [/^Add the remark/],
  },
  'commands/AmendmentCard': {
    fixture: 'table',
    sheet: { is: 'amendments' },
    tick: [/^4 A date/],
    send: [/^Take in one/],
  },
  'commands/Announce': {
    fixture: 'facilitator',
    sheet: { is: 'announce' },
    type: { 'Your words': REASON },
    choose: { 'To whom?': 'facilitator:HUN' },
    send: [/^Send it/],
  },
  'commands/BreakSilence': {
    fixture: 'silence',
    sheet: { is: 'break' },
    type: { 'Why?': REASON, 'What would lift your objection?': 'A date.' },
    tick: [/^2 The promise/],
    send: [/^Break silence$/],
  },
  'commands/FoldLanguage': {
    fixture: 'chair',
    sheet: { is: 'fold' },
    tick: [/^3 The invitation/],
    send: [/^Fold it in/],
  },
  'commands/MakePromise': {
    fixture: 'table',
    sheet: { is: 'promise', to: null },
    type: { 'In your words': 'We will wait.' },
    choose: { 'To whom?': 'HUN' },
    send: [/^Promise it/],
  },
  'commands/NewRoom': {
    fixture: 'table',
    sheet: { is: 'new_room' },
    tick: [/Hungary/],
    send: [/^Open the room/],
  },
  'commands/OfferDeals': {
    fixture: 'table',
    sheet: { is: 'offer', deals: [], counterTo: null },
    type: { 'A word with it, if you like': REASON },
    tick: [/^Grain/],
    send: [/^Offer it/],
  },
  'commands/OpenPoll': {
    fixture: 'chair',
    sheet: { is: 'open_poll', draft: 'd1' },
    tick: [/^30 sec/],
    send: [/^Ask the room/],
  },
  'commands/OpenSilence': {
    fixture: 'chair',
    sheet: { is: 'open_silence', draft: 'd1' },
    type: { 'For how long?': 'most' },
    send: [/^Put it under silence/],
  },
  'commands/ProposeChange': {
    fixture: 'table',
    sheet: { is: 'propose', draft: 'd1', changes: {} },
    type: { 'Say why, if you like': REASON },
    tick: [/^Take stock at the next summit/],
    send: [/^Propose it/],
  },
  'commands/Rewind': {
    fixture: 'facilitator',
    sheet: { is: 'rewind' },
    choose: { 'To which moment?': '7' },
    send: [/^Go back to it/, /^Yes, go back/],
  },
  'commands/Run': {
    fixture: 'facilitator',
    sheet: { is: 'run' },
    type: { 'Calling it off: why?': REASON },
    send: [/^Call silence off$/],
  },
  'commands/SignComplement': {
    fixture: 'table',
    sheet: { is: 'complement', complement: 'israel_model' },
    tick: [/^With a promise to fight/],
    send: [/^Sign it/],
  },
  'commands/StatePosition': {
    fixture: 'table',
    sheet: { is: 'position', draft: 'd1' },
    tick: [/We would object/],
    type: { 'Why?': REASON, 'What would change your mind? If you like.': 'A date.' },
    send: [/^State it/],
  },
  'commands/TableDraft': {
    fixture: 'table',
    sheet: { is: 'table_draft' },
    tick: [/^Take stock at the next summit/],
    send: [/^Put it on the table/],
  },
  'commands/TakeRung': {
    fixture: 'silence',
    sheet: { is: 'rung', rung: 'statement' },
    type: { 'Your words': REASON },
    send: [/^Put it on record/],
  },
  'commands/WriteInject': {
    fixture: 'facilitator',
    sheet: { is: 'plan' },
    press: /^Write news of your own/,
    type: { Headline: 'Talks', 'What the news says': REASON },
    send: [/^Put it in the plan/],
  },
  'components/Agreed': {
    fixture: 'table',
    sheet: { is: 'delegation' },
    type: { 'What did you agree?': REASON },
    send: [/^Put it on our list/],
  },
  'components/Composer': {
    fixture: 'table',
    type: { Write: REASON },
    send: [/^Send$/],
  },
  'components/Notes': { fixture: 'table', sheet: { is: 'notes' }, type: { Yours: REASON } },
  'components/Offer': {
    fixture: 'trade',
    beside: 'trade',
    press: /^Decline …/,
    type: { 'Why not? If you like; those who were to sign will read it.': REASON },
    send: [/^Decline it/],
  },
  'components/PressName': {
    fixture: 'lobby',
    change: ({ private: half }) => {
      half.you = { kind: 'press', seat: null, member: 'p-1', role: null, host: false, signs: false };
      half.brief = null;
      half.can.acts = { post_message: { code: 'press.no_name', params: {}, rule: '' } };
    },
    type: { 'Your paper or your name': 'The Daily' },
    send: [/^Report/],
  },
  'components/Roster': {
    fixture: 'lobby',
    change: ({ private: half }) => {
      half.you = { kind: 'facilitator', seat: null, member: null, role: null, host: false, signs: false };
      half.brief = null;
    },
    type: { 'The list': 'Anna, POL, head' },
    send: [/^Make a link for each/],
  },
  'screens/Lobby': {
    fixture: 'lobby',
    change: ({ private: half, public: all }) => {
      half.you = { kind: 'lobby', seat: null, member: null, role: null, host: false, signs: false };
      half.brief = null;
      Object.assign(all.seats.HUN as object, { members: [] });
    },
    press: /^Hungary/,
    type: { 'Your name, as the others will read it': 'Anna' },
    send: [/^Sit down/],
  },
};

/** What others are made of: whoever uses one of them is a form itself. */
const PARTS = ['IssuePicker', 'LiftPicker', 'MomentPicker', 'OptionList', 'RefPicker', 'WordingPicker', 'Words'];

/** What has fields, and nothing that waits in them. */
const NOTHING_WAITS: Record<string, string> = {
  'components/Colleague': 'one press, and the link is made',
  'components/Compare': 'what is looked at',
  'components/CopyLink': 'a link to be copied',
  'components/Delegation': 'takes hold at once',
  'components/Finder': 'looks for something',
  'components/LanguageChoice': 'takes hold at once',
  'components/Preferences': 'takes hold at once',
  'components/SeatCare': 'takes hold at once',
  'components/SharePanel': 'a link to be copied',
  'components/Talk': 'looks for something',
  'components/TextColumn': 'what is looked at',
  'screens/Replay': 'what is looked at',
  'screens/Start': 'hands its code on to the page that takes it',
};

/** Before there is a game to keep anything under. */
const IN_TAB = ['screens/Join', 'screens/NewGame'];

const sources = import.meta.glob<string>('../{commands,components,screens,us,map}/*.svelte', {
  eager: true,
  query: '?raw',
  import: 'default',
});

it('every form is tried here', () => {
  const uses = new RegExp(`<(?:input|textarea|select|${PARTS.join('|')})\\b`);
  const forms = Object.entries(sources)
    .filter(([, source]) => uses.test(source))
    .map(([path]) => path.replace(/^\.\.?\/|\.svelte$/g, '').replace(/^(?!\w+\/)/, 'screens/'))
    .filter((name) => !PARTS.some((part) => name === `components/${part}`));
  expect(forms.sort()).toEqual([...Object.keys(FORMS), ...Object.keys(NOTHING_WAITS), ...IN_TAB].sort());
});

it('no field cuts off what is put into it', () => {
  for (const [path, source] of Object.entries(sources)) expect(source, path).not.toMatch(/\bmaxlength\b/);
});

beforeAll(withoutLayout);
// Some forms are fetched when they are opened.
beforeAll(() => configure({ asyncUtilTimeout: 10_000 }));

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('no server here'));
  vi.spyOn(api, 'logMoments').mockResolvedValue([{ seq: 7, at: 0, type: 'draft_tabled', phase: 'council_1' }]);
  vi.spyOn(api, 'admitPress').mockResolvedValue(null);
  vi.spyOn(api, 'invite').mockResolvedValue({ invited: [] });
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

/** With everything allowed that is offered. */
function viewOf({ fixture, change }: Form): Fixture {
  const copy = structuredClone(fixtures[fixture] as Fixture);
  const { acts, ...others } = copy.view.private.can;
  for (const all of [acts, ...Object.values(others).flatMap((one) => Object.values(one as object) as object[])]) {
    for (const act of Object.keys(all)) (all as Record<string, null>)[act] = null;
  }
  change?.(copy.view);
  return copy;
}

async function open(form: Form): Promise<void> {
  const name = form.fixture === 'lobby' ? 'lobby' : 'drawn';
  const before = fixtures[name];
  fixtures[name] = viewOf(form);
  try {
    render(Stage, { fixture: name, sheet: form.sheet ?? null, beside: form.beside ?? 'talk' });
  } finally {
    if (before) fixtures[name] = before;
    else delete fixtures[name];
  }
}

/** Where the form is: in the dialog that was opened last, or on the page. */
const place = () => within(screen.queryAllByRole('dialog').at(-1) ?? document.body);

async function control<Kind extends HTMLElement>(label: string | RegExp): Promise<Kind> {
  const all = await place().findAllByLabelText<Kind>(typeof label === 'string' ? startsWith(label) : label);
  return all[0] as Kind;
}

const startsWith = (label: string): RegExp => new RegExp(`^${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);

/** What one has begun may lie open by itself. */
async function come({ press, type = {} }: Form): Promise<void> {
  if (!press) return;
  const [button] = await place().findAllByRole('button', { name: press });
  const [first = ''] = Object.keys(type);
  if (!place().queryAllByLabelText(startsWith(first)).length) await fireEvent.click(button!);
}

async function fill(form: Form): Promise<void> {
  await come(form);
  for (const name of form.tick ?? []) await fireEvent.click(await control(name));
  for (const [name, value] of Object.entries(form.choose ?? {})) {
    const select = await control<HTMLSelectElement>(name);
    await waitFor(() =>
      expect([...select.options].map((one) => one.value || one.text)).toContain(optionOf(select, value)),
    );
    select.value = optionOf(select, value);
    await fireEvent.change(select);
  }
  for (const [name, value] of Object.entries(form.type ?? {})) {
    const field = await control<HTMLInputElement>(name);
    await fireEvent.input(field, { target: { value: value === 'most' ? field.max : value } });
  }
  flushSync();
}

/** Svelte keeps what is no text beside the option, under the text that is shown. */
function optionOf(select: HTMLSelectElement, value: string): string {
  return [...select.options].find((one) => one.value === value)?.value ?? select.options[1]?.value ?? value;
}

/** How every control of the form stands. */
async function standing(form: Form): Promise<unknown[]> {
  const ticks = form.tick?.map(async (name) => (await control<HTMLInputElement>(name)).checked) ?? [];
  const fields = [...Object.keys(form.choose ?? {}), ...Object.keys(form.type ?? {})].map(
    async (name) => (await control<HTMLInputElement>(name)).value,
  );
  return Promise.all([...ticks, ...fields]);
}

async function reload(form: Form): Promise<void> {
  cleanup();
  await open(form);
  await come(form);
}

const lies = (): string[] => Object.keys(localStorage).filter((key) => key.startsWith('summit.typed.'));

describe.each(Object.entries(FORMS))('%s', (_, form) => {
  it('keeps what is typed and chosen through a reload, under the session, until one leaves', async () => {
    await open(form);
    await fill(form);
    const filled = await standing(form);
    const prefix = keyFor('typed', 'fixture', sessionIn(viewOf(form).view));
    expect(lies()).not.toEqual([]);
    for (const key of lies()) expect(key.startsWith(`${prefix}.`), key).toBe(true);

    await reload(form);
    await waitFor(async () => expect(await standing(form)).toEqual(filled));

    cleanup();
    forgetGame('fixture');
    expect(lies()).toEqual([]);
  });

  it.runIf(form.send)('keeps nothing of what was sent', async () => {
    await open(form);
    await fill(form);
    expect(lies()).not.toEqual([]);
    for (const name of form.send ?? []) await fireEvent.click(await place().findByRole('button', { name }));
    await waitFor(() => expect(lies()).toEqual([]));
  });

  const [field] = Object.entries(form.type ?? {}).find(([, value]) => value !== 'most') ?? [];
  it.runIf(field && form.send)('cuts nothing off, and says why it does not send what is too long', async () => {
    await open(form);
    await fill(form);
    const long = 'x'.repeat(50_000);
    const box = await control<HTMLInputElement>(field!);
    await fireEvent.input(box, { target: { value: long } });
    expect(box.value).toBe(long);
    expect(box.getAttribute('aria-invalid')).toBe('true');
    const said = box.getAttribute('aria-describedby')?.split(' ') ?? [];
    expect(said.map((id) => document.getElementById(id)?.textContent).join(' ')).toMatch(/\d characters too many\./);
    const button = await place().findByRole<HTMLButtonElement>('button', { name: form.send![0]! });
    expect(button.disabled || button.getAttribute('aria-disabled') === 'true').toBe(true);
    expect(screen.getByText('This is too long to be sent.', { selector: '[role=status]' })).toBeTruthy();
    // Where the button stands far from the field it says so itself.
    const why = document.getElementById(button.getAttribute('aria-describedby') ?? '');
    if (why) expect(why.textContent).toMatch(/^Shorten what stands under “.*”: [\d,]+ characters too many\.$|too long/);
    else expect(button.closest('form')).not.toBeNull();

    await fireEvent.input(box, { target: { value: '🕊'.repeat(55) } });
    expect(button.disabled || button.getAttribute('aria-disabled') === 'true').toBe(false);
  });
});

describe('before there is a game to keep it under', () => {
  const scenario = {
    ...{ slug: 'first-steps', title: 'First steps', summary: '', languages: ['en'] },
    casts: [
      { id: 'quick', title: 'Quick', voting: 3, seats: ['A', 'B', 'C'] },
      { id: 'whole', title: 'Whole', voting: 4, seats: ['A', 'B', 'C', 'D'] },
    ],
    clock_minutes: { least: 10, usual: 60, most: 120 },
    clock_days: { least: 1, usual: 3, most: 14 },
  } as unknown as ScenarioSummary;
  const CHOICES = [/^Whole/, /^1 hr 30|^90 min/, /^For beginners/, /^The head of delegation/];

  it('a new game keeps every choice in the tab until it is set up', async () => {
    vi.spyOn(api, 'scenarios').mockResolvedValue([scenario]);
    const created = vi.spyOn(api, 'createGame').mockRejectedValue(new Error('not now'));
    vi.stubGlobal('reportError', () => undefined);
    const form: Form = { fixture: '', tick: CHOICES, type: { 'A name for this table': 'Table 7' } };
    render(NewGame, { kind: 'exercise' });
    await fill(form);
    const filled = await standing(form);
    cleanup();
    render(NewGame, { kind: 'exercise' });
    expect(await standing(form)).toEqual(filled);
    await fireEvent.click(screen.getByRole('button', { name: 'Set the table' }));
    await waitFor(() => expect(created).toHaveBeenCalled());
    expect(created.mock.calls[0]?.[0]).toMatchObject({
      cast: 'whole',
      clock_minutes: 90,
      strict: true,
      name: 'Table 7',
    });
    expect(sessionStorage).toHaveLength(1);
    created.mockResolvedValue({ game: 'g', code: 'c', links: { projector: '/p', join: '/j' } });
    await fireEvent.click(screen.getByRole('button', { name: 'Set the table' }));
    await waitFor(() => expect(sessionStorage).toHaveLength(0));
    vi.unstubAllGlobals();
  });

  it('a code keeps until it has led to its game', async () => {
    vi.spyOn(api, 'gameOfCode').mockResolvedValue({ game: 'g' });
    const form: Form = { fixture: '', type: { 'Code or link': 'ABCDE-12345' } };
    render(Join);
    await fill(form);
    cleanup();
    render(Join);
    expect(await standing(form)).toEqual(['ABCDE-12345']);
    await fireEvent.click(screen.getByRole('button', { name: 'Come in' }));
    await waitFor(() => expect(Object.keys(sessionStorage)).toEqual(['summit.entrance.g']));
  });
});
