// `/icehouse WORDS`: answered in the acknowledgement itself, so that only the one who typed it sees the answer.

import type { App } from '@slack/bolt';
import { renderCommandAnswer } from '../views/command.ts';
import type { Reception } from './reception.ts';

const COMMAND = '/icehouse';
const ANY = /^/;

export function listenForCommands(app: App, { doors }: Reception): void {
  app.command(ANY, async ({ ack, command }) => {
    if (command.command !== COMMAND) {
      doors.log.warn('slack_command_unknown');
      return ack('Icehouse does not know this command.');
    }
    const { user_id: slackUserId, text = '', trigger_id: actKey } = command;
    const answer = await doors.answerCommand({ slackUserId, text, actKey });
    await ack({ response_type: 'ephemeral', ...renderCommandAnswer(answer) });
  });
}
