// Why nothing can be texted to the person of a case, in a sentence for the team: a call is what is left.

import type { Escalation, Stores } from './ports/database.ts';

/** Null when texts can leave. What they said of their phone comes first: a text may harm them. */
export async function whyNoTexts(
  stores: Stores,
  { phoneHash, state }: Pick<Escalation, 'phoneHash' | 'state'>,
): Promise<string | null> {
  if ((await stores.consents.state(phoneHash)) === 'opted_out')
    return 'This number has opted out of texts: call, do not text.';
  const code = await stores.people.phoneProblem(phoneHash);
  if (code !== null) return `Texts do not reach this number (${code}): call.`;
  return state.textSafety === 'not_safe'
    ? 'They said that it is not safe to text: somebody else may read or answer this phone.'
    : null;
}
