// One person of the team in front of the local Slack: presses, chooses, writes and submits what their screen shows, by
// the words on it. Every deed goes to the house signed and over HTTP, and clicks are counted as a hand would need them.

import type { JsonObject, SlackView } from '../../src/rehearsal/slack/held.ts';
import { elementsOf, optionsOf, type PlacedElement, valuesOf } from '../../src/rehearsal/slack/inputs.ts';
import type { SlackMessage } from '../../src/rehearsal/slack/state.ts';
import type { Vendors } from '../../src/rehearsal/start-vendors.ts';
import type { HouseRequest } from '../../src/rehearsal/wire/exchange.ts';

/** Where a hand works: a town, or any vendors with a house whose work can be waited for. */
export interface Desk {
  readonly vendors: Vendors;
  settle(): Promise<void>;
}

export interface Hand {
  readonly slackUserId: string;
  /** So far: a button is one, a menu two (open it, choose), words typed none, a submit one. */
  clicks(): number;
  /** A button of a post, of the open modal or of the home tab, by its action id. Resolves with the house's status. */
  press(at: SlackMessage | SlackView, actionId: string): Promise<number>;
  /** The option that reads `words`, in the menu of the block that says `near`; several for a menu of several. */
  choose(view: SlackView, near: string, words: string | readonly string[]): Promise<number>;
  /** The same choice as a request that nobody has sent yet; null when Slack keeps it until the modal is submitted. */
  aim(view: SlackView, near: string, words: string | readonly string[]): HouseRequest | null;
  /** Words into the field with this label. */
  type(view: SlackView, label: string, words: string): Promise<void>;
  /** Submits the modal that is seen. */
  submit(): Promise<number>;
  /** The modal that is seen; throws when there is none. */
  modal(): SlackView;
  hasModal(): boolean;
  /** Closes all modals that are open, one by one. */
  closeModals(): void;
  /** Opens the home tab, and gives it as it is drawn. */
  home(): Promise<SlackView>;
  /** Writes in a thread. */
  write(root: SlackMessage, text: string, files?: readonly string[]): Promise<number>;
  /** Writes to the bot. */
  tell(text: string): Promise<number>;
  /** Types a slash command; gives all words of the answer, which only this person sees. */
  command(text: string): Promise<string>;
  /** Words that only this person sees, oldest first. */
  whispers(): string[];
}

export function handOf(desk: Desk, slackUserId: string): Hand {
  const { slack } = desk.vendors;
  let clicks = 0;
  const send = async (request: HouseRequest, count: number): Promise<number> => {
    clicks += count;
    const delivery = await desk.vendors.post(request);
    await desk.settle();
    return delivery.kind === 'answered' ? delivery.status : 0;
  };
  const viewsOf = (type: SlackView['type']) =>
    slack.state().views.filter((view) => view.userId === slackUserId && view.type === type);
  const modal = () => {
    const seen = viewsOf('modal').at(-1);
    if (seen === undefined) throw new Error(`${slackUserId} has no modal open`);
    return seen;
  };
  const whispers = () =>
    slack
      .state()
      .ephemerals.filter((one) => one.userId === slackUserId)
      .map((one) => JSON.stringify(one.blocks.length > 0 ? one.blocks : one.text));
  const aim = (view: SlackView, near: string, words: string | readonly string[]) => {
    const place = elementNear(view, near);
    const choice =
      typeof words === 'string' ? optionSaying(place, words) : words.map((one) => optionSaying(place, one));
    const { blockId, actionId } = place;
    return slack.choose({ userId: slackUserId, viewId: view.id, blockId, actionId, choice });
  };
  return {
    slackUserId,
    clicks: () => clicks,
    press: (at, actionId) => send(slack.press({ userId: slackUserId, actionId, ...siteOf(at) }), 1),
    aim,
    async choose(view, near, words) {
      const count = elementNear(view, near).type === 'radio_buttons' ? 1 : 1 + [words].flat().length;
      const request = aim(view, near, words);
      if (request !== null) return send(request, count);
      clicks += count;
      return 200;
    },
    async type(view, label, words) {
      const { blockId, actionId } = elementNear(view, label);
      slack.choose({ userId: slackUserId, viewId: view.id, blockId, actionId, choice: words });
    },
    submit: () => send(slack.submit(modal().id), 1),
    modal,
    hasModal: () => viewsOf('modal').length > 0,
    closeModals() {
      for (const open of viewsOf('modal').toReversed()) slack.closeView(open.id);
    },
    async home() {
      await send(slack.openHome(slackUserId), 1);
      const drawn = viewsOf('home').at(-1);
      if (drawn === undefined) throw new Error(`nobody drew the home of ${slackUserId}`);
      return drawn;
    },
    write: (root, text, files = []) =>
      send(
        slack.writeThread({ userId: slackUserId, channel: root.channel, threadTs: root.ts, text, files: [...files] }),
        0,
      ),
    tell: (text) => send(slack.writeDirect(slackUserId, text), 0),
    async command(text) {
      await send(slack.command({ userId: slackUserId, command: '/icehouse', text }), 0);
      return whispers().at(-1) ?? '';
    },
    whispers,
  };
}

/** What a menu shows as chosen, whether the person chose it or the view came so; empty when nothing is. */
export function chosenIn(view: SlackView, near: string): string {
  const { blockId, actionId } = elementNear(view, near);
  const option = valuesOf(view)[blockId]?.[actionId]?.['selected_option'];
  return option === null || option === undefined ? '' : JSON.stringify(option);
}

/** All words that a view or a post shows. */
export function wordsIn(shown: SlackView | SlackMessage): string {
  return JSON.stringify('view' in shown ? shown.view : shown.blocks);
}

/** The menu or field in the block that says `near`. */
function elementNear(view: SlackView, near: string): PlacedElement {
  const blocks = Array.isArray(view.view['blocks']) ? (view.view['blocks'] as readonly JsonObject[]) : [];
  const ids = blocks.filter((block) => wordsOfBlock(block).includes(near)).map((block) => block['block_id']);
  const place = elementsOf(blocks).find(({ blockId, type }) => ids.includes(blockId) && type !== 'button');
  if (place === undefined) throw new Error(`no field near “${near}”`);
  return place;
}

function wordsOfBlock({ text, label }: JsonObject): string {
  return JSON.stringify([text, label]);
}

function optionSaying({ element }: PlacedElement, words: string): string {
  const option = optionsOf(element).find((one) => JSON.stringify(one['text']).includes(words));
  if (option === undefined) throw new Error(`no option “${words}”`);
  return String(option['value']);
}

function siteOf(at: SlackMessage | SlackView) {
  return 'ts' in at ? { channel: at.channel, ts: at.ts } : { viewId: at.id };
}
