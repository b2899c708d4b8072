// The emoji that people type most, by the names that Slack gives them: a sign typed in Slack arrives as `:name:`.

const NAMES: Readonly<Record<string, string>> = {
  '😀': 'grinning',
  '😃': 'smiley',
  '😄': 'smile',
  '😁': 'grin',
  '😆': 'laughing',
  '😅': 'sweat_smile',
  '😂': 'joy',
  '🤣': 'rolling_on_the_floor_laughing',
  '🙂': 'slightly_smiling_face',
  '😉': 'wink',
  '😊': 'blush',
  '😍': 'heart_eyes',
  '😘': 'kissing_heart',
  '🤗': 'hugging_face',
  '🤔': 'thinking_face',
  '😐': 'neutral_face',
  '🙄': 'face_with_rolling_eyes',
  '😔': 'pensive',
  '😢': 'cry',
  '😭': 'sob',
  '😞': 'disappointed',
  '😟': 'worried',
  '😰': 'cold_sweat',
  '😱': 'scream',
  '😡': 'rage',
  '😴': 'sleeping',
  '💀': 'skull',
  '🔪': 'hocho',
  '🔫': 'gun',
  '💊': 'pill',
  '❤': 'heart',
  '💔': 'broken_heart',
  '💙': 'blue_heart',
  '👍': '+1',
  '👎': '-1',
  '👏': 'clap',
  '👋': 'wave',
  '🙏': 'pray',
  '💪': 'muscle',
  '🎉': 'tada',
  '🎓': 'mortar_board',
  '🔥': 'fire',
  '✅': 'white_check_mark',
  '⭐': 'star',
  '👀': 'eyes',
};

/** One emoji as text: the sign, an optional variation mark, an optional skin tone. */
export const EMOJI = /(\p{Extended_Pictographic})\uFE0F?(\p{Emoji_Modifier})?/u;

const LIGHTEST_SKIN = 0x1f3fb;

/** An emoji of a rich text, and the letters that stand for it in `text`; null for a sign that has no name here. */
export function readEmoji(sign: string) {
  const [, base = '', skin] = EMOJI.exec(sign) ?? [];
  const name = NAMES[base];
  if (name === undefined) return null;
  const unicode = [...base].map(toHex).join('-');
  if (skin === undefined) return { text: `:${name}:`, element: { type: 'emoji', name, unicode } };
  const tone = (skin.codePointAt(0) ?? LIGHTEST_SKIN) - LIGHTEST_SKIN + 2;
  return {
    text: `:${name}::skin-tone-${tone}:`,
    element: { type: 'emoji', name, unicode: `${unicode}-${toHex(skin)}`, skin_tone: tone },
  };
}

function toHex(sign: string): string {
  return (sign.codePointAt(0) ?? 0).toString(16);
}
