// The second net that ships with the program. It is code, not content: a program may put a net of its own beside it,
// and nobody can edit this one away.

import { invariant } from '../model/invariant.ts';
import weights from './built-in-net.json' with { type: 'json' };
import { parseSecondNet, type SecondNet } from './second-net.ts';

let known: SecondNet | null = null;

/** Where a program's own net stands in its content. */
export const OWN_NET = 'safety/second-net.json';

/** The nets a screen runs: the one that ships, and the program's own beside it when there is one. */
export function netsWith(own: SecondNet | null): readonly SecondNet[] {
  return own === null ? [builtInNet()] : [builtInNet(), own];
}

/** The net that ships, unpacked once. */
export function builtInNet(): SecondNet {
  if (known !== null) return known;
  const parsed = parseSecondNet(weights);
  invariant(parsed.ok, 'the net that ships can be read');
  known = parsed.net;
  return known;
}
