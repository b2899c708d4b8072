// "Try this first": the three jobs in a few steps, ticked off by what really happened.

import { find, make, syncList } from './dom.js';
import { fillIn } from './phones.js';

/** Draws the steps and how many are done. */
export function drawGuide(state) {
  const steps = toSteps(state);
  syncList(find('#guide'), steps, (step) => step.id, drawStep);
  const done = steps.filter((step) => step.isDone).length;
  find('#guide-count').textContent = `${done} of ${steps.length} done`;
}

function toSteps(state) {
  const name = state.phones[0]?.name.split(' ')[0] ?? 'the first mentee';
  const texts = state.phones.flatMap((phone) => phone.messages);
  const alerts = state.channel.messages;
  return [
    {
      id: 'nudge',
      text: 'Press Next event: the first texts about a task go out.',
      isDone: texts.some((text) => !text.isFromPhone),
    },
    {
      id: 'answer',
      text: `Answer as ${name}:`,
      words: ['done', 'I’m stuck'],
      isDone: texts.some((text) => text.isFromPhone),
    },
    {
      id: 'crisis',
      text: 'Text what a student in danger might. The reply with 988 comes at once, and the alert in the channel:',
      words: ['i dont want to be alive anymore'],
      isDone: alerts.length > 0,
    },
    {
      id: 'wait',
      text: 'Do not acknowledge; press +5 minutes: the on-call phone gets a text, two minutes later a call, and the channel hears it again.',
      isDone: state.staffTexts.length > 0,
    },
    {
      id: 'acknowledge',
      text: 'Press Acknowledge as the counselor, then Take over: the alert repeats no more, and the bot is silent.',
      isDone: alerts.some((alert) => /is acknowledged|taken it over|is resolved/.test(alert.text)),
    },
    {
      id: 'relay',
      text: 'Write in the alert’s thread: it reaches the phone as a text. A line that begins with // stays inside.',
      isDone: alerts.some((alert) => !alert.isFromApp && alert.threadTs !== null),
    },
    {
      id: 'update',
      text: 'Be the mentor: on Sunday at 5 pm a message asks for the weekly update. App Home shows each mentee.',
      isDone: state.people.some((person) => person.role === 'mentor' && person.home !== null),
    },
    {
      id: 'stop',
      text: 'Opt out; move the clock, and nothing is sent any more:',
      words: ['STOP'],
      isDone: state.phones.some((phone) => phone.isOptedOut),
    },
    ...summerSteps(state),
  ];
}

/** None where nobody plays a summer. */
function summerSteps({ summer }) {
  if (summer === null) return [];
  const text = 'Press Play the summer: made-up students answer these flows, and you see what would be sent, and when.';
  return [{ id: 'summer', text, isDone: summer.report !== null }];
}

function drawStep(step) {
  const words = (step.words ?? []).map((word) => {
    const chip = make('button', {
      type: 'button',
      className: 'chip',
      textContent: word,
      title: 'Write this on the first phone',
    });
    chip.addEventListener('click', () => fillIn(0, word));
    return chip;
  });
  return make('li', { className: step.isDone ? 'done' : '' }, [
    make('span', {}, [step.text, ' ', ...words]),
    step.isDone ? make('span', { className: 'hidden-label', textContent: ' Done.' }) : null,
  ]);
}
