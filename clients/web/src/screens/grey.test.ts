// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import Stage from '../dev/Stage.svelte';
import { type Fixture, fixtures } from '../dev/fixtures';
import type { RefusalView, View } from '../protocol/generated';
import type { Sheet } from '../store/desk.svelte';

beforeAll(() => {
  // jsdom knows neither modal dialogs nor popovers, and lays nothing out
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
  HTMLElement.prototype.scrollIntoView = () => undefined;
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
});

beforeEach(() => {
  vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('no server here'));
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

/** Draws a fixture with a change to its view. */
function draw(fixture: string, change: (view: View) => void, sheet: Sheet | null = null) {
  const copy = structuredClone(fixtures[fixture] as Fixture);
  change(copy.view);
  fixtures.drawn = copy;
  try {
    return render(Stage, { fixture: 'drawn', sheet });
  } finally {
    delete fixtures.drawn;
  }
}

const refusal = (code: string, params: RefusalView['params'] = {}): RefusalView => ({ code, params, rule: '' });

function ownLine({ private: half }: View): RefusalView {
  const line = half.brief?.red_lines[0];
  return refusal('strict.own_red_line', { lines: [line?.id ?? ''] });
}

const dialog = () => within(screen.getByRole('dialog'));
const reasonOf = (button: HTMLElement) =>
  document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent.trim();

describe('in a strict game', () => {
  it('a position that says yes across an own line is grey before it is chosen', () => {
    draw(
      'table',
      (view) => {
        view.private.can.drafts.d1!['state_position:consent'] = ownLine(view);
      },
      { is: 'position', draft: 'd1' },
    );
    for (const [name, grey] of [
      [/^supports|We support it/, true],
      [/We can accept it/, true],
      [/We have a concern/, false],
      [/We would object/, false],
    ] as const) {
      const radio = dialog().getByRole('radio', { name });
      expect(radio).toHaveProperty('disabled', grey);
      if (grey) expect(radio.closest('label')?.textContent).toContain('does not let you cross your own red lines');
    }
  });

  it('nobody associates across an own line; the other rungs stay', () => {
    draw('silence', (view) => (view.private.can.acts['take_rung:associate'] = ownLine(view)));
    const ladder = within(screen.getByRole('list', { name: 'What you can do' }));
    const associate = ladder.getByRole('button', { name: 'Associate' });
    expect(associate.getAttribute('aria-disabled')).toBe('true');
    expect(reasonOf(associate)).toMatch(/^This game does not let you cross your own red lines: ./);
    expect(ladder.getByRole('button', { name: 'Write a statement' }).getAttribute('aria-disabled')).toBeNull();
  });
});

describe('one reason for a whole ladder', () => {
  it('is told once, in sight', () => {
    draw('silence', ({ private: half }) => {
      for (const act of ['take_rung', 'take_rung:associate', 'break_silence']) {
        half.can.acts[act] = refusal('seat.adviser');
      }
    });
    expect(screen.getByText(/^You advise this delegation\./)).toBeTruthy();
    const ladder = within(screen.getByRole('list', { name: 'What you can do' }));
    for (const button of ladder.getAllByRole('button')) {
      expect(button.getAttribute('aria-disabled')).toBe('true');
      expect(reasonOf(button)).toMatch(/^You advise this delegation\./);
    }
  });

  it('stands over the grey ladder of those who have no vote', () => {
    draw('silence', ({ private: half }) => {
      half.you.seat = 'SWE';
      for (const act of ['take_rung', 'take_rung:associate', 'break_silence']) {
        half.can.acts[act] = refusal('seat.no_vote', { seat: 'SWE' });
      }
    });
    expect(screen.getByText(/^Sweden has no part in this/)).toBeTruthy();
    const ladder = within(screen.getByRole('list', { name: 'What you can do' }));
    expect(ladder.getByRole('button', { name: 'Break silence …' }).getAttribute('aria-disabled')).toBe('true');
    expect(ladder.queryByText('your choice now')).toBeNull();
  });
});

describe('a reason for which there is no room', () => {
  const propose = () => screen.getByRole('button', { name: 'Propose a change' });
  const shown = () => propose().closest('.act')?.classList.contains('open');

  beforeEach(() => {
    draw('table', ({ private: half }) => (half.can.drafts.d1!.propose_amendment = refusal('game.paused')));
  });

  it('shows when the button is tapped, and goes when something else is', async () => {
    expect(shown()).toBe(false);
    await fireEvent.click(propose());
    expect(shown()).toBe(true);
    await fireEvent.pointerDown(document.body);
    expect(shown()).toBe(false);
  });

  it('shows while the mouse is on it, and goes with Escape', async () => {
    const act = propose().closest('.act') as HTMLElement;
    await fireEvent.pointerEnter(act, { pointerType: 'mouse' });
    expect(shown()).toBe(true);
    const escape = await fireEvent.keyDown(document.body, { key: 'Escape' });
    expect(escape).toBe(false); // nothing else hears of it
    expect(shown()).toBe(false);
  });
});

describe('what waits for the head', () => {
  it('is not prepared a second time', () => {
    const [waiting] = (fixtures.delegate as Fixture).view.private.pending;
    expect(waiting?.command).toMatchObject({ type: 'break_silence' });
    const { draft, revision } = waiting!.command as { draft: string; revision: number };
    draw('delegate', ({ public: half, private: own }) => {
      const { silence } = (fixtures.silence as Fixture).view.public;
      half.silence = { ...silence!, draft, revision };
      own.can.acts.break_silence = null;
      own.can.acts.take_rung = null;
    });
    const breaking = screen.getByRole('button', { name: 'Break silence …' });
    expect(breaking.getAttribute('aria-disabled')).toBe('true');
    expect(reasonOf(breaking)).toBe('Prepared. It waits for Anna to sign.');
    expect(screen.getByRole('button', { name: 'Associate' }).getAttribute('aria-disabled')).toBeNull();
  });
});

describe('a straw poll', () => {
  const running = ({ public: half, private: own }: View) => {
    half.poll = { id: 'p1', draft: 'd1', revision: 1, closes_at: half.clock.phase_ends_at ?? 0 };
    own.can.acts.answer_poll = null;
    own.can.acts['answer_poll:consent'] = null;
  };
  const closed = ({ public: half }: View) => {
    half.polls = [{ id: 'p1', draft: 'd1', revision: 1, answers: { HUN: 'concern', DEU: 'support', UKR: 'support' } }];
  };

  it('asks once, and then shows everybody that it runs and what they answered', () => {
    draw('table', running);
    expect(screen.getByText(/The chair asks where you stand on Draft A/)).toBeTruthy();
    expect(screen.queryByRole('region', { name: 'Straw poll' })).toBeNull();
    cleanup();
    draw('table', (view) => (running(view), (view.private.answer = 'can_accept')));
    const strip = within(screen.getByRole('region', { name: 'Straw poll' }));
    expect(strip.getByText(/A straw poll on Draft A is running/)).toBeTruthy();
    expect(strip.getByText('can accept')).toBeTruthy();
    expect(strip.getByRole('button', { name: 'Change it' })).toBeTruthy();
    cleanup();
    draw('table', (view) => {
      running(view);
      view.private.you.seat = 'SG';
      view.private.can.acts.answer_poll = refusal('seat.no_vote', { seat: 'SG' });
    });
    const chairs = within(screen.getByRole('region', { name: 'Straw poll' }));
    expect(chairs.queryByRole('button')).toBeNull();
  });

  it('says what the text is worth to us, and which answers our lines forbid', () => {
    draw('table', (view) => (running(view), (view.private.can.acts['answer_poll:consent'] = ownLine(view))), {
      is: 'poll',
    });
    expect(dialog().getByText('For us:')).toBeTruthy();
    expect(dialog().getByRole('button', { name: 'We support it' }).getAttribute('aria-disabled')).toBe('true');
    expect(dialog().getByRole('button', { name: 'We have a concern' }).getAttribute('aria-disabled')).toBeNull();
  });

  it('shows all answers once it is closed, those who gave none, and Ukraine apart', () => {
    draw('table', closed, { is: 'poll' });
    const answers = screen.getByRole('region', { name: 'Straw poll on Draft A, revision 1' });
    const [allies, others] = within(answers).getAllByRole('list');
    const lines = within(allies!)
      .getAllByRole('listitem')
      .map((line) => line.textContent.replace(/\s+/g, ' ').trim());
    expect(lines).toEqual([
      'supports 1 Germany',
      'has a concern 1 Hungary',
      'has not said 4 France Poland Türkiye United States',
    ]);
    expect(others?.textContent).toMatch(/Ukraine\s+supports/);
  });

  it('is opened from the draft it was about', async () => {
    draw('table', closed);
    await fireEvent.click(screen.getByRole('button', { name: 'Straw poll, revision 1' }));
    expect(screen.getByRole('dialog', { name: 'Straw poll' })).toBeTruthy();
  });

  it('stands in the record with the allies’ answers', () => {
    draw(
      'table',
      (view) => {
        closed(view);
        view.public.record.push({
          at: 1,
          by: null,
          member: null,
          stand_in: false,
          undone: false,
          type: 'poll_closed',
          event: { poll: 'p1', answers: {} },
        });
      },
      { is: 'record' },
    );
    expect(
      dialog().getByText(
        /Of the allies 1 supports it, 0 can accept it, 1 has a concern, 0 would object, 4 did not say/,
      ),
    ).toBeTruthy();
  });
});

describe('the form of a promise', () => {
  it('asks for a wording, and offers no part of the meeting in which nothing falls due', async () => {
    draw('trade', () => undefined, { is: 'promise', to: 'HUN' });
    await screen.findByRole('radio', { name: 'Not to object to a text' });
    await fireEvent.click(dialog().getByRole('radio', { name: 'Not to object to a text' }));
    const send = dialog().getByRole('button', { name: 'Promise it' });
    expect(send).toHaveProperty('disabled', true);
    expect(reasonOf(send)).toBe('Add at least one paragraph, and what it has to say.');
    await fireEvent.click(dialog().getByRole('button', { name: 'Add a paragraph' }));
    expect(send).toHaveProperty('disabled', false);
    const until = within(dialog().getByLabelText('Until when?'));
    const titles = until.getAllByRole('option').map((option) => option.textContent);
    expect(titles.join()).not.toMatch(/aftermath|debrief/i);
    expect(titles.length).toBeGreaterThan(2);
  });

  it('greys what only allies can keep', async () => {
    draw(
      'trade',
      ({ private: half }) => {
        const kind = 'will_cosponsor';
        half.can.acts[`make_promise:${kind}`] = refusal('promise.not_yours_to_keep', { kind });
      },
      { is: 'promise', to: 'HUN' },
    );
    const backing = await screen.findByRole('radio', { name: /^To stand behind a text/ });
    expect(backing).toHaveProperty('disabled', true);
    expect(backing.closest('label')?.textContent).toContain('Only the allies who decide can promise that.');
  });
});

describe('a text that was handed to the chair', () => {
  it('opens where it can be changed, and is not on the table before', () => {
    draw('table', (view) => (view.private.you.seat = 'SG'), { is: 'table_draft', handed: { target_date: 'none' } });
    expect(dialog().getByRole('radio', { name: 'what was handed to you' })).toHaveProperty('checked', true);
    expect(dialog().getByRole('button', { name: 'Put it on the table' })).toBeTruthy();
  });
});

describe('signing a commitment', () => {
  it('greys a form that is signed already', async () => {
    const sheet = (fixtures.trade as Fixture).view.public.scenario.complements[0];
    draw(
      'trade',
      ({ public: half }) => {
        for (const one of half.complements[sheet?.id ?? '']?.sheets ?? []) one.signers = ['POL'];
      },
      { is: 'complement', complement: sheet?.id ?? '' },
    );
    expect(await screen.findByText('You have signed that already.')).toBeTruthy();
    for (const button of dialog().getAllByRole('button').slice(1)) expect(button).toHaveProperty('disabled', true);
  });
});
