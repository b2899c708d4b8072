// One door to the views: what the app wants shown → text and blocks.

import type { StaffMessage } from '../../../app/ports/messages.ts';
import { type Rendered, renderAlert } from './alert.ts';
import { renderNotice } from './notice.ts';

export function render(message: StaffMessage): Rendered {
  return message.kind === 'alert' ? renderAlert(message) : renderNotice(message);
}
