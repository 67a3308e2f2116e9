/**
 * A part of the page that lies in a file of its own. Some browsers remember that a file could not be had and refuse it
 * for as long as the page lives, though the line is back: then it is asked for under another address.
 */
export async function part<Module>(load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (fault) {
    const address = addressIn(fault);
    if (!address) throw fault;
    return (await import(/* @vite-ignore */ `${address}?again=${Date.now()}`)) as Module;
  }
}

/** The script that did not come, as browsers name it in their words; undefined where they do not, or for a style sheet. */
export function addressIn(fault: unknown): string | undefined {
  return /https?:\/\/\S+\.js\b/.exec(String(fault))?.[0];
}
