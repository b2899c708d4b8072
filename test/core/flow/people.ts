// People for flow tests: made up, with phone numbers that nobody has.

import type { ConversationFacts } from '../../../src/core/model/conversation.ts';

/** A mentee in Los Angeles with a mentor and a task. */
export const maya: ConversationFacts = {
  program: { name: 'Bridge Program', phone: '(213) 555-0100' },
  mentee: { firstName: 'Maya', language: 'en', timeZone: 'America/Los_Angeles', college: 'Cal State LA' },
  mentor: { firstName: 'Ana' },
  task: {
    key: 'fafsa_corrections',
    title: 'FAFSA corrections',
    status: 'not_started',
    deadlineOn: '2027-07-15',
    link: 'https://example.edu/aid',
  },
};
