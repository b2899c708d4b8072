// Draws what is said in a channel or a direct conversation of the local Slack: messages, their threads, the words that
// only one person sees, and a line to write on.

import { drawBlock } from './blocks.js';
import { formatDayTime, formatTime, make, post, syncList } from './dom.js';
import { drawMrkdwn } from './mrkdwn.js';

/** The line of each thread: what somebody has begun to write outlives a card that is drawn anew above it. */
const lines = new Map();

/**
 * Shows messages in `list`. `talk`: { id, messages, ephemerals, canWrite }; `deps`: { me, zone, nameOf, complain }.
 * Gives true when something new was drawn.
 */
export function drawTalk(list, talk, deps) {
  list.tabIndex = -1;
  const rows = [
    ...talk.messages.map((message) => ({ ...message, me: deps.me })),
    ...talk.ephemerals.map((words) => ({ ...words, ts: `only-${words.id}`, isEphemeral: true })),
  ].sort((a, b) => a.at - b.at);
  const focused = document.activeElement;
  const shown = rows.map(({ replies, ...row }) => ({ row, replyCount: replies?.length ?? 0 }));
  const isNew = syncList(
    list,
    shown,
    ({ row }) => row.ts,
    ({ row }) => (row.isEphemeral ? drawEphemeral(row, deps) : drawRoot(row, talk, deps, list)),
  );
  let isReply = false;
  for (const [index, { replies }] of rows.entries()) {
    const thread = list.children[index]?.querySelector('.thread-replies');
    if (thread === null || thread === undefined) continue;
    const drawnNew = syncList(
      thread,
      (replies ?? []).map((reply) => ({ ...reply, me: deps.me })),
      (reply) => reply.ts,
      (reply) => drawMessage(reply, talk, deps, list),
    );
    isReply ||= drawnNew;
  }
  if (focused !== document.activeElement && list.contains(focused)) focused.focus();
  return isNew || isReply;
}

/** A line to write on, which sends on Enter. `send` gives null, or words for what is wrong. */
export function makeWritingLine({ testid, label, send, complain }) {
  const input = make('textarea', {
    rows: 1,
    maxLength: 4000,
    placeholder: label,
    data: { testid: `${testid}-input` },
    attributes: { 'aria-label': label, autocomplete: 'off' },
  });
  const button = make('button', {
    type: 'submit',
    className: 'slack-button',
    textContent: 'Send',
    data: { testid: `${testid}-send` },
  });
  const form = make('form', { className: 'slack-line' }, [input, button]);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const text = input.value;
    if (text.trim() === '') return input.focus();
    input.value = '';
    button.disabled = true;
    const error = await send(text);
    button.disabled = false;
    input.focus();
    if (error === null) return;
    input.value = text;
    complain(error);
  });
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  return form;
}

function drawRoot(message, talk, deps, list) {
  const article = drawMessage(message, talk, deps, list);
  if (message.isBroadcast) {
    const note = make('p', { className: 'broadcast-note', textContent: 'in the thread of the first card' });
    article.querySelector('.slack-body').prepend(note);
    return article;
  }
  const line = talk.canWrite ? threadLine(message, talk, deps) : null;
  const hasThread = message.replyCount > 0 || (message.isFromApp && !talk.isDirect);
  article
    .querySelector('.slack-body')
    .append(
      make('section', { className: 'thread', hidden: !hasThread, attributes: { 'aria-label': 'Thread' } }, [
        make('div', { className: 'thread-replies', attributes: { role: 'log' }, data: { testid: 'slack-thread' } }),
        line ?? '',
      ]),
    );
  return article;
}

function threadLine(message, talk, deps) {
  const key = `${deps.me} ${talk.id} ${message.ts}`;
  const line =
    lines.get(key) ??
    makeWritingLine({
      testid: 'thread',
      label: 'Reply in the thread',
      complain: deps.complain,
      send: (text) =>
        talk.isDirect
          ? post('direct', { user: deps.me, text, ts: message.ts })
          : post('thread', { user: deps.me, channel: talk.id, ts: message.ts, text }),
    });
  lines.set(key, line);
  return line;
}

function drawMessage(message, talk, deps, list) {
  const address = { user: deps.me, channel: talk.id, ts: message.ts };
  const tell = async (name, body) => {
    const error = await post(name, { ...address, ...body });
    if (error !== null) deps.complain(`The button: ${error}`);
    // The message may have been drawn anew, without the button that had the focus.
    if (document.activeElement === document.body) list.focus();
  };
  const context = {
    nameOf: deps.nameOf,
    press: (actionId, blockId) => tell('press', { action_id: actionId, block_id: blockId }),
    chosen: () => null,
    choose: (block, element, choice) =>
      tell('choose', { action_id: element.action_id, block_id: block.block_id, choice }),
  };
  const files = (message.files ?? []).map((file) => make('p', { className: 'file', textContent: `📎 ${file.name}` }));
  return make('article', { className: 'slack-message', data: { testid: 'slack-message', ts: message.ts } }, [
    avatarOf(message),
    make('div', { className: 'slack-body' }, [
      headOf(message, deps.zone),
      ...bodyOf(message, context),
      ...files,
      message.userId === deps.me ? ownTools(message, tell) : null,
    ]),
  ]);
}

function drawEphemeral(words, deps) {
  const close = make('button', { type: 'button', className: 'link-button', textContent: 'Dismiss' });
  close.addEventListener('click', () => post('dismiss', { user: deps.me, id: words.id }));
  const press = async (actionId, blockId) => {
    const place = { user: deps.me, channel: words.channel, ts: words.id };
    const error = await post('press', { ...place, action_id: actionId, block_id: blockId });
    if (error !== null) deps.complain(`The button: ${error}`);
  };
  const context = { nameOf: deps.nameOf, press, chosen: () => null, choose: () => {} };
  return make('article', { className: 'slack-message ephemeral', data: { testid: 'slack-ephemeral' } }, [
    make('img', { className: 'avatar', src: '/icon.svg', alt: '' }),
    make('div', { className: 'slack-body' }, [
      make('p', { className: 'broadcast-note' }, ['Only you see this. ', close]),
      ...bodyOf(words, context),
    ]),
  ]);
}

function bodyOf(message, context) {
  return message.blocks.length > 0
    ? message.blocks.map((block) => drawBlock(block, context))
    : [make('div', { className: 'block-section' }, drawMrkdwn(message.text, context))];
}

function headOf(message, zone) {
  return make('p', { className: 'slack-head' }, [
    make('strong', { textContent: message.name }),
    message.isFromApp ? make('span', { className: 'app-tag', textContent: 'App' }) : null,
    make('time', { textContent: formatDayTime(message.at, zone) }),
    message.editedAt === null
      ? null
      : make('span', { className: 'edited', textContent: `edited ${formatTime(message.editedAt, zone)}` }),
  ]);
}

function avatarOf(message) {
  if (message.isFromApp) return make('img', { className: 'avatar', src: '/icon.svg', alt: '' });
  const letter = message.name.slice(0, 1);
  return make('span', { className: 'avatar', textContent: letter, attributes: { 'aria-hidden': 'true' } });
}

function ownTools(message, tell) {
  const edit = make('button', { type: 'button', className: 'link-button', textContent: 'Edit' });
  edit.addEventListener('click', () => {
    const text = window.prompt('The message as it shall read:', message.text);
    if (text !== null && text.trim() !== '') tell('edit', { text });
  });
  const remove = make('button', { type: 'button', className: 'link-button', textContent: 'Delete' });
  remove.addEventListener('click', () => tell('delete', {}));
  return make('p', { className: 'own-tools' }, [edit, remove]);
}
