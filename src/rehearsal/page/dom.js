// Small tools of the page: making elements, keeping a list in step with data, saying times. Data is only ever set as
// text.

/** Makes an element with properties, `data-` attributes under `data`, ARIA under `attributes`, and children. */
export function make(tag, properties = {}, children = []) {
  const { data = {}, attributes = {}, ...rest } = properties;
  const element = Object.assign(document.createElement(tag), rest);
  for (const [name, value] of Object.entries(data)) element.dataset[name] = value;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...[children].flat().filter((child) => child !== null));
  return element;
}

/** Finds an element that must be there. */
export function find(selector, within = document) {
  const element = within.querySelector(selector);
  if (element === null) throw new Error(`the page has no ${selector}`);
  return element;
}

const drawn = new WeakMap();

/**
 * Makes a container show a list: elements whose item did not change stay as they are, so that focus is kept and a
 * screen reader hears what is new and nothing else. Gives true when something was drawn.
 */
export function syncList(container, items, keyOf, draw) {
  const old = new Map([...container.children].map((child) => [child.dataset.key, child]));
  let isChanged = false;
  items.forEach((item, index) => {
    const key = String(keyOf(item));
    const text = JSON.stringify(item);
    let element = old.get(key);
    if (element === undefined || drawn.get(element) !== text) {
      const fresh = draw(item);
      fresh.dataset.key = key;
      drawn.set(fresh, text);
      element?.replaceWith(fresh);
      element = fresh;
      isChanged = true;
    }
    old.delete(key);
    if (container.children[index] !== element) container.insertBefore(element, container.children[index] ?? null);
  });
  for (const gone of old.values()) gone.remove();
  return isChanged;
}

/** Scrolls to the newest when something new was drawn. */
export function scrollToEnd(container) {
  container.scrollTop = container.scrollHeight;
}

/** A time of day, as people there write it. */
export function formatTime(at, timeZone, locale = 'en-US') {
  return new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', timeZone }).format(at);
}

/** A day and a time. */
export function formatDayTime(at, timeZone) {
  return new Intl.DateTimeFormat('en-US', {
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone,
  }).format(at);
}

/** A day. */
export function formatDay(at, timeZone, locale = 'en-US') {
  return new Intl.DateTimeFormat(locale, { weekday: 'long', month: 'long', day: 'numeric', timeZone }).format(at);
}

/** The short name of a zone at a time (PDT). */
export function formatZone(at, timeZone) {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'short' }).formatToParts(at);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
}

/** Posts an action of the page; gives null, or words for what is wrong. */
export async function post(name, body) {
  try {
    const response = await fetch(`/api/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const { error } = await response.json();
    return error;
  } catch {
    return 'The rehearsal does not answer. Is it still running?';
  }
}
