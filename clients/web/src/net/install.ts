/** Brings the service worker (build/worker.js) up, when the page has nothing better to do. */

const WORKER = '/sw.js';

type Policy = { createScriptURL(address: string): string };
type Policies = { createPolicy(name: string, rules: Policy): Policy };

/** The content policy asks for a policy of this name before a script may be registered (server/protection.py). */
function workerAddress(): string {
  const { trustedTypes } = window as { trustedTypes?: Policies };
  if (!trustedTypes) return WORKER;
  return trustedTypes.createPolicy('summit-worker', { createScriptURL: () => WORKER }).createScriptURL(WORKER);
}

/** A browser that has no workers, or plain HTTP, costs the second visit its speed and nothing else. */
export function install(): void {
  if (!('serviceWorker' in navigator)) return;
  const register = (): void => void navigator.serviceWorker.register(workerAddress()).catch(() => undefined);
  const whenIdle = (): void => void setTimeout(register, 1_500);
  if (document.readyState === 'complete') whenIdle();
  else addEventListener('load', whenIdle, { once: true });
}
