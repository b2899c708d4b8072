// Every event of the Events API, told apart by its type: one listener, because Bolt walks through all it has for each
// request. Bolt answers when the listener is done; what must be stored is stored by then. Other events are nothing.

import type { App } from '@slack/bolt';
import { takeMessage } from './messages.ts';
import type { Reception } from './reception.ts';
import { drawHome } from './show-view.ts';
import { takeWorkspaceEvent } from './workspace.ts';

const ANY = /^/;

export function listenForEvents(app: App, reception: Reception): void {
  const { doors } = reception;
  app.event(ANY, async ({ event }) => {
    if (event.type === 'message') return takeMessage(doors, event);
    if (event.type === 'app_home_opened') {
      if (event.tab === 'home') drawHome(reception, event.user);
      return;
    }
    await takeWorkspaceEvent(doors, event.type, event);
  });
}
