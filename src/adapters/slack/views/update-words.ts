// The words for the choices of a weekly update, in the order in which they are offered. The names on the left are the
// ledger's.

import {
  type ContactLength,
  type ContactMode,
  type Reached,
  type UpdateTopic,
  WIN_SHARING,
  type WinSharing,
} from '../../../core/model/weekly-update.ts';

export const REACHED_WORDS: Record<Reached, string> = {
  talked: 'Talked',
  message_only: 'Message only',
  tried: 'Tried: no answer',
  not_tried: 'Not tried',
};

export const MODE_WORDS: Record<ContactMode, string> = {
  text: 'Text',
  call: 'Call',
  video: 'Video',
  in_person: 'In person',
};

export const LENGTH_WORDS: Record<ContactLength, string> = {
  under_10: 'Under 10 minutes',
  '10_to_30': '10 to 30 minutes',
  '30_to_60': '30 to 60 minutes',
  over_60: 'Over an hour',
};

export const TOPIC_WORDS: Record<UpdateTopic, string> = {
  money: 'Money',
  classes: 'Classes',
  housing: 'Housing',
  belonging: 'Feeling at home',
  family: 'Family',
  work: 'Work',
  health: 'Health',
  forms: 'Forms and paperwork',
  social: 'Friends',
};

/** From 1, badly, to 5, very well. */
export const WELLBEING_WORDS = ['Badly', 'Not so well', 'So-so', 'Well', 'Very well'] as const;

export const SHARING_WORDS: Record<WinSharing, string> = {
  private: 'For staff only',
  anonymous: 'May be told without a name',
  named: 'May be told with the first name',
};

/** Who should look at a worry, and when. */
export const SOON_WORDS = {
  look: 'Worried: a counselor should look',
  now: 'Worried: somebody is needed now',
} as const;

/** A stored word for how a win may be told; one that is not known stays with staff. */
export function sharingWords(sharing: string): string {
  const known = WIN_SHARING.find((one) => one === sharing);
  return SHARING_WORDS[known ?? 'private'];
}
