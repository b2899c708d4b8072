// Draws the mentees' phones: what each sees, in its own time zone, and a line to answer on.

import { find, formatDay, formatTime, formatZone, make, post, scrollToEnd, syncList } from './dom.js';

const STATUS = {
  accepted: 'on its way',
  queued: 'on its way',
  sent: 'sent',
  delivered: 'delivered',
  undelivered: 'not delivered',
  failed: 'failed',
};

/** Draws all phones. `complain` shows words to the person at the page. */
export function drawPhones(state, complain) {
  const list = find('#phone-list');
  const frames = state.phones.map(({ name, phone, language, note, timeZone }, index) => ({
    name,
    phone,
    language,
    note,
    timeZone,
    index,
  }));
  syncList(
    list,
    frames,
    (frame) => frame.phone,
    (frame) => drawFrame(frame, complain),
  );
  for (const [index, phone] of state.phones.entries()) drawScreen(list.children[index], phone, state.clock.now);
}

/** Writes a text into a phone's line without sending it. */
export function fillIn(index, text) {
  const input = find(`[data-testid="phone-${index}-input"]`);
  input.value = text;
  input.focus();
  input.scrollIntoView({ block: 'nearest' });
}

function drawFrame({ name, phone, language, note, index }, complain) {
  const id = `phone-${index}`;
  const input = make('textarea', {
    id: `${id}-input`,
    rows: 1,
    maxLength: 1600,
    lang: language,
    placeholder: 'Text message',
    data: { testid: `${id}-input` },
    attributes: { 'aria-label': `Text as ${name}`, autocomplete: 'off', enterkeyhint: 'send' },
  });
  const send = make(
    'button',
    {
      type: 'submit',
      className: 'send',
      data: { testid: `${id}-send` },
      attributes: { 'aria-label': `Send as ${name}` },
    },
    [make('span', { className: 'arrow', attributes: { 'aria-hidden': 'true' } })],
  );
  const form = make('form', { className: 'compose' }, [input, send]);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const body = input.value;
    if (body.trim() === '') return input.focus();
    input.value = '';
    send.disabled = true;
    const error = await post('texts', { phone, body });
    send.disabled = false;
    if (error !== null) complain(`${name}’s text: ${error}`);
  });
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  return make(
    'article',
    { className: 'phone', data: { testid: id }, attributes: { 'aria-label': `${name}’s phone` } },
    [
      make('p', { className: 'who' }, [make('strong', { textContent: name }), make('span', { textContent: note })]),
      make('div', { className: 'device' }, [
        make('div', { className: 'bar' }, [
          make('span', { className: 'local-time' }),
          make('span', { className: 'speaker', attributes: { 'aria-hidden': 'true' } }),
          make('span', { className: 'number', textContent: phone.replace(/^.*(\d{3})(\d{4})$/, '$1-$2') }),
        ]),
        make('div', {
          className: 'messages',
          tabIndex: 0,
          data: { testid: `${id}-messages` },
          attributes: { role: 'log', 'aria-label': `Texts on ${name}’s phone` },
        }),
        make('p', {
          className: 'opted-out',
          hidden: true,
          textContent: 'Opted out. Twilio refuses every text to this phone until it sends START.',
        }),
        form,
      ]),
    ],
  );
}

function drawScreen(frame, phone, now) {
  const messages = find('.messages', frame);
  const locale = phone.language === 'es' ? 'es-US' : 'en-US';
  find('.local-time', frame).textContent = `${formatTime(now, phone.timeZone)} ${formatZone(now, phone.timeZone)}`;
  find('.opted-out', frame).hidden = !phone.isOptedOut;
  const isChanged = syncList(
    messages,
    toRows(phone, locale),
    (row) => row.id,
    (row) => drawRow(row, phone, locale),
  );
  if (isChanged) scrollToEnd(messages);
}

// Texts and refused sends in the order of time, with a line where a new day begins on this phone.
function toRows(phone, locale) {
  const refusals = phone.refusals.map((refusal, index) => ({ ...refusal, id: `refused-${index}`, isRefusal: true }));
  const rows = [...phone.messages, ...refusals].sort((a, b) => a.at - b.at);
  let day = '';
  return rows.flatMap((row) => {
    const newDay = formatDay(row.at, phone.timeZone, locale);
    if (newDay === day) return [row];
    day = newDay;
    return [{ id: `day-${newDay}`, day: newDay }, row];
  });
}

function drawRow(row, phone, locale) {
  if (row.day !== undefined) return make('p', { className: 'day', textContent: row.day });
  if (row.isRefusal)
    return make('p', { className: 'refusal', textContent: `A text was not sent: Twilio refused it (${row.code}).` });
  const time = formatTime(row.at, phone.timeZone, locale);
  const status = row.isFromPhone ? time : `${time} · ${describe(row)}`;
  return make(
    'div',
    { className: `text ${row.isFromPhone ? 'mine' : 'theirs'} ${row.errorCode === null ? '' : 'bad'}` },
    [
      make('span', { className: 'hidden-label', textContent: row.isFromPhone ? `${phone.name}: ` : 'Program: ' }),
      make('p', { className: 'bubble', textContent: row.body, lang: phone.language }),
      make('p', { className: 'meta', textContent: status }),
    ],
  );
}

function describe(row) {
  if (row.isFromTwilio) return 'sent by Twilio itself';
  const status = STATUS[row.status] ?? row.status;
  return row.errorCode === null ? status : `${status} (${row.errorCode})`;
}
