// Starts the page: listens to the stream of states, draws them, and sends what the clock's buttons ask for.

import { find, formatDay, formatDayTime, formatTime, formatZone, make, post } from './dom.js';
import { drawGuide } from './guide.js';
import { drawPhones } from './phones.js';
import { drawSummer, startSummer } from './play-summer.js';
import { drawSlack, startTabs } from './slack.js';

const NOTICE_MS = 9000;
const seenTroubles = new Set();
const clockButtons = [...document.querySelectorAll('[data-advance]')];

function complain(text) {
  const notice = make('p', { className: 'notice', textContent: text });
  find('#notices').append(notice);
  setTimeout(() => notice.remove(), NOTICE_MS);
}

function drawClock({ now, nextEventAt, timeZone, isMoving }) {
  find('.clock-now').textContent =
    `${formatDay(now, timeZone)}, ${formatTime(now, timeZone)} ${formatZone(now, timeZone)}`;
  const planned = nextEventAt === null ? 'Nothing planned' : `Next: ${formatDayTime(nextEventAt, timeZone)}`;
  find('#clock-planned').textContent = isMoving ? 'Moving the clock…' : planned;
  for (const button of clockButtons) button.setAttribute('aria-disabled', String(isMoving));
}

function draw(state) {
  drawClock(state.clock);
  drawPhones(state, complain);
  drawSlack(state, complain);
  drawGuide(state);
  drawSummer(state.summer);
  for (const trouble of state.troubles) {
    if (!seenTroubles.has(trouble.id)) complain(trouble.text);
    seenTroubles.add(trouble.id);
  }
}

for (const button of clockButtons) {
  button.addEventListener('click', async () => {
    if (button.getAttribute('aria-disabled') === 'true') return;
    const error = await post('clock', { advance: button.dataset.advance });
    if (error !== null) complain(error);
  });
}

startTabs();
startSummer(complain);
const stream = new EventSource('/api/stream');
stream.addEventListener('state', (event) => {
  document.body.classList.remove('is-offline');
  draw(JSON.parse(event.data));
});
stream.addEventListener('error', () => {
  if (!document.body.classList.contains('is-offline')) complain('The rehearsal does not answer. Is it still running?');
  document.body.classList.add('is-offline');
});
