// Draws what a person presses, chooses or writes in Block Kit. Elements of an `input` block keep what was entered until
// the view is submitted; all others tell Slack at once. What was entered outlives a view that is drawn anew, as in Slack.

import { make } from './dom.js';
import { drawMrkdwn } from './mrkdwn.js';

/** Draws one element. `block` is the block that it stands in; `context` says what a press or a choice does. */
export function drawElement(element, block, context) {
  switch (element.type) {
    case 'mrkdwn':
      return make('span', {}, drawMrkdwn(element.text ?? '', context));
    case 'plain_text':
      return make('span', { textContent: element.text ?? '' });
    case 'button':
      return drawButton(element, block, context);
    case 'static_select':
    case 'overflow':
      return drawSelect(element, block, context);
    case 'multi_static_select':
    case 'checkboxes':
      return drawChecks(element, block, context);
    case 'radio_buttons':
      return drawRadios(element, block, context);
    case 'plain_text_input':
      return drawWriting(element, block, context);
    case 'datepicker':
      return drawPicker(element, block, context, 'date');
    case 'timepicker':
      return drawPicker(element, block, context, 'time');
    default:
      return make('span', {
        className: 'block-other',
        textContent: element.alt_text ?? `An element of the type ${element.type}.`,
      });
  }
}

/** The choice that a state of Slack's stands for, in the page's own shape: text, value, list of values, or null. */
export function choiceOf(state) {
  if (state === undefined || state === null) return null;
  if (state.selected_options !== undefined) return (state.selected_options ?? []).map((option) => option.value);
  if (state.selected_option !== undefined) return state.selected_option?.value ?? null;
  return state.selected_date ?? state.selected_time ?? state.value ?? null;
}

function drawButton(element, block, context) {
  const button = make('button', {
    type: 'button',
    className: `slack-button ${element.style ?? ''}`,
    textContent: element.text?.text ?? '',
    data: { testid: `slack-button-${element.action_id}`, value: element.value ?? '' },
  });
  if (element.accessibility_label !== undefined) button.setAttribute('aria-label', element.accessibility_label);
  button.addEventListener('click', async () => {
    if (element.confirm !== undefined && !window.confirm(element.confirm.text?.text ?? 'Sure?')) return;
    button.disabled = true;
    await context.press(element.action_id, block.block_id);
    button.disabled = false;
  });
  return button;
}

function drawSelect(element, block, context) {
  const chosen = context.chosen(block, element);
  const groups = element.option_groups ?? [{ options: element.options ?? [] }];
  const options = groups.flatMap((group) => group.options ?? []);
  const select = make(
    'select',
    {
      className: 'slack-select',
      data: { testid: `slack-select-${element.action_id}` },
      attributes: { 'aria-label': labelOf(element, block) },
    },
    [
      make('option', { value: '', textContent: element.placeholder?.text ?? 'Choose' }),
      ...options.map((option) => make('option', { value: option.value, textContent: option.text?.text ?? '' })),
    ],
  );
  select.value = chosen ?? '';
  select.addEventListener('change', () => context.choose(block, element, select.value === '' ? null : select.value));
  return select;
}

function drawChecks(element, block, context) {
  const chosen = new Set(context.chosen(block, element) ?? []);
  const tell = () => context.choose(block, element, [...chosen]);
  return drawGroup(element, block, (option) => {
    const box = make('input', { type: 'checkbox', checked: chosen.has(option.value) });
    box.addEventListener('change', () => {
      if (box.checked) chosen.add(option.value);
      else chosen.delete(option.value);
      tell();
    });
    return box;
  });
}

let groupCount = 0;

function drawRadios(element, block, context) {
  const chosen = context.chosen(block, element);
  groupCount += 1;
  const name = `radio-${groupCount}`;
  return drawGroup(element, block, (option) => {
    const radio = make('input', { type: 'radio', name, checked: chosen === option.value });
    radio.addEventListener('change', () => context.choose(block, element, option.value));
    return radio;
  });
}

function drawGroup(element, block, drawInput) {
  const options = (element.options ?? []).map((option) =>
    make('label', { data: { value: option.value } }, [
      drawInput(option),
      make('span', { textContent: option.text?.text ?? '' }),
    ]),
  );
  return make(
    'div',
    {
      // Radio buttons stand in a column, as in Slack; a menu of many choices would be folded there.
      className: `slack-group ${element.type !== 'radio_buttons' && options.length > 5 ? 'many' : ''}`,
      data: { testid: `slack-select-${element.action_id}` },
      attributes: { role: 'group', 'aria-label': labelOf(element, block) },
    },
    options,
  );
}

function drawWriting(element, block, context) {
  const field = make(element.multiline ? 'textarea' : 'input', {
    className: 'slack-writing',
    value: context.chosen(block, element) ?? '',
    placeholder: element.placeholder?.text ?? '',
    data: { testid: `slack-input-${element.action_id}` },
    attributes: { 'aria-label': labelOf(element, block), autocomplete: 'off' },
  });
  if (element.max_length !== undefined) field.maxLength = element.max_length;
  field.addEventListener('input', () => context.choose(block, element, field.value === '' ? null : field.value));
  return field;
}

function drawPicker(element, block, context, type) {
  const field = make('input', {
    type,
    className: 'slack-writing',
    value: context.chosen(block, element) ?? '',
    data: { testid: `slack-input-${element.action_id}` },
    attributes: { 'aria-label': labelOf(element, block) },
  });
  field.addEventListener('change', () => context.choose(block, element, field.value === '' ? null : field.value));
  return field;
}

function labelOf(element, block) {
  return block.label?.text ?? block.text?.text ?? element.placeholder?.text ?? 'Choose';
}
