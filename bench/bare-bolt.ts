// The limit of the Slack side: Bolt's own receiver, acknowledging an interaction and doing nothing else.
// `node bench/bare-bolt.ts PORT SIGNING_SECRET`.

import { App, HTTPReceiver, LogLevel } from '@slack/bolt';

const [port, signingSecret = ''] = process.argv.slice(2);
const receiver = new HTTPReceiver({
  signingSecret,
  endpoints: ['/slack/events'],
  processBeforeResponse: true,
  logLevel: LogLevel.ERROR,
  customRoutes: [{ path: '/', method: 'GET', handler: (_request, response) => void response.end('up') }],
});
const app = new App({
  receiver,
  processBeforeResponse: true,
  logLevel: LogLevel.ERROR,
  authorize: async () => ({ botToken: 'xoxb-bench', botId: 'B0BENCH', botUserId: 'U0BENCH' }),
});
app.action('acknowledge', async ({ ack }) => ack());
await receiver.start(Number(port));
