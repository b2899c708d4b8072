// The second net that ships with the program. It is code, not content: a program may put a net of its own beside it,
// and nobody can edit this one away.

import { invariant } from '../model/invariant.ts';
import weights from './built-in-net.json' with { type: 'json' };
import { parseSecondNet, type SecondNet } from './second-net.ts';

let known: SecondNet | null = null;

/** The net that ships, unpacked once. */
export function builtInNet(): SecondNet {
  if (known !== null) return known;
  const parsed = parseSecondNet(weights);
  invariant(parsed.ok, 'the net that ships can be read');
  known = parsed.net;
  return known;
}
