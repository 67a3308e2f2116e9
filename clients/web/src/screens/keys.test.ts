// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import Stage from '../dev/Stage.svelte';
import { withoutLayout } from '../dev/layout';
import { letterOf } from '../store/keys';
import { preferences } from '../store/preferences.svelte';
import { t } from '../texts';

beforeAll(withoutLayout);
beforeEach(() => {
  vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('no server here'));
  preferences.keys = true;
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const BRIEF = () => ({ name: t('brief.title') });
const NOTES = () => ({ name: t('notes.title') });
const B = { key: 'b', code: 'KeyB' };

it.each([
  ['English', 'b', 'KeyB', 'b'],
  ['English with Shift', 'N', 'KeyN', 'n'],
  ['Ukrainian', 'и', 'KeyB', 'b'],
  ['Ukrainian', 'т', 'KeyN', 'n'],
  ['Greek', 'β', 'KeyB', 'b'],
  ['Dvorak, where N is typed', 'b', 'KeyN', 'b'],
  ['Dvorak, where B is typed', 'x', 'KeyB', 'x'],
  ['any', 'Enter', 'Enter', 'enter'],
])('reads the key of a keyboard: %s, %s', (_, key, code, letter) => {
  expect(letterOf({ key, code })).toBe(letter);
});

describe('one key', () => {
  it('opens the brief and the notes at the table, at the outcome and in the lobby', async () => {
    for (const fixture of ['table', 'outcome', 'lobby']) {
      render(Stage, { fixture });
      await fireEvent.keyDown(document.body, { key: 'и', code: 'KeyB' });
      expect(screen.queryByRole('dialog', BRIEF()), fixture).toBeTruthy();
      cleanup();
    }
    render(Stage, { fixture: 'table' });
    await fireEvent.keyDown(document.body, { key: 'т', code: 'KeyN' });
    expect(screen.getByRole('dialog', NOTES())).toBeTruthy();
  });

  it('opens the brief over a form, which is there again when the brief is closed', async () => {
    render(Stage, { fixture: 'silence', sheet: { is: 'break' } });
    const reason = screen.getByRole('textbox', { name: t('break.reason') });
    await fireEvent.input(reason, { target: { value: 'Minority rights.' } });
    await fireEvent.keyDown(screen.getByRole('dialog'), B);
    const brief = screen.getByRole('dialog', BRIEF());
    (brief as HTMLDialogElement).dispatchEvent(new Event('close'));
    await vi.waitFor(() => expect(screen.queryByRole('dialog', BRIEF())).toBeNull());
    expect((screen.getByRole('textbox', { name: t('break.reason') }) as HTMLInputElement).value).toBe(
      'Minority rights.',
    );
  });

  it('is a letter where letters are typed, and with Ctrl the browser’s', async () => {
    render(Stage, { fixture: 'silence', sheet: { is: 'break' } });
    await fireEvent.keyDown(screen.getByRole('textbox', { name: t('break.reason') }), B);
    await fireEvent.keyDown(document.body, { ...B, ctrlKey: true });
    expect(screen.queryByRole('dialog', BRIEF())).toBeNull();
    await fireEvent.keyDown(screen.getAllByRole('checkbox')[0] as HTMLElement, B);
    expect(screen.getByRole('dialog', BRIEF())).toBeTruthy();
  });

  it('does nothing for those who turned it off', async () => {
    render(Stage, { fixture: 'table' });
    preferences.keys = false;
    await fireEvent.keyDown(document.body, B);
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
