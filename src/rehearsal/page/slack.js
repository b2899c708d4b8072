// Draws the local Slack: the counselors' channel, direct messages, and texts to staff phones.

import { drawBlock } from './blocks.js';
import { find, formatDayTime, formatTime, make, post, scrollToEnd, syncList } from './dom.js';
import { drawMrkdwn } from './mrkdwn.js';

/** Draws everything that staff see. `complain` shows words to the person at the page. */
export function drawSlack(state, complain) {
  drawPressAs(state);
  find('#channel-name').textContent = state.channel.name;
  const zone = state.clock.timeZone;
  const nameOf = (id) => state.staff.find((member) => member.id === id)?.name ?? id;
  const pressAs = () => find('#press-as').value;
  const channel = find('#channel-messages');
  if (drawMessages(channel, state.channel, { zone, nameOf, complain, pressAs })) scrollToEnd(channel);
  find('#channel-empty').hidden = state.channel.messages.length > 0;

  const directs = state.directs.filter((direct) => direct.messages.length > 0);
  const frames = directs.map(({ id, name, userId }) => ({ id, name, userId }));
  syncList(find('#directs'), frames, (direct) => direct.id, drawDirect);
  directs.forEach((direct, index) => {
    const list = find('.slack-messages', find('#directs').children[index]);
    drawMessages(list, direct, { zone, nameOf, complain, pressAs: () => direct.userId });
  });
  find('#directs-empty').hidden = directs.length > 0;
  const count = directs.reduce((sum, direct) => sum + direct.messages.length, 0);
  find('#directs-count').hidden = count === 0;
  find('#directs-count').textContent = String(count);

  syncList(
    find('#staff-texts'),
    state.staffTexts,
    (text) => text.id,
    (text) => drawStaffText(text, zone),
  );
  find('#staff-empty').hidden = state.staffTexts.length > 0;
}

/** Lets the two tabs be chosen by mouse and by arrow keys. */
export function startTabs() {
  const tabs = [find('#tab-channel'), find('#tab-directs')];
  const choose = (chosen) => {
    for (const tab of tabs) {
      tab.setAttribute('aria-selected', String(tab === chosen));
      tab.tabIndex = tab === chosen ? 0 : -1;
      find(`#${tab.getAttribute('aria-controls')}`).hidden = tab !== chosen;
    }
  };
  tabs.forEach((tab, index) => {
    tab.addEventListener('click', () => choose(tab));
    tab.addEventListener('keydown', (event) => {
      if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
      const other = tabs[1 - index];
      choose(other);
      other.focus();
    });
  });
}

function drawPressAs(state) {
  const counselors = state.staff.filter((member) => member.role === 'counselor');
  syncList(
    find('#press-as'),
    counselors,
    (member) => member.id,
    (member) => make('option', { value: member.id, textContent: member.name }),
  );
}

function drawMessages(list, { id, messages }, { zone, nameOf, complain, pressAs }) {
  list.tabIndex = -1;
  return syncList(
    list,
    messages,
    (message) => message.ts,
    (message) => {
      const context = {
        nameOf,
        press: async (actionId, blockId) => {
          const error = await post('press', {
            channel: id,
            ts: message.ts,
            action_id: actionId,
            block_id: blockId,
            user: pressAs(),
          });
          if (error !== null) complain(`The button: ${error}`);
          // The message may have been drawn anew, without the button that had the focus.
          if (document.activeElement === document.body) list.focus();
        },
      };
      return drawMessage(message, zone, context);
    },
  );
}

function drawMessage(message, zone, context) {
  const body =
    message.blocks.length > 0
      ? message.blocks.map((block) => drawBlock(block, context))
      : [make('div', { className: 'block-section' }, drawMrkdwn(message.text, context))];
  const edited =
    message.editedAt === null
      ? null
      : make('span', { className: 'edited', textContent: `edited ${formatTime(message.editedAt, zone)}` });
  return make(
    'article',
    {
      className: `slack-message ${message.threadTs !== null && message.threadTs !== message.ts ? 'in-thread' : ''}`,
      data: { testid: 'slack-message' },
    },
    [
      message.isFromApp
        ? make('img', { className: 'avatar', src: '/icon.svg', alt: '' })
        : make('span', {
            className: 'avatar',
            textContent: message.name.slice(0, 1),
            attributes: { 'aria-hidden': 'true' },
          }),
      make('div', { className: 'slack-body' }, [
        make('p', { className: 'slack-head' }, [
          make('strong', { textContent: message.name }),
          message.isFromApp ? make('span', { className: 'app-tag', textContent: 'App' }) : null,
          make('time', { textContent: formatDayTime(message.at, zone) }),
          edited,
        ]),
        ...body,
      ]),
    ],
  );
}

function drawDirect({ name }) {
  return make('section', { className: 'direct', attributes: { 'aria-label': `Direct messages to ${name}` } }, [
    make('h3', { textContent: name }),
    make('div', { className: 'slack-messages', attributes: { role: 'log', 'aria-label': `Messages to ${name}` } }),
  ]);
}

function drawStaffText(text, zone) {
  const status = text.errorCode === null ? text.status : `${text.status} (${text.errorCode})`;
  return make('div', { className: 'staff-text' }, [
    make('p', { className: 'staff-to' }, [
      make('strong', { textContent: text.name ?? text.to }),
      make('span', {
        textContent: `${text.name === null ? '' : `${text.to} · `}${formatDayTime(text.at, zone)} · ${status}`,
      }),
    ]),
    make('p', { className: 'bubble', textContent: text.body }),
  ]);
}
