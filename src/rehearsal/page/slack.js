// Draws the local Slack as one person of the team sees it: the channels they are in, their direct messages, their App
// Home and their open modal; beside it the texts and calls to staff phones.

import { find, formatDayTime, make, post, scrollToEnd, syncList } from './dom.js';
import { drawTalk, makeWritingLine } from './talk.js';
import { drawHome, drawModal } from './views.js';

const TABS = ['counselors', 'staff', 'directs', 'home'];
let state = null;
let complain = () => {};

/** Draws everything that staff see. `complainTo` shows words to the person at the page. */
export function drawSlack(newState, complainTo) {
  state = newState;
  complain = complainTo;
  drawWho();
  const person = me();
  for (const kind of ['counselors', 'staff']) drawChannel(kind, person);
  drawDirects(person);
  drawHome(find('#home'), person, depsOf(person));
  find('#home-empty').hidden = person.home !== null;
  drawModal(find('#modal'), person, depsOf(person));
  const calls = state.staffCalls.map((call) => ({ ...call, isCall: true }));
  const onPhones = [...state.staffTexts, ...calls].sort((a, b) => a.at - b.at);
  syncList(
    find('#staff-texts'),
    onPhones,
    (one) => one.id,
    (one) => (one.isCall ? drawStaffCall(one) : drawStaffText(one)),
  );
  find('#texts-empty').hidden = onPhones.length > 0;
}

/** Lets tabs be chosen by mouse and by arrow keys, and makes the lines to write on. */
export function startTabs() {
  const tabs = TABS.map((name) => find(`#tab-${name}`));
  tabs.forEach((tab, index) => {
    tab.addEventListener('click', () => choose(TABS[index]));
    tab.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step === undefined) return;
      const open = tabs.filter((candidate) => !candidate.hidden);
      const next = open[(open.indexOf(tab) + step + open.length) % open.length];
      next.click();
      next.focus();
    });
  });
  find('#press-as').addEventListener('change', () => {
    if (state === null) return;
    if (find(`#tab-${chosenTab()}`).hidden || me().role !== 'counselor') choose('home');
    drawSlack(state, complain);
  });
  const line = (id, label, send) =>
    find(id).append(makeWritingLine({ testid: id.slice(1), label, send, complain: (words) => complain(words) }));
  line('#counselors-line', 'Write in the channel, or /icehouse help', (text) => writeIn('counselors', text));
  line('#staff-line', 'Write in the channel, or /icehouse help', (text) => writeIn('staff', text));
  line('#directs-line', 'Write to Icehouse, or /icehouse help', (text) =>
    text.startsWith('/') ? post('command', { user: me().id, text }) : post('direct', { user: me().id, text }),
  );
}

/** Opens a tab, as a click on it does. */
function choose(name) {
  for (const other of TABS) {
    const tab = find(`#tab-${other}`);
    tab.setAttribute('aria-selected', String(other === name));
    tab.tabIndex = other === name ? 0 : -1;
    find(`#panel-${other}`).hidden = other !== name;
  }
  if (name === 'home' && state !== null) void post('home', { user: me().id });
}

function chosenTab() {
  return TABS.find((name) => find(`#tab-${name}`).getAttribute('aria-selected') === 'true') ?? 'counselors';
}

function me() {
  const id = find('#press-as').value;
  return state.people.find((person) => person.id === id) ?? state.people[0];
}

function depsOf(person) {
  const nameOf = (id) => state.staff.find((member) => member.id === id)?.name ?? id;
  return { me: person.id, zone: state.clock.timeZone, nameOf, complain, key: person.id };
}

function drawWho() {
  const members = state.people.map(({ id, name, role }) => ({ id, name, role }));
  syncList(
    find('#press-as'),
    members,
    (member) => member.id,
    (member) => make('option', { value: member.id, textContent: `${member.name}, ${member.role}` }),
  );
}

function drawChannel(kind, person) {
  const channel = state.channels.find((candidate) => candidate.kind === kind);
  const isIn = channel?.memberIds.includes(person.id) ?? false;
  find(`#tab-${kind}`).hidden = !isIn;
  if (!isIn) {
    if (chosenTab() === kind) choose('home');
    return;
  }
  find(`#${kind}-name`).textContent = channel.name;
  const list = find(`#${kind}-messages`);
  const ephemerals = person.ephemerals.filter((words) => words.channel === channel.id);
  const talk = { id: channel.id, messages: channel.messages, ephemerals, canWrite: true, isDirect: false };
  if (drawTalk(list, talk, depsOf(person))) scrollToEnd(list);
  find(`#${kind}-empty`).hidden = channel.messages.length + ephemerals.length > 0;
}

function drawDirects(person) {
  const list = find('#directs');
  const messages = person.direct?.messages ?? [];
  const ephemerals = person.ephemerals.filter((words) => !state.channels.some(({ id }) => id === words.channel));
  const talk = { id: person.direct?.id ?? '', messages, ephemerals, canWrite: true, isDirect: true };
  if (drawTalk(list, talk, depsOf(person))) scrollToEnd(list);
  find('#directs-empty').hidden = messages.length + ephemerals.length > 0;
  find('#directs-count').hidden = messages.length === 0;
  find('#directs-count').textContent = String(messages.length);
}

function writeIn(kind, text) {
  const channel = state.channels.find((candidate) => candidate.kind === kind);
  const user = me().id;
  return text.startsWith('/')
    ? post('command', { user, text, channel: channel.id })
    : post('channel', { user, channel: channel.id, text });
}

function drawStaffText(text) {
  const status = text.errorCode === null ? text.status : `${text.status} (${text.errorCode})`;
  return make('div', { className: 'staff-text' }, [
    drawStaffPhone(text, status),
    make('p', { className: 'bubble', textContent: text.body }),
  ]);
}

/** A call is heard, not read; the one key that it waits for can be pressed until it was. */
function drawStaffCall(call) {
  const isTaken = call.pressed.includes('1');
  const key = make('button', {
    type: 'button',
    className: 'slack-button',
    textContent: 'Press 1',
    hidden: isTaken,
    data: { testid: 'staff-call-press-1' },
  });
  key.addEventListener('click', async () => {
    key.disabled = true;
    const error = await post('key', { call: call.id, digit: '1' });
    key.disabled = false;
    if (error !== null) complain(`The key: ${error}`);
  });
  return make('div', { className: 'staff-text', data: { testid: 'staff-call' } }, [
    drawStaffPhone(call, isTaken ? 'a call · 1 was pressed' : 'a call'),
    make('p', { className: 'bubble', textContent: call.words }),
    key,
  ]);
}

function drawStaffPhone({ name, to, at }, status) {
  const when = formatDayTime(at, state.clock.timeZone);
  return make('p', { className: 'staff-to' }, [
    make('strong', { textContent: name ?? to }),
    make('span', { textContent: `${name === null ? '' : `${to} · `}${when} · ${status}` }),
  ]);
}
