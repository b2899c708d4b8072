// The words of consent in English and Spanish, as patterns. The listed words are those of 47 CFR 64.1200(a)(10) and of
// the carriers; the phrases are what a reasonable person would read as a wish to get no more texts (TC-05).

import { compilePhraseBook, type PhraseLine } from './phrase-book.ts';

const en = (...lines: string[]): PhraseLine[] => lines.map((line) => ({ language: 'en', line }));
const es = (...lines: string[]): PhraseLine[] => lines.map((line) => ({ language: 'es', line }));

/** Words that carry no meaning here: greetings, courtesy, impatience. */
const COURTESY =
  'please pls plz kindly hey hi hello ok okay okey just now thanks thank ty sir maam miss already guys yo bro immediately ' +
  'literally seriously like really honestly omfg fucking fuckin damn freaking y and all por favor hola ya oigan oye gracias ' +
  'ahora mismo immediatamente inmediatamente pues bueno senorita maestra';

const LISTED = [
  ...en(
    '(stop|stopp|stpo|sotp|tsop|stap|stopall|unsubscribe|unsubcribe|unsuscribe|unsubscribed|cancel|end|quit|revoke|optout|remove)',
    '(opt out|opting out|opt me out|i opt out|stop all|stop it|stop this|stop everything|cancel all|cancel this|end this)',
  ),
  ...es(
    '(alto|parar|para|pare|paren|detener|deten|detente|detenga|detengan|baja|cancelar|cancela|cancele|cancelen|fin|terminar)',
    '(salir|desuscribir|desuscribirme|desinscribir|desinscribirme|anular|basta|ya basta|no mas|dar de baja|darme de baja|alto ya)',
    '(denme de baja|deme de baja|dame de baja|quiero parar|pueden parar|puede parar|remover|remuevame|remuevanme)',
  ),
];

const SLOTS = {
  LISTED,
  STRONG: [...en('(stop|stopall|unsubscribe|optout|opt out|stop it|stop this|stop texting|stop messaging)'), ...es('(alto|paren|basta)')],
  TEXTING: [
    ...en(
      '(texting|txting|messaging|msging|contacting|sending|bothering|writing|spamming|bugging|pestering|harassing|annoying|emailing|calling)',
      '(reminding|nudging|hitting|blowing|reaching out to|reaching out|checking in on|checking in|hmu|dming|messagin|textin|sendin)',
      '(talking to|hounding|notifying)',
    ),
    ...es(
      '(mandando|mandandome|escribiendo|escribiendome|texteando|texteandome|molestando|enviando|enviandome|mensajeando|textear)',
    ),
  ],
  TEXT: en('(text|txt|message|msg|sms|contact|write|write to|bother|reach out to|hit up|hmu|hit|bug|remind|spam|reply to|email|notify)'),
  TEXTED: en('(texted|messaged|contacted|reminded|bothered|notified|spammed|bugged)'),
  NOUN: [
    ...en(
      '(texts|text|txts|messages|message|msgs|sms|reminders|reminder|notifications|notification|alerts|nudges|spam|updates)',
      '(text messages|texting|communications|communication|subscription|these|ur texts|your texts|correspondence|texting service)',
    ),
    ...es('(mensajes|mensaje|mensajitos|textos|texto|sms|recordatorios|notificaciones|avisos|alertas|suscripcion)'),
  ],
  DET: [
    ...en('(the|these|those|this|your|ur|all|any|all the|all of the|all these|all your|any more|more|my|of|of these|of the|of your|from|from the|from you|from your|from this|anymore of these|annoying|stupid|automated|bot|dumb)'),
    ...es('(los|las|estos|esos|sus|tus|mas|todos|todos los|de|de los|de estos|de sus|la|mi|tantos|ningun)'),
  ],
  ME: en('(me|us|this number|this phone|my phone|my number|my cell|here|this #)'),
  NO: en('(do not|dont|never|do not ever|you should not|you can not|you may not|no longer|quit trying to|i do not consent to you)'),
  WISH: en(
    '(want|wish|like|care|need|consent|agree|authorize)',
  ),
};

const STOPPING = en('(stop|quit|end|cease|halt|discontinue|stopp|st0p|knock off|cut out|terminate|stahp)');

const OPT_OUT = [
  ...en(
    '<STOPPING> <TEXTING> ..1 <ME>',
    '<STOPPING> <TEXTING> $',
    '^ (can|could|will|would)? you? <STOPPING> <TEXTING>',
    '<STOPPING> ..2 (sending|with|getting|receiving|doing) <DET>? <DET>? <NOUN>',
    '<STOPPING> <DET>? <DET>? <NOUN>',
    '<STOPPING> ..1 (sending|texting|messaging|writing|giving) ..1 <NOUN>',
    '(can|could|will|would) you (not|stop|quit) $',
    '(can|could|will|would) you (not|stop) (text|contact|message|texting|contacting|messaging)',
    '(i said|i told you to|told you to|i asked you to|asked you to|need you to|want you to|like you to|want this to|want it to) <STOPPING> $',
    '(want|need|like|asked|told|tell|said) ..3 to <STOPPING> (<TEXTING>|<NOUN>)',
    '(want|need|like) <DET>? <NOUN> to (stop|end)',
    '^ (stop|unsubscribe|stopall|optout) (i|im|i am|because|from|me|us|or i|before i|thanks|thank|thx|for|asap|today|forever|we)',
    '^ (stop) (por favor|ya|no|porfa|mandando|con)',
    '<NO> <TEXT> <ME> $',
    '<NO> <TEXT> <ME> (again|anymore|any more|ever|no more|further|about|with|at all|please|back|thanks|these|this|i|stop|because|until i say)',
    '<NO> (send|be sending|keep sending) ..2 (more|any|anything|these|this|another|texts|messages|text|message)',
    '<NO> ever? contact $',
    '<NO> (keep|start) <TEXTING> <ME>',
    'no (more|further) <DET>? <NOUN>',
    'no more (of this|of these|please|thanks|contact|reminders) $',
    '^ no more $',
    'not <WISH> (to be|to get|to receive|to keep getting|getting|receiving|to have|for)? (any|these|your|ur|more|anymore|to be|get|receive|getting|receiving|the|all)? (any|these|your|ur|more|anymore|the|of these|of your)? (<NOUN>|<TEXTED>)',
    'not <WISH> (you to|u to|you all to|yall to|anyone to) (<TEXT>|be <TEXTING>|keep <TEXTING>)',
    'not (want|wish|like|care) to (hear from|receive anything from|get anything from|be on) (you|u|this|yall|you all|your list|the list|this list|this program)',
    'no longer (want|wish|like|interested|consent|agree|need) ..3 (<NOUN>|<TEXTED>|contact|communication)',
    'not interested in ..1 (<NOUN>|receiving|getting|being texted)',
    'not interested <STOPPING>',
    '(take|remove|delete|get|drop|scratch|cross|pull|leave) (me|us|my number|my name|my info|my phone|my contact|this number) (off|from|out of|of) ..1 <DET>? (list|lists|texting list|text list|message list|mailing list|contact list|contacts|database|system|thread|chat|group chat|distribution list|<NOUN>)',
    '(take|remove|delete|get|drop) (me|us|my number|this number|my phone number|my name) (off|from|out)? (of)? (this|here|it)? $',
    '(take|get) me off (this|of this|ur|your|that|the) $',
    '(get|getting) off (this|the|your|ur|of this) (list|texting list|text list|messages|thing)',
    '(opt|opting|opted) (me|us|myself)? out $',
    '(opt|opting|opted) (me|us|myself)? out (of|from) (getting|receiving)? <DET>? <DET>? (<NOUN>|this|it|everything|all|program texts)',
    '(want|like|need|how do i|how can i|how to|wish|choose|going|can i|let me) (to)? opt out $',
    '(unsubscribe|unsubscribing) (me|us|now|from this|from these|from|my number|this number|asap) <DET>? (<NOUN>|list)? $',
    '(how do i|how can i|how to|where do i|want to|need to|like to|can i|can you|let me|trying to|please) unsubscribe (me|us)? (from)? (this|these|it|here|your)? <NOUN>? $',
    '(cancel|turn off|shut off|disable|end|mute|kill|deactivate) <DET>? <DET>? (<NOUN>|these)',
    '(how do i|how can i|how to|where do i|can i|can you) (stop|cancel|end|block|turn off|get rid of|quit) (getting|receiving)? <DET>? <DET>? (<NOUN>|this|it) $',
    '(make|can) <DET>? <NOUN> stop',
    '(leave me|leave us) (alone|the fuck alone|tf alone|be)',
    '(lose|delete|forget|erase|remove|block|drop|throw away) (my|this) (number|phone number|contact|cell|digits|info|#) $',
    '(lose|delete|forget|erase) my (number|phone number|contact|digits|#)',
    '^ (go away|get lost|piss off|fuck off|buzz off|bug off|screw off|shut up) $',
    '(revoke|withdraw|rescind|take back|retract) (my|all|any)? (consent|permission|authorization|opt in)',
    '^ i revoke',
    'i (do not|no longer) (consent|give consent|give permission|give you permission|authorize)',
    '(done|enough|tired|sick|over|had it) (with|of|getting|receiving)? (getting|receiving)? <DET>? <DET>? (texts|messages|reminders|texting me|notifications)',
    '(had|have) enough of <DET>? <NOUN>',
    '(cease and desist|do not contact|no contact|stop contact)',
    '(i am|we are) (not|no longer) (interested|in the program|part of this|a student) ..2 <STOPPING>',
    '(want|like) out of <DET>? (<NOUN>|program texts|list|thread)',
    'put (me|my number|this number) on ..2 (do not (call|text|contact)) (list)?',
    '(text|message|contact|bother|spam) (someone|somebody) else $',
    '<DET> <NOUN> (need|needs|have|has|must|should) (to)? (stop|end)',
    'i (want|need|wish) (to)? (stop|quit) (getting|receiving|hearing)',
    'i (quit|want to quit|am quitting) <DET>? (texts|texting program|messages|list)',
    'no me? more? (texts|messages|textos)',
  ),
  ...es(
    '(dejen|deja|deje|dejar|dejas|paren|para|pare|parar|paras|basta|alto) de (estar)? (escrib*|mand*|envi*|texte*|molest*|contact*|mensaj*|llam*|fastid*|jod*|chingar|acos*|recordar*|hablar*|avisar*)',
    'no (me|nos) (escriban|escribas|escriba|escribes|texteen|textees|textee|contacten|contactes|contacte|molesten|molestes|moleste|mensajeen|fastidien|chinguen|busquen) ..3 $',
    'no (me|nos) (escriban|escribas|escriba|texteen|textees|contacten|contactes|molesten|molestes|mensajeen|hablen|llamen) (mas|ya|nunca|por favor|a este numero|aqui)',
    'no (me|nos) (manden|mandes|mande|envien|envies|envie|sigan|sigas|lleguen) ..2 (mas|mensajes|textos|nada|sms|recordatorios|mensaje|texto|mandando|enviando|escribiendo|textos)',
    'no (manden|mandes|mande|envien|envies) mas',
    '(no|ya no) (quiero|deseo|queremos|necesito|me interesa|me interesan|quisiera|autorizo|acepto) (que)? (me|nos)? (recibir|mas|sus|estos|los|tus|tener|esos|seguir recibiendo|estar recibiendo|ningun|los)? (mas|sus|estos|los|de sus|de estos|de)? (mensajes|textos|sms|mensaje|texto|escriban|manden|contacten|texteen|envien|molesten|recordatorios|notificaciones|escribas|mandes|textees|busquen)',
    '(no|ya no) (quiero|deseo) (recibir|saber) (nada|mas) (de ustedes|de ti)? ..1 $',
    '(no|ni un|ningun|cero) mas (<DET>)? (mensajes|textos|mensaje|texto|sms|recordatorios)',
    '(quitenme|quitame|quiteme|saquenme|sacame|saqueme|borrenme|borrame|borreme|eliminenme|eliminame|elimineme|remuevanme|remueveme|denme de baja|dame de baja|deme de baja|desuscribanme|desuscribeme|bajenme) (de|ya)? (la|su|esta|tu|esa|este|los|sus)? (lista|listas|mensajes|grupo|textos|sistema|aqui|ahi|programa de mensajes)? $',
    '(quitenme|quitame|quiteme|saquenme|sacame|saqueme|borrenme|borrame|borreme|eliminenme|eliminame|elimineme) de (la|su|esta|tu|esa|sus) (lista|listas|sistema)',
    '(borren|borra|borre|quiten|quita|quite|eliminen|elimina|elimine|olviden|olvida|saquen|pierdan) (mi|este) (numero|telefono|celular|contacto|cel|#)',
    '(darme|dar|denme|deme|dame) de baja (de)? (los|estos|la|sus|esta|el)? (mensajes|textos|lista|servicio|suscripcion)',
    '(quiero|quisiera|deseo|como|como puedo|como hago para|necesito|puedo|favor de) (darme|me doy|me den|dar|darse) de baja $',
    '(cancelar|cancelen|cancela|cancele|parar|paren|detener|detengan|cancelo|paro|detengo|quito|bloqueo|quitar|desactivar|terminar|suspender|suspendan) <DET>? <DET>? (mensajes|textos|suscripcion|sms|recordatorios|notificaciones)',
    '(dejenme|dejame|dejeme) (en paz|tranquila|tranquilo|solo|sola|de molestar)',
    '(ya)? basta (de|con) ..2 (mensajes|textos)',
    '(alto|fin) (a|con|de) <DET>? (mensajes|textos)',
    '(revoco|retiro|cancelo|quito) (mi|el)? (consentimiento|permiso|autorizacion)',
    'no (doy|di) (mi)? (consentimiento|permiso)',
    '(ya)? no me (interesa|interesan) ..2 (mensajes|textos|recibir)',
    '(paren|alto|basta|deten*) (con)? (los|estos|sus|tantos) (mensajes|textos)',
    '(quiero|quisiera) (dejar de|parar de) recibir',
    '(quiero|quisiera) que (dejen|paren|dejes|pares) (de)?',
    '(pueden|puedes|podrian|podria|puede) (parar|dejar) (de|con)? ..2 (mensajes|textos|escrib*|mandar*|molestar*|texte*|enviar*) ',
    'no (mas|more) (mensajes|textos|texts)',
    '^ ya (stop|paren|parenle|no me escriban|dejenme)',
  ),
];

/** What looks like an opt-out and speaks of something else: another person's texts, a denial, a joke, an hour. */
const NOT_OPT_OUT = [
  ...en(
    '(not|never) <STOPPING> (<TEXTING>|sending|reminding)',
    '(he|she|they|ex|boyfriend|girlfriend|guy|dude|man|roommate|dad|mom|someone|who|people|cousin|brother|sister|stalker) ..2 (will not|would not|does not|do not|did not|never|refuses to|can not|keeps) (stop|quit)',
    '(make|get|tell|want|told|asked|ask|need) (him|her|them|my ex|my dad|my mom|my roommate|the college|the school|the recruiter|my boyfriend|my girlfriend|recruiters) (to)? (stop|quit)',
    '<NO> <TEXT> me (at|during|until|before|after|while|when|tonight|today|late|so|in) ',
    '(texts|messages|emails|calls) from (my|the|a|other|some|him|her|them|college|colleges|recruiters|army|scammers)',
    '(email|emails|newsletter|spotify|netflix|hulu|amazon|common app|app store)',
    '(opt|opting|opted) out of (the|my|health|housing|meal|dorm|insurance|waiver|orientation|fee)* (plan|insurance|housing|fee|fees|waiver|class|dorm|orientation)',
    '(why|when|what) did (you|u|the) ..2 stop',
    '(did|do|does|if|since) (you|u|they|yall) (guys)? (stop|quit) (texting|sending|messaging)',
    '(stop it|stop this|omg stop|stop) (lol|lmao|lmfao|haha|hahaha|jaja|jajaja|ur too|you are too|your too|it is too|that is so)',
    '(leave me alone) (with|in|at|on)',
    '(dad|mom|he|she|they|ex|brother|sister|people|kids|everyone|everybody|nobody|roommate|stepdad|not|never) ..4 leave me (alone|be)',
    '(or|and) (stop|cancel) (by|in|at)',
  ),
  ...es(
    'no (deja|dejan|para|paran|dejes|dejen|pares|paren|dejaba|dejo|paro) de',
    '(correos|correo|emails|email)',
    '(mi ex|mi novio|mi novia|mi papa|mi mama|el|ella|ellos) (no)? (me)? (deja|dejan|dejar|dejo|para)',
    '(mensajes|textos) de (mi|mis|el|la|un|una) (ex|novio|novia|papa|mama|tio|amigo|universidad|escuela|roommate)',
  ),
];

const WRONG_NUMBER = [
  ...en(
    '(wrong|incorrect) (number|numbers|num|person|phone|guy|girl|#|nmbr|numba|kid|student|contact) $',
    '^ ..3 (wrong|incorrect) (number|person|guy|girl) (sorry|dude|bro|lol|man|i|who|this|you|stop)',
    '^ wrong (number|person|guy|girl|#)?',
    '(you have|u have|you got|u got|got) the wrong',
    '^ (who|whos|who is|who are|who r|who tf is|whom) (this|dis|you|u|dat|it)? (is)? (this|dis|texting|messaging)? (me)? $',
    '(who is|whos|who) (this|dis|texting me|messaging me) $',
    '(new phone|new number) who',
    'not know who (this|you|u) (is|are)?',
    '(this is not|i am not|not) ..1 (number|phone) (anymore|any more|no more)?  $',
    '(no longer|not) (his|her|their|s)? (number|phone) (anymore|any more)? $',
    '(i|we) (just got|got|have|just have) (this|a new|a) (number|phone number) (recently|last week|last month|yesterday|today|and)',
    '(no one|nobody|there is no one|no) (named|by that name|called|with that name|by the name)',
    '(not know|never heard of) (anyone|anybody|any|a|someone|that person|this person|them|him|her) (named|called|by)? ..1 $',
    '(not the person|not who you|not the one you|not the right person|someone else is number|someone elses number|someone else number)',
    '(i do not|never) (have|had|know) (a|any) (mentor|student|kid|child) ..2 (program)?  $',
    '^ (sorry)? (i am not|this is not|im not) (a student|your student|him|her|that person|them|who you think) $',
    '(how did you|how you|where did you) get (my|this) number',
  ),
  ...es(
    '(numero|telefono|persona|contacto) (equivocado|equivocada|incorrecto|erroneo|mal|incorrecta)',
    '(equivocado|equivocada|equivoco|equivocaste|equivocaron|confundio|confundieron|confundiste) de (numero|telefono|persona)',
    '(se|te) (equivoco|equivocaste|equivocaron) $',
    '^ (quien|kien) (es|eres|habla|me escribe|manda esto|me habla|es usted|son|son ustedes|sos) (este|esta|tu|usted)? $',
    '(no se|no conozco) (quien|a quien) (es|eres|son|escribe|habla)',
    'no soy (esa persona|la persona|el|ella|quien buscan|quien busca|ese|esa) $',
    '(este|ese) (no|ya no) es (su|el|mi|de) (numero|telefono|cel)',
    '(este numero|este telefono) (no|ya no) es (de|suyo)',
    '(no conozco|aqui no hay|aqui no vive) (a)? (nadie|ninguna|ningun|alguien|esa persona) ..3 ',
    '(de donde|como|donde) (sacaron|sacaste|consiguieron|tienen|tienes|obtuvieron) (mi|este) numero',
  ),
];

/** All of it, ready to read with. */
export const CONSENT_BOOK = compilePhraseBook({
  fillers: COURTESY.split(' '),
  slots: { ...SLOTS, STOPPING },
  groups: {
    listed: en('^ <LISTED> $'),
    strong: en('^ <STRONG> $'),
    start: [...en('^ (start|unstop) $'), ...es('^ (iniciar|comenzar|empezar|reanudar) $')],
    help: [...en('^ (help|info) $'), ...es('^ (ayuda|info|informacion) $')],
    optOut: OPT_OUT,
    notOptOut: NOT_OPT_OUT,
    wrongNumber: WRONG_NUMBER,
  },
});
