// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import Stage from '../dev/Stage.svelte';
import { type Fixture, fixtures } from '../dev/fixtures';
import { withoutLayout } from '../dev/layout';
import type { View } from '../protocol/generated';

beforeAll(withoutLayout);

beforeEach(() => {
  vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('no server here'));
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

/** A fixture with a change to its view. */
function changed(fixture: string, change: (view: View) => void): Fixture {
  const copy = structuredClone(fixtures[fixture] as Fixture);
  change(copy.view);
  return copy;
}

describe('the table', () => {
  it('shows the text on the floor with its brackets, and who stands where', () => {
    render(Stage, { fixture: 'table' });
    const text = screen.getByRole('region', { name: 'The text' });
    expect(within(text).getByRole('heading', { name: /Draft A/ })).toBeTruthy();
    expect(within(text).getByText(/Allies will review/)).toBeTruthy();
    expect(screen.getByRole('button', { name: /^Hungary, Draft A: would object/ })).toBeTruthy();
  });

  it('says the one thing that is expected of me', () => {
    render(Stage, { fixture: 'table' });
    expect(screen.getByText(/Say where you stand on Draft A, revision 1/)).toBeTruthy();
    expect(screen.getAllByRole('button', { name: 'State position' }).length).toBeGreaterThan(0);
  });

  it('says who can read before one writes', () => {
    render(Stage, { fixture: 'table', room: 'DEU+POL' });
    expect(screen.getByText('Who can read this: Germany and Poland. Nobody else.')).toBeTruthy();
    expect(screen.getByText('Let me ask at home.')).toBeTruthy();
  });

  it('marks what a stand-in says as English, and leaves people’s words alone', () => {
    render(Stage, { fixture: 'table' });
    expect(screen.getByText(/We have put a text on the table/).getAttribute('lang')).toBe('en');
    expect(screen.getByText(/It goes as far as Berlin can go/).getAttribute('lang')).toBeNull();
  });

  it('takes a sign for a paragraph as it stands once a message refers to as much as it may', () => {
    const about = fixtures.table?.view.public.scenario.issues.slice(0, 8).map((issue) => `issue:${issue.id}`);
    localStorage.setItem('summit.typed.fixture.m-anna.POL.about:plenary', JSON.stringify(about));
    render(Stage, { fixture: 'table' });
    localStorage.clear();
    const typed = (): boolean =>
      screen
        .getByRole('textbox', { name: 'Write' })
        .dispatchEvent(new InputEvent('beforeinput', { data: '#', bubbles: true, cancelable: true }));
    expect(screen.getByRole('combobox', { name: 'Refer to …' })).toHaveProperty('disabled', true);
    expect(typed()).toBe(true);
    cleanup();
    render(Stage, { fixture: 'table' });
    expect(typed()).toBe(false);
  });

  it('seats the full cast', () => {
    render(Stage, { fixture: 'full' });
    const ring = screen.getByRole('list', { name: '35 seats' });
    expect(within(ring).getAllByRole('listitem')).toHaveLength(35);
  });
});

describe('whoever has no seat to take', () => {
  const without = (kind: 'press' | 'spectator'): void => {
    fixtures.lobby = changed('lobby', ({ private: half }) => {
      half.you = { kind, seat: null, member: kind === 'press' ? 'p-1' : null, role: null, host: false, signs: false };
      half.brief = null;
      half.can.acts = kind === 'press' ? { post_message: { code: 'press.no_name', params: {}, rule: '' } } : {};
    });
  };
  const before = fixtures.lobby as Fixture;
  afterEach(() => void (fixtures.lobby = before));

  it('is not asked to sit down, and the press says under which name it reports', () => {
    without('press');
    render(Stage, { fixture: 'lobby' });
    expect(screen.getByText(/You report on this meeting/)).toBeTruthy();
    expect(screen.queryByText(/Choose a seat/)).toBeNull();
    expect(screen.getByRole('button', { name: /^France/ })).toHaveProperty('disabled', true);
    expect(screen.getByLabelText('Your paper or your name')).toBeTruthy();
  });

  it('watches', () => {
    without('spectator');
    render(Stage, { fixture: 'lobby' });
    expect(screen.getByText(/You watch this meeting/)).toBeTruthy();
    expect(screen.getByText(/The meeting opens when/)).toBeTruthy();
  });
});

describe('under silence', () => {
  it('shows the countdown, the text alone and the ladder', () => {
    render(Stage, { fixture: 'silence' });
    expect(screen.getByRole('timer').textContent).toMatch(/^\d:\d\d$/);
    const ladder = screen.getByRole('list', { name: 'What you can do' });
    expect(within(ladder).getAllByRole('listitem')).toHaveLength(5);
    expect(within(ladder).getByText('your choice now')).toBeTruthy();
  });

  it('asks for issues, a reason and what would lift it before silence can be broken', () => {
    render(Stage, { fixture: 'silence', sheet: { is: 'break' } });
    const dialog = screen.getByRole('dialog');
    expect(within(dialog).getByRole('group', { name: 'What do you object to?' })).toBeTruthy();
    expect(within(dialog).getByLabelText('Why?')).toBeTruthy();
    expect(within(dialog).getByRole('button', { name: 'Break silence' })).toHaveProperty('disabled', true);
  });
});

/** The silence of the fixture on a text that crosses a line of ours, over two paragraphs. */
function across({ private: half }: View) {
  half.us!.drafts.d1!.crosses = [{ line: half.brief!.red_lines[0]!.id, issues: ['trigger', 'target_date'] }];
  half.stakes = { breaking: 0, consenting: 15, promises: [], deals: [] };
}

describe('a text under silence that crosses a line of ours', () => {
  beforeEach(() => (fixtures.across = changed('silence', across)));
  afterEach(() => delete fixtures.across);

  it('marks the paragraphs, points at them, and says beside the ladder what consent costs', async () => {
    render(Stage, { fixture: 'across' });
    const text = screen.getByRole('region', { name: 'Under silence' });
    expect(
      within(text)
        .getAllByText('your red line')
        .map((one) => one.closest('li')?.dataset.issue),
    ).toEqual(['trigger']); // the date is not spoken of: it has no words to mark
    expect(within(text).getByText(/Your capital takes 15 points off your result for that/)).toBeTruthy();
    const ours = within(text).getByRole('complementary', { name: 'For us' });
    expect(within(ours).getAllByRole('button', { name: /^Show the sentence that crosses it/ })).toHaveLength(2);
    await fireEvent.click(within(ours).getByRole('button', { name: /A date$/ }));
    expect(await screen.findByRole('dialog')).toBeTruthy(); // its sheet opens instead
  });
});

describe('the last text under silence', () => {
  it('is what "for us" is about, whatever one looked at before', () => {
    render(Stage, { fixture: 'fallback', tab: 'us' });
    expect(screen.getByRole('heading', { name: 'The last text, for us' })).toBeTruthy();
  });

  it('says that to break it ends the summit, and what else the break costs', () => {
    render(Stage, { fixture: 'fallback', sheet: { is: 'break' } });
    expect(screen.getByText('The summit ends without a text, now, and everybody knows by whom.')).toBeTruthy();
    const costs = within(screen.getByRole('dialog')).getByRole('region', { name: 'What it costs' });
    expect(within(costs).getByText('The summit ends at once, without a text. There is no other try.')).toBeTruthy();
    expect(within(costs).queryByText(/comes back with other words/)).toBeNull();
    expect(within(costs).getByText('You break a promise to Germany.')).toBeTruthy();
    expect(within(costs).getByText(/^Your capital takes 10 points off your result/)).toBeTruthy();
  });
});

describe('after a silence', () => {
  beforeEach(() => {
    fixtures.after = changed('fallback', ({ public: half }) => {
      half.silence = half.clock.fallback = null;
      half.floor.basis = 'd1';
      half.objections.o1!.lifted = true;
      half.positions = {};
    });
  });
  afterEach(() => delete fixtures.after);

  it('keeps how each ended, why, and what was put on record', () => {
    render(Stage, { fixture: 'after' });
    const past = screen.getByText('Under silence 2 times before').closest('details')!;
    expect(within(past).getByText(/^Revision 1: broken at .* by Hungary/)).toBeTruthy();
    expect(within(past).getByText('Budapest asks for an hour.')).toBeTruthy();
    expect(within(past).getAllByText('Türkiye recalls that common funds are for allies.')).toHaveLength(2);
  });

  it('says over the text why the last one was called off, as long as the words are the same', () => {
    fixtures.after!.view.public.silences.pop();
    render(Stage, { fixture: 'after' });
    const notice = screen.getByText(/^Silence on this text was called off at/);
    expect(within(notice).getByText('Budapest asks for an hour.')).toBeTruthy();
    cleanup();
    fixtures.after!.view.public.drafts.d1!.revision = 2;
    render(Stage, { fixture: 'after' });
    expect(screen.queryByText(/^Silence on this text was called off at/)).toBeNull();
  });

  it('says of an objection that what it waited for has happened, and counts it no more', () => {
    render(Stage, { fixture: 'after' });
    const text = screen.getByRole('region', { name: 'The text' });
    expect(within(text).getByText(/What it waited for has happened/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^Hungary, would object/ })).toBeNull();
  });
});

describe('who has no vote', () => {
  beforeEach(() => {
    fixtures.apart = changed('table', ({ public: half }) => {
      half.positions.d1!.UKR = { ...half.positions.d1!.TUR!, issues: ['path'] };
    });
    fixtures.observer = changed('table', ({ private: half }) => (half.you.seat = 'SWE'));
  });
  afterEach(() => ['apart', 'observer'].forEach((one) => delete fixtures[one]));

  it('stands apart from the allies', () => {
    render(Stage, { fixture: 'apart' });
    expect(screen.getByRole('button', { name: /^Ukraine, Draft A: has a concern, has no vote/ })).toBeTruthy();
    const apart = within(screen.getByRole('region', { name: 'The text' })).getByRole('list', {
      name: 'Without a vote',
    });
    expect(within(apart).getByText('Ukraine')).toBeTruthy();
  });

  it('is not told that it would break silence', () => {
    render(Stage, { fixture: 'observer', sheet: { is: 'position', draft: 'd1' } });
    expect(screen.queryByText(/you would break it/)).toBeNull();
    expect(screen.getByText(/^You have no vote/)).toBeTruthy();
  });
});

describe('the outcome', () => {
  it('tells what was adopted, the six considerations and my own result', () => {
    render(Stage, { fixture: 'outcome' });
    expect(screen.getByRole('heading', { name: 'Six considerations' })).toBeTruthy();
    expect(screen.getByRole('heading', { name: 'What Poland brings home' })).toBeTruthy();
    expect(screen.getByText('Multilateral')).toBeTruthy();
  });
});

describe('the briefing', () => {
  it('shows the brief where the text will stand', () => {
    fixtures.briefing = changed('table', ({ public: half }) => {
      half.clock.phase = 'briefing';
      half.drafts = {};
      half.amendments = {};
      half.floor = { basis: null, named_by_chair: false, paragraphs: [] };
    });
    render(Stage, { fixture: 'briefing' });
    const text = screen.getByRole('region', { name: 'The text' });
    expect(within(text).getByRole('heading', { name: 'Your brief' })).toBeTruthy();
    expect(screen.getByText(/Read your brief/)).toBeTruthy();
  });
});

describe('running an exercise', () => {
  beforeEach(() => {
    fixtures.seeing = changed('table', ({ public: common, private: half }) => {
      common.game.kind = 'exercise';
      half.you = { kind: 'facilitator', seat: null, member: null, role: null, host: false, signs: false };
      const crosses = [{ line: 'some_line', issues: ['path'] }];
      const theirs = {
        reservation: 41,
        drafts: { d1: { revision: 1, points: 37, before: null, crosses } },
        result: null,
      };
      half.table = { seats: { HUN: theirs } };
      Object.assign(half, { us: null, brief: null });
      Object.assign(half.can.acts, { set_policy: null, remove_member: null, post_message: null });
    });
  });

  it('shows what a draft is worth to a delegation, and whose lines it crosses', () => {
    render(Stage, { fixture: 'seeing', nation: 'HUN' });
    const panel = screen.getByRole('region', { name: 'Hungary' });
    expect(within(panel).getByRole('img', { name: /Worth 37 of 100/ })).toBeTruthy();
    expect(within(panel).getByText('One line, over ¶1 The way in')).toBeTruthy();
    expect(screen.getByText('By its red lines one ally would object today:')).toBeTruthy();
  });

  it('asks once before somebody loses a seat', async () => {
    render(Stage, { fixture: 'seeing', nation: 'POL' });
    await fireEvent.click(screen.getByRole('button', { name: 'Ask Anna to leave the seat' }));
    expect(within(screen.getByRole('alertdialog')).getByText(/Anna loses the seat of Poland at once/)).toBeTruthy();
  });

  it('announces to everybody, or to one delegation', () => {
    render(Stage, { fixture: 'seeing', sheet: { is: 'announce' } });
    const dialog = screen.getByRole('dialog');
    expect(within(dialog).getByRole('option', { name: 'Everybody, as a dispatch' })).toBeTruthy();
    expect(within(dialog).getByRole('option', { name: 'Poland alone' })).toBeTruthy();
    expect(within(dialog).getByRole('button', { name: 'Send it' })).toHaveProperty('disabled', true);
  });

  it('lets a delegate do none of this', () => {
    render(Stage, { fixture: 'table', nation: 'HUN' });
    expect(screen.queryByText('What the drafts are worth to them')).toBeNull();
    expect(screen.queryByText(/would object today/)).toBeNull();
  });
});

it.each(Object.keys(fixtures))('draws %s without a word missing from the catalogue', (fixture) => {
  const { container } = render(Stage, { fixture });
  expect(container.textContent).not.toMatch(/\b(undefined|NaN|\[object)/);
  expect(container.textContent).not.toMatch(/\b(now|text|us|talk|room|draft|silence|outcome)\.[a-z_]+\b/);
});

describe('trade', () => {
  it('shows offers that wait, the own deals, promises each way and commitments', async () => {
    render(Stage, { fixture: 'trade' });
    await fireEvent.click(screen.getByRole('tab', { name: /^Trade/ }));
    const trade = await screen.findByRole('tabpanel', { name: 'Trade' });
    expect(await within(trade).findByRole('article', { name: 'United States offers' })).toBeTruthy();
    expect(within(trade).getByRole('button', { name: 'Sign' })).toBeTruthy();
    expect(within(trade).getByText('Paris will be with you on the date.')).toBeTruthy();
    expect(within(trade).getByText(/Core group|A core group/)).toBeTruthy();
  });

  it('adds up what a bundle is worth and whom it asks', async () => {
    render(Stage, { fixture: 'trade', sheet: { is: 'offer', deals: ['sd_grain'], counterTo: null } });
    expect(await screen.findByText(/Asks for the signature of Hungary, Ukraine, and European Union/)).toBeTruthy();
  });
});

describe('a delegation whose head signs', () => {
  it('tells the head what waits, with its reasons', async () => {
    render(Stage, { fixture: 'head', sheet: { is: 'delegation' } });
    expect(screen.getByText(/2 acts of your delegation wait for your signature/)).toBeTruthy();
    expect(await screen.findByText('Break silence: A date')).toBeTruthy();
    expect(screen.getAllByRole('button', { name: 'Sign it' })).toHaveLength(2);
  });

  it('tells the delegate before they write that the head has to sign', () => {
    render(Stage, { fixture: 'delegate', sheet: { is: 'break' } });
    expect(within(screen.getByRole('dialog')).getByText(/Your head of delegation has to sign this/)).toBeTruthy();
  });

  it('marks in the brief what the capital has changed', () => {
    render(Stage, { fixture: 'head', sheet: { is: 'brief' } });
    expect(screen.getByText(/Your instructions have changed since the meeting began/)).toBeTruthy();
  });
});

it('lets a facilitator direct the news', async () => {
  render(Stage, { fixture: 'facilitator', sheet: { is: 'plan' } });
  expect((await screen.findAllByText('Hold it back')).length).toBeGreaterThan(0);
  expect(screen.getAllByText('Let it come').length).toBeGreaterThan(0);
});

describe('the wall', () => {
  /** The wall after something that everybody in the hall must hear. */
  function after(event: Record<string, unknown>, change: (view: View) => void = () => undefined): string {
    const wall = changed('projector', (view) => {
      const entry = { at: 1_689_059_100_000, member: null, stand_in: false, undone: false };
      const { type, by, ...rest } = event;
      view.public.record.push({ ...entry, type: String(type), by: by as string, event: rest });
      change(view);
    });
    fixtures.wall = { ...wall, texts: { ...wall.texts, why: 'A review is a date by another name.' } };
    const { container } = render(Stage, { fixture: 'wall' });
    delete fixtures.wall;
    return container.textContent ?? '';
  }

  it('tells who broke silence, over what, and why they say so', () => {
    const said = after({ type: 'silence_broken', by: 'HUN', draft: 'd1', issues: ['reform'], reason: 'why' });
    expect(said).toContain('Hungary breaks silence: Reform.');
    expect(said).toContain('“A review is a date by another name.”');
  });

  it('shows what was adopted without brackets', () => {
    const before = after({ type: 'draft_tabled', by: 'FRA', draft: 'd1' });
    expect(before).toContain('[');
    cleanup();
    const said = after({ type: 'silence_held', by: null, draft: 'd1' }, ({ public: pub }) => {
      const { revision, package: text } = pub.drafts.d1 as View['public']['drafts'][string];
      const communique = { preamble: '', paragraphs: [], statements: [], footnotes: [], associated: [] };
      pub.adopted = { draft: 'd1', revision, package: text, at: 0, fallback: false, rungs: {}, communique } as never;
    });
    expect(said).toContain('Adopted: Draft A, revision 1');
    expect(said).not.toContain('[');
  });

  it('says what a straw poll showed', () => {
    const answers = { FRA: 'support', DEU: 'can_accept', HUN: 'would_object', UKR: 'support' } as const;
    const said = after({ type: 'poll_closed', by: null, poll: 'p1' }, ({ public: pub }) => {
      pub.polls = [{ id: 'p1', draft: 'd1', revision: 1, answers }];
    });
    // Ukraine has no vote and is counted apart
    expect(said).toContain('Of the allies 1 supports it, 1 can accept it, 0 have a concern, 1 would object');
  });
});

it('what was agreed inside is typed in one place, so that it cannot go out twice', async () => {
  render(Stage, { fixture: 'delegate', tab: 'us', sheet: { is: 'delegation' } });
  await screen.findByRole('heading', { name: 'Who is here' }, { timeout: 5_000 });
  expect(screen.getAllByLabelText('What did you agree?')).toHaveLength(1);
});

it('tells which part of the meeting it is, of how many, and how long each lasts', () => {
  render(Stage, { fixture: 'table' });
  expect(screen.getByRole('heading', { level: 1 }).textContent.trim()).toBe('First Council session');
  expect(screen.getByText('3 of 7')).toBeTruthy();
  const agenda = screen.getByRole('heading', { name: 'The meeting', hidden: true }).parentElement as HTMLElement;
  const parts = within(agenda).getAllByRole('listitem', { hidden: true });
  expect(parts.map((part) => part.textContent.trim())).toContain("Leaders' session 12 min");
  expect(parts[2]?.getAttribute('aria-current')).toBe('step');
});
