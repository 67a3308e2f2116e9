// @vitest-environment jsdom
import { expect, it, vi } from 'vitest';

it('begins when the page is there, even if its scripts came first', async () => {
  vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('no server here'));
  const reading = vi.spyOn(document, 'readyState', 'get').mockReturnValue('loading');
  await import('./main');
  await vi.dynamicImportSettled();

  document.body.innerHTML = '<div id="app"></div>';
  reading.mockReturnValue('interactive');
  document.dispatchEvent(new Event('DOMContentLoaded'));
  await vi.waitFor(() => expect(document.querySelector('#app h1')).toBeTruthy());
});
