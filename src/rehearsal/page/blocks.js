// Draws Block Kit: the blocks that Icehouse uses, and a plain note for any other.

import { make } from './dom.js';
import { drawElement } from './elements.js';
import { drawMrkdwn, drawRichText } from './mrkdwn.js';

/** Draws one block. `context` names people and says what a press or a choice does. */
export function drawBlock(block, context) {
  switch (block.type) {
    case 'header':
      return make('h4', { className: 'block-header' }, drawText(block.text, context));
    case 'section':
      return drawSection(block, context);
    case 'input':
      return drawInput(block, context);
    case 'context':
      return make('div', { className: 'block-context' }, drawAll(block, context));
    case 'actions':
      return make('div', { className: 'block-actions' }, drawAll(block, context));
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
function drawText(text, context) {
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

function drawInput(block, context) {
  const error = context.errorOf?.(block) ?? null;
  const optional = block.optional === true ? ' (may stay empty)' : '';
  return make('div', { className: `block-input ${error === null ? '' : 'bad'}` }, [
    make('p', { className: 'input-label', textContent: `${block.label?.text ?? ''}${optional}` }),
    drawElement(block.element, block, context),
    block.hint === undefined ? null : make('p', { className: 'input-hint', textContent: block.hint.text ?? '' }),
    error === null ? null : make('p', { className: 'input-error', textContent: error, attributes: { role: 'alert' } }),
  ]);
}

function drawAll(block, context) {
  return elementsOf(block).map((element) => drawElement(element, block, context));
}

function elementsOf(block) {
  return Array.isArray(block.elements) ? block.elements : [];
}
