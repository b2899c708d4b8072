// The vendors for a measurement, as fast as they can be: every call is taken at once, or, on hold, never answered, so that
// the relay stands still. Slack's modals are always taken. One process of its own: `node bench/stand-in.ts PORT take|hold`;
// `/take` and `/hold` change it while it runs; `/record` says when each send came, on the machine's monotonic clock.

import { createServer } from 'node:http';

const [port, startMode] = process.argv.slice(2);
let isHolding = startMode === 'hold';
let calls = 0;
/** The id that a send was given, the microsecond in which it was complete, and the number that a text goes to. */
let record: { readonly id: string; readonly at: number; readonly to: string | null }[] = [];

createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const path = request.url ?? '/';
    if (path === '/calls') return void response.end(String(calls));
    if (path === '/record') {
      response.end(JSON.stringify(record));
      record = [];
      return;
    }
    if (path === '/take' || path === '/hold') {
      isHolding = path === '/hold';
      return void response.end(path);
    }
    const slackMethod = /^\/api\/([a-zA-Z.]+)/.exec(path)?.[1];
    if (slackMethod !== undefined) {
      if (isHolding && slackMethod.startsWith('chat.')) return;
      const given = slackAnswer(slackMethod);
      if (slackMethod === 'chat.postMessage') note(String(given['ts']), null);
      return void answer(response, 200, given);
    }
    if (request.method !== 'POST') return void answer(response, 200, { messages: [] });
    calls += 1;
    if (isHolding) return;
    const sid = `SM${String(calls).padStart(32, '0')}`;
    note(sid, new URLSearchParams(Buffer.concat(chunks).toString()).get('To'));
    answer(response, 201, { sid, status: 'accepted' });
  });
}).listen(Number(port), '127.0.0.1');

function note(id: string, to: string | null): void {
  record.push({ id, at: Number(process.hrtime.bigint() / 1_000n), to });
}

function slackAnswer(method: string): Record<string, unknown> {
  if (method === 'auth.test') return { ok: true, bot_id: 'B0BENCH', user_id: 'U0BENCH', team_id: 'T0BENCH' };
  if (method === 'conversations.info')
    return { ok: true, channel: { id: 'C0BENCH', is_private: true, is_member: true } };
  if (method === 'conversations.open') return { ok: true, channel: { id: 'D0BENCH' } };
  if (method === 'conversations.members') return { ok: true, members: [] };
  calls += 1;
  if (method.startsWith('views.')) return { ok: true, view: { id: `V${calls}`, hash: String(calls) } };
  return { ok: true, channel: 'C0BENCH', ts: `1700000000.${String(calls).padStart(6, '0')}` };
}

function answer(response: import('node:http').ServerResponse, status: number, body: Record<string, unknown>): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}
