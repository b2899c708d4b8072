// A yes that is meant the other way round: "yeah sure n im the queen of england", "right after i finish my private jet
// paperwork". It says how likely that is; it reads no answer itself.

import { toPlain } from './plain-reply.ts';

/** Openings that are hardly ever serious with a clause behind them. */
const OPENING =
  /^(?:(?:oh|lol|ha|haha|lmao|pff+t?|ay|uy|jaja|wow)[\s,!.]+)*(?:(?:oh )?(?:yea+h?|yes|ok) (?:sure|totally|ok|okay|right|of course|for sure|definitely)|oh (?:yea+h?|yes|totally|sure|absolutely|for sure|of course|definitely)|sure+|totally|absolutely|obviously|si+ (?:claro|como no|aja|seguro)|claro(?: que si)?|aja si|como no)\b(?: (?:totally|sure|lol))?(?<behind>.*)$/s;
/** "and im the queen of", "y yo soy el papa": with nothing before it these may be true. */
const CLAIM =
  /\b(?:and|n|y|also)\s+(?:i ?a?m|i was|yo soy|soy|my \w+ is|mi \w+ es)(?: (?:also|basically|actually|tambien|literally))? (?:the|el|la)\b/;
const GRAND =
  'queen|king|pope|president|princess|prince|millionaire|billionaire|unicorn|astronaut|batman|superman|beyonce|santa claus|tooth fairy|' +
  'reina|rey|papa de roma|presidente|presidenta|princesa|millonari[oa]|unicornio|astronauta|santa clos';
/** Who is that, or what comes first, never comes. */
const ABSURD = new RegExp(
  `\\b(?:and|n|y|also)\\s+(?:i ?a?m|i was|yo soy|soy|my \\w+ is|mi \\w+ es)(?: (?:also|basically|actually|tambien|literally))? (?:the |el |la |an? |una? )?(?:${GRAND})\\b|` +
    '\\b(?:after|once|when|as soon as|en cuanto|cuando|despues de que)\\b.{0,30}\\b(?:private jet|yacht|yate|jet privado|win the lottery|gane la loteria|pigs fly|cerdos vuelen|ranas|hell freezes|unicorns?|unicornios?)\\b',
);
const TROUBLE =
  /\b(?:but|pero|cant|wont|help|ayuda|error|stuck|lost|problem\w*|link|deadline|no me|not let|need|necesito)\b|[?¿]/;
const CLAUSE =
  /^[\s,.…!]*(?:n|and|y|right after|as soon as|once|when|after|cuando|en cuanto|like|as if|como si|just like)\s+\S+\s+\S+\s+\S/;

/** Whether a yes (or "it is done") is a joke: certain, likely, or none that could be seen. */
export function wrynessOf(text: string): 'certain' | 'likely' | 'none' {
  const plain = toPlain(text);
  if (TROUBLE.test(plain)) return 'none';
  if (ABSURD.test(plain)) return 'certain';
  const isClause = CLAUSE.test(OPENING.exec(plain)?.groups?.['behind'] ?? '');
  return isClause || CLAIM.test(plain) ? 'likely' : 'none';
}
