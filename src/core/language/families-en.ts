// English replies as data. Wording only; how it is used stands in read-family.ts.

import type { FamilyTable } from './family-table.ts';

/** English words and phrases. */
export const FAMILIES_EN: FamilyTable = {
  families: {
    yes: [
      ...['yes', 'yea', 'yeah', 'yeh', 'yep', 'yup', 'yah', 'yas', 'yh', 'ye', 'yess', 'yessir', 'yes sir', 'yes maam'],
      ...['sure', 'of course', 'ofc', 'absolutely', 'definitely', 'for sure', 'correct', 'thats right', 'totally'],
      ...['i am', 'i do', 'sounds good', 'count me in', 'affirmative', ':up', ':hundred', 'yes please'],
    ],
    no: ['no', 'nope', 'nah', 'naw', 'no thanks', 'no thank you', 'not really', 'not at all', ':down'],
    done: [
      ...['done', 'finished', 'completed', 'complete', 'submitted', 'sent', 'sent it', 'turned in', 'turned it in'],
      ...['handed in', 'handed it in', 'did it', 'did', 'i did', 'filed', 'uploaded', 'mailed', 'taken care of'],
      ...['took care of', 'took care of it', 'got it done', 'all set', 'good to go', 'fixed', 'fixed it', 'corrected'],
      ...['signed', 'paid', 'finished up', 'its in', 'all done', 'already did', 'already done', ':check', 'got them done'],
      ...['just did', 'i did it', 'done with it', 'been done', 'finalized', 'sent them', 'sent that'],
    ],
    not_yet: [
      ...['not yet', 'not done', 'not finished', 'not started', 'not complete', 'not quite', 'not ready', 'no yet'],
      ...['havent', 'have not', 'hasnt', 'has not', 'didnt', 'did not', 'still not', 'not sent', 'not submitted'],
      ...['working on it', 'working on', 'still working', 'in progress', 'almost', 'nearly', 'halfway', 'half way'],
      ...['nothing yet', 'need to', 'still need', 'still have to', 'have to', 'started', 'started it', 'forgot'],
      ...['i forgot', 'still waiting', 'waiting on', 'waiting for', 'not all', 'havent yet', 'not all of it', 'gotta'],
      ...['im not done', 'not even started', 'not even close', 'still on it', 'on it'],
    ],
    later: [
      ...['later', 'latr', 'lter', 'remind me', 'remind me later', 'ask me later', 'not now', 'not right now', 'cant right now', 'cant now', 'cant today'],
      ...['in a bit', 'soon', 'ill', 'will', 'i will', 'will do', 'gonna', 'going to', 'ima', 'imma', 'another time', 'maybe later'],
      ...['busy', 'im busy', 'at work', 'in class', 'after work', 'after school', 'when i get home', 'l8r', 'l8er'],
      ...['give me', 'some other time', 'later on', 'later today', 'not today', 'planning to', 'plan to', 'ask me'],
    ],
    stuck: [
      ...['stuck', 'stuk', 'need help', 'need some help', 'help', 'help me', 'confused', 'confusing', 'lost', 'dont know how'],
      ...['idk how', 'dont understand', 'dont get it', 'doesnt work', 'not working', 'isnt working', 'wont let me'],
      ...['wont work', 'cant log in', 'cant login', 'cant', 'cannot', 'cant do it', 'having trouble', 'trouble'],
      ...['having issues', 'issue', 'issues', 'problem', 'problems', 'error', 'locked out', 'too hard', 'struggling'],
      ...['no idea how', 'have a question', 'have questions', 'dont get', 'cant figure', 'cant figure it out'],
      ...['not sure how', 'couldnt', 'could not', 'cant find', 'cant get in', 'unable to', 'having a hard time'],
    ],
    not_for_me: [
      ...['not for me', 'doesnt apply', 'doesnt apply to me', 'does not apply', 'does not apply to me', 'n_a'],
      ...['not applicable', 'dont need it', 'dont need to', 'dont need this', 'dont need that', 'dont need one'],
      ...['dont have to', 'living at home', 'staying at home', 'staying home', 'commuting', 'not living on campus'],
      ...['not living there', 'not my thing', 'isnt for me', 'not for me thanks', 'dont have to do it', 'not needed'],
    ],
    talk: [
      ...['talk', 'talk to', 'talk to someone', 'talk to a person', 'talk to my mentor', 'speak to', 'speak with'],
      ...['call me', 'call', 'call me please', 'real person', 'a human', 'human', 'can we talk', 'want to talk'],
      ...['wanna talk', 'not going anymore', 'not going', 'not going to college', 'not going to college anymore', 'changed my mind', 'let me talk'],
      ...['someone call', 'someone call me', 'talk with', 'talk to a human', 'talk to someone please'],
    ],
  },
  weakDone: ['already'],
  when: [
    ...['today', 'tonight', 'tomorrow', 'tmrw', 'tmr', 'tmw', 'tomorow', 'this weekend', 'weekend', 'the weekend'],
    ...['next week', 'this week', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
    ...['mon', 'tue', 'tues', 'wed', 'thu', 'thur', 'thurs', 'fri', 'in the morning', 'next month', 'next'],
    ...['this afternoon', 'this evening', 'in an hour', 'in a few hours', 'in a few days', 'in a couple days'],
  ],
  filler: [
    ...['i', 'im', 'i am so', 'ive', 'id', 'my', 'me', 'the', 'it', 'its', 'that', 'thats', 'this', 'them', 'they'],
    ...['a', 'an', 'to', 'is', 'was', 'and', 'n', 'just', 'now', 'ok', 'okay', 'okey', 'k', 'kk', 'oh', 'ohh', 'um'],
    ...['uh', 'well', 'so', 'hey', 'hi', 'hello', 'thanks', 'thank you', 'thank u', 'ty', 'thx', 'tysm', 'please'],
    ...['pls', 'plz', 'lol', 'haha', 'lmao', 'sorry', 'my bad', 'all', 'with', 'on', 'for', 'of', 'in', 'fafsa'],
    ...['form', 'forms', 'housing', 'transcript', 'transcripts', 'corrections', 'correction', 'application', 'app'],
    ...['paperwork', 'stuff', 'everything', 'yesterday', 'last night', 'this morning', 'last week', 'earlier', 'ago'],
    ...['finally', 'actually', 'do', 'get', 'finish', 'submit', 'send', 'part', 'be', 'got', 'have', 'had', 'no problem'],
    ...['no worries', 'no prob', 'np', 'cool', 'great', 'good', 'awesome', 'bro', 'bruh', 'dude', 'sir', 'maam', 'miss'],
    ...['u', 'you', 'still', 'again', 'one', 'by', 'some', 'time', 'as', 'up', 'really', 'right', 'want', 'need', 'a lil'],
    ...['can', 'could', 'someone', 'but', 'also', 'bit', 'am', 'are', ':smile', 'been', 'has', 'way', 'been a while', 'yet'],
  ],
  hedge: ['maybe', 'i think', 'i think so', 'probably', 'prob', 'kinda', 'sorta', 'kind of', 'i guess', 'supposedly'],
  block: [
    ...['not', 'dont', 'never', 'wont', 'isnt', 'wasnt', 'aint', 'if', 'unless', 'idk', 'dont know'],
    ...['not sure', 'who is this', 'whos this', 'who dis', 'what', 'whats', 'when', 'why', 'how', 'where', 'which'],
    ...['talk later', 'ttyl', 'talk soon', 'no need', 'without', 'dont need help', 'not stuck', 'not lost', 'wrong number'],
    ...['stop', 'wish', 'supposed to', 'until', 'no idea', 'so done', 'done with everything', 'done with this', 'done with life', 'is it', 'is that', 'you done', 'help you', 'never mind', 'nvm', 'call you'],
    ...['dont call', 'dont call me', 'pretend', 'almost thought', 'thought i', 'thought', 'said', 'told', 'youre', 'ur'],
  ],
  open: [
    ...['need help', 'need some help', 'stuck', 'dont know how', 'idk how', 'doesnt work', 'not working', 'wont let me'],
    ...['cant log in', 'cant login', 'having trouble', 'having issues', 'locked out', 'cant figure', 'have a question'],
    ...['dont understand', 'cant find', 'cant get in', 'help me', 'talk to', 'speak to', 'speak with', 'call me'],
    ...['want to talk', 'wanna talk', 'confused about', 'isnt working', 'not sure how', 'unable to', 'can we talk'],
  ],
  whole: { y: 'yes', n: 'no', d: 'done', yse: 'yes', 'i dont': 'no', 'i dont think so': 'no' },
};
