// What trouble there is in the local Slack, and how far it reaches.

import type { Uses } from '../wire/rule.ts';

/** What goes wrong. "Accepted" means that the call was carried out although the caller cannot know. */
export type SlackFault =
  | { readonly kind: '429'; readonly retryAfterSeconds: number }
  | { readonly kind: '500' }
  | { readonly kind: '500_accepted' }
  | { readonly kind: 'hang_before_accept' }
  | { readonly kind: 'reset_before_accept' }
  | { readonly kind: 'accept_then_hang' }
  | { readonly kind: 'accept_then_reset' }
  | { readonly kind: 'error'; readonly error: string };

/** A fault with its reach: a method (`chat.postMessage`), a channel, both or neither; so many times or always. */
export interface SlackRule {
  readonly fault: SlackFault;
  readonly times: Uses;
  readonly method?: string;
  readonly channel?: string;
}
