// "Play the summer": asks for it, shows how far it has come, and then its main figures and the page of charts. Many
// students and many months are minutes of work, which is done elsewhere: the rest of the page goes on.

import { find, make, post } from './dom.js';

/** The report that is in the frame; a new one takes its place. */
let shown = null;
let heard = '';

/** Draws the section; it is hidden where nobody can play one. */
export function drawSummer(summer) {
  find('#summer').hidden = summer === null;
  if (summer === null) return;
  const { status, progress, asked, report } = summer;
  const isPlaying = status === 'playing';
  find('#summer-cancel').hidden = !isPlaying;
  // It can be pressed all the same: then it says why not.
  find('#summer-play').classList.toggle('busy', isPlaying);
  const bar = find('#summer-progress');
  bar.hidden = !isPlaying;
  bar.max = asked?.months ?? 1;
  bar.value = progress?.month ?? 0;
  say(sentenceOf(summer), status === 'failed');
  if (report !== null && report.id !== shown) drawReport(report);
}

/** Sends what the form asks for and what its second button does; `complain` shows what is refused. */
export function startSummer(complain) {
  find('#summer-form').addEventListener('submit', async (event) => {
    event.preventDefault();
    const chosen = (name) => Number(find(`#summer-${name}`).value);
    const asked = { mentees: chosen('mentees'), months: chosen('months'), seed: chosen('seed') };
    const error = await post('playSummer', asked);
    if (error !== null) complain(error);
  });
  find('#summer-cancel').addEventListener('click', async () => {
    const error = await post('cancelSummer', {});
    if (error !== null) complain(error);
    find('#summer-play').focus();
  });
  find('#summer-away').addEventListener('click', () => {
    find('#summer-report').hidden = true;
    find('#summer-play').focus();
  });
}

function say(text, isBad) {
  const line = find('#summer-said');
  line.classList.toggle('bad', isBad);
  // A screen reader hears a change, and each change once.
  if (text === heard) return;
  heard = text;
  line.textContent = text;
}

function sentenceOf({ status, progress, asked, why }) {
  switch (status) {
    case 'playing':
      return progress === null
        ? `Playing ${nameOf(asked)}: the first month…`
        : `Playing ${nameOf(asked)}: ${progress.month} of ${progress.months} months are over, ${progress.texts.toLocaleString('en-US')} texts so far.`;
    case 'played':
      return `Played ${nameOf(asked)}. The figures stand below.`;
    case 'cancelled':
      return 'Cancelled. Nothing of it is kept.';
    case 'failed':
      return `It could not be played: ${why}`;
    default:
      return '';
  }
}

function nameOf({ mentees, months, seed }) {
  const month = months === 1 ? '1 month' : `${months} months`;
  return `${mentees} students, ${month}, seed ${seed}`;
}

function drawReport({ id, asked, headlines, verdict, isGood }) {
  shown = id;
  const address = `/summer.html?report=${id}`;
  find('#summer-title').textContent = `Played: ${nameOf(asked)}`;
  find('#summer-verdict').textContent = verdict;
  find('#summer-verdict').classList.toggle('bad', !isGood);
  find('#summer-figures').replaceChildren(...headlines.map(drawHeadline));
  find('#summer-link').href = address;
  find('#summer-frame').src = `${address}#framed`;
  find('#summer-report').hidden = false;
}

function drawHeadline({ name, value, about }) {
  return make('div', {}, [
    make('dt', { textContent: name }),
    make('dd', { className: 'figure', textContent: value }),
    make('dd', { className: 'about', textContent: about }),
  ]);
}
