// Twilio's own reading of the words that stop and start texts. Only a text that is nothing but the word counts; what
// else a person may say to be left alone is the house's business.

/** What a keyword asks for. */
export type Keyword = 'STOP' | 'START' | 'HELP';

const WORDS: Readonly<Record<Keyword, readonly string[]>> = {
  STOP: ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'OPTOUT', 'REVOKE'],
  START: ['START', 'UNSTOP', 'YES'],
  HELP: ['HELP', 'INFO'],
};

/** Twilio's default confirmations. */
export const KEYWORD_REPLIES: Readonly<Record<Keyword, string>> = {
  STOP: 'You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.',
  START:
    'You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
  HELP: 'Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
};

/** The keyword that a text is, or null. Case and blanks around it do not matter; anything more does. */
export function readKeyword(body: string): Keyword | null {
  const word = body.trim().toUpperCase();
  if (WORDS.STOP.includes(word)) return 'STOP';
  if (WORDS.START.includes(word)) return 'START';
  return WORDS.HELP.includes(word) ? 'HELP' : null;
}
