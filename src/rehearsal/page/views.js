// Draws views: a person's App Home and their open modals. A view is drawn anew when the app changed it or an answer came
// back; what was entered in the meantime stays.

import { drawBlock } from './blocks.js';
import { make, post } from './dom.js';
import { choiceOf } from './elements.js';

/** What was entered on this page: view id → `block action` → choice. */
const entered = new Map();
const drawn = new WeakMap();

/** Shows the App Home of a person in `container`. */
export function drawHome(container, person, deps) {
  show(container, person.home, deps, () => [
    make('div', { className: 'view-body' }, drawBlocks(person.home, person, deps)),
  ]);
}

/** Shows the topmost modal of a person, or nothing. */
export function drawModal(container, person, deps) {
  const view = person.modals.at(-1) ?? null;
  container.hidden = view === null;
  show(container, view, deps, () => [frameOf(view, person, deps)]);
}

function show(container, view, { key }, draw) {
  const text = JSON.stringify([key, view === null ? null : { ...view, values: undefined }]);
  if (drawn.get(container) === text) return;
  drawn.set(container, text);
  const { scrollTop } = container;
  container.replaceChildren(...(view === null ? [] : draw()));
  container.scrollTop = scrollTop;
}

function frameOf(view, person, deps) {
  const act = async (name, body) => {
    const error = await post(name, { user: person.id, view: view.id, ...body });
    if (error !== null) deps.complain(error);
  };
  const close = make('button', {
    type: 'button',
    className: 'slack-button',
    textContent: view.close ?? 'Close',
    data: { testid: 'modal-close' },
  });
  close.addEventListener('click', () => act('closeModal', {}));
  const submit =
    view.submit === null
      ? null
      : make('button', {
          type: 'submit',
          className: 'slack-button primary',
          textContent: view.submit,
          data: { testid: 'modal-submit' },
        });
  const form = make('form', { className: 'view', noValidate: true }, [
    make('header', { className: 'view-head' }, make('h3', { textContent: view.title ?? '' })),
    make('div', { className: 'view-body' }, drawBlocks(view, person, deps)),
    view.trouble === null ? null : make('p', { className: 'input-error', textContent: view.trouble }),
    make('footer', { className: 'view-foot' }, [close, submit]),
  ]);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (submit !== null) submit.disabled = true;
    await act('submit', { values: valuesOf(view) });
    if (submit !== null) submit.disabled = false;
  });
  return form;
}

function drawBlocks(view, person, deps) {
  if (view === null) return [];
  const act = async (name, body) => {
    const error = await post(name, { user: person.id, view: view.id, ...body });
    if (error !== null) deps.complain(error);
  };
  const own = entered.get(view.id) ?? new Map();
  entered.set(view.id, own);
  const context = {
    nameOf: deps.nameOf,
    errorOf: (block) => view.errors?.[block.block_id] ?? null,
    press: (actionId, blockId) => act('press', { action_id: actionId, block_id: blockId }),
    chosen: (block, element) => {
      const key = keyOf(block, element);
      return own.has(key) ? own.get(key) : choiceOf(view.values?.[block.block_id]?.[element.action_id]);
    },
    choose: (block, element, choice) => {
      own.set(keyOf(block, element), choice);
      const waits = block.type === 'input' && block.dispatch_action !== true;
      if (!waits) void act('choose', { action_id: element.action_id, block_id: block.block_id, choice });
    },
  };
  return view.blocks.map((block) => drawBlock(block, context));
}

/** What was entered in the blocks that the view still has. */
function valuesOf(view) {
  const own = entered.get(view.id) ?? new Map();
  const values = {};
  for (const block of view.blocks) {
    for (const element of [block.element, block.accessory, ...(block.elements ?? [])]) {
      const key = element?.action_id === undefined ? null : keyOf(block, element);
      if (key === null || !own.has(key)) continue;
      values[block.block_id] = { ...values[block.block_id], [element.action_id]: own.get(key) };
    }
  }
  return values;
}

function keyOf(block, element) {
  return `${block.block_id} ${element.action_id}`;
}
