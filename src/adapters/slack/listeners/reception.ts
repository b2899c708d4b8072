// What every listener is given: the doors of the house, the client that draws views, and the background in which they
// are drawn, so that nobody's press waits for Slack.

import type { WebClient } from '@slack/web-api';
import type { Background } from '../background.ts';
import type { SlackDoors } from '../doors.ts';

export interface Reception {
  readonly doors: SlackDoors;
  readonly client: WebClient;
  readonly background: Background;
}
