// Draws Block Kit: the blocks and elements that Icehouse uses, and a plain note for any other.

import { make } from './dom.js';
import { drawMrkdwn, drawRichText } from './mrkdwn.js';

/** Draws one block. `context` has the time zone, how to name a person, and what a press does. */
export function drawBlock(block, context) {
  switch (block.type) {
    case 'header':
      return make('h4', { className: 'block-header' }, drawText(block.text, context));
    case 'section':
      return drawSection(block, context);
    case 'context':
      return make(
        'div',
        { className: 'block-context' },
        elementsOf(block).map((element) => drawElement(element, block, context)),
      );
    case 'actions':
      return make(
        'div',
        { className: 'block-actions' },
        elementsOf(block).map((element) => drawElement(element, block, context)),
      );
    case 'divider':
      return make('hr', { className: 'block-divider' });
    case 'rich_text':
      return make(
        'div',
        { className: 'block-rich' },
        elementsOf(block).map((element) => drawRichText(element, context)),
      );
    case 'markdown':
      return make('div', { className: 'block-section', textContent: block.text ?? '' });
    case 'image':
      return make('p', { className: 'block-other', textContent: `Picture: ${block.alt_text ?? ''}` });
    default:
      return make('p', { className: 'block-other', textContent: `A block of the type ${block.type}.` });
  }
}

/** Draws a text object, plain or mrkdwn. */
export function drawText(text, context) {
  if (text?.type === 'mrkdwn') return drawMrkdwn(text.text ?? '', context);
  return [document.createTextNode(text?.text ?? '')];
}

function drawSection(block, context) {
  const text =
    block.text === undefined ? null : make('div', { className: 'block-text' }, drawText(block.text, context));
  const fields = (block.fields ?? []).map((field) => make('div', {}, drawText(field, context)));
  return make('div', { className: 'block-section' }, [
    text,
    fields.length === 0 ? null : make('div', { className: 'block-fields' }, fields),
    block.accessory === undefined ? null : drawElement(block.accessory, block, context),
  ]);
}

function drawElement(element, block, context) {
  if (element.type === 'mrkdwn' || element.type === 'plain_text') return make('span', {}, drawText(element, context));
  if (element.type === 'button') return drawButton(element, block, context);
  return make('span', {
    className: 'block-other',
    textContent: element.alt_text ?? `An element of the type ${element.type}.`,
  });
}

function drawButton(element, block, context) {
  const button = make('button', {
    type: 'button',
    className: `slack-button ${element.style ?? ''}`,
    textContent: element.text?.text ?? '',
    data: { testid: `slack-button-${element.action_id}` },
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

function elementsOf(block) {
  return Array.isArray(block.elements) ? block.elements : [];
}
