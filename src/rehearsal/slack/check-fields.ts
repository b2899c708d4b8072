// Which fields Slack knows in each block, element and text: any other is refused, as the real Slack does.

import type { JsonObject } from './held.ts';

const CHOICES = ['action_id', 'options', 'confirm', 'focus_on_load'];
const MENU = [...CHOICES, 'option_groups', 'placeholder'];
const PICKER = ['action_id', 'confirm', 'focus_on_load', 'placeholder'];

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  section: ['block_id', 'text', 'fields', 'accessory', 'expand'],
  divider: ['block_id'],
  header: ['block_id', 'text'],
  context: ['block_id', 'elements'],
  actions: ['block_id', 'elements'],
  input: ['block_id', 'label', 'element', 'hint', 'optional', 'dispatch_action'],
  rich_text: ['block_id', 'elements'],
  button: ['action_id', 'text', 'url', 'value', 'style', 'confirm', 'accessibility_label'],
  static_select: [...MENU, 'initial_option'],
  multi_static_select: [...MENU, 'initial_options', 'max_selected_items'],
  overflow: ['action_id', 'options', 'confirm'],
  radio_buttons: [...CHOICES, 'initial_option'],
  checkboxes: [...CHOICES, 'initial_options'],
  datepicker: [...PICKER, 'initial_date'],
  timepicker: [...PICKER, 'initial_time', 'timezone'],
  plain_text_input: [
    'action_id',
    'initial_value',
    'multiline',
    'min_length',
    'max_length',
    'dispatch_action_config',
    'focus_on_load',
    'placeholder',
  ],
  plain_text: ['text', 'emoji'],
  mrkdwn: ['text', 'verbatim'],
  modal: [
    'title',
    'blocks',
    'close',
    'submit',
    'private_metadata',
    'callback_id',
    'clear_on_close',
    'notify_on_close',
    'external_id',
    'submit_disabled',
  ],
  home: ['blocks', 'private_metadata', 'callback_id', 'external_id'],
};

/** Complaints about fields that Slack does not know, in a thing whose `type` it does. */
export function checkFields(thing: JsonObject, at: string): string[] {
  const known = FIELDS[String(thing.type)];
  if (known === undefined) return [];
  return Object.keys(thing)
    .filter((name) => name !== 'type' && !known.includes(name) && thing[name] !== undefined)
    .map((name) => `invalid additional property: ${name} [json-pointer:${at}]`);
}
