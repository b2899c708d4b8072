// Whether words of distress say that it is now or tonight, in English and Spanish. Decides one thing: whether a `high`
// case may page somebody by night. It never says how grave a text is.

/** Words that name this moment or this night; what comes before "mañana" and "tomorrow" ends with the night. */
const NOW: readonly RegExp[] = [
  // English
  /\bto+ni(?:ght|te?)\b/u,
  /\b2nite\b/u,
  /\bright (?:now|this)\b/u,
  /\brn\b/u,
  /\b(?:this (?:very )?(?:minute|second|moment)|as we speak|immediately|asap|at once|any (?:minute|second))\b/u,
  /(?<!\b(?:for|by|until|till|til|up to|before|not|just|even) )\bnow\b(?! (?:and then|that|im fine|i am fine))/u,
  /\b(?:by|before|until|till|til) (?:tomorrow|tmrw|tmr|tmw|morning|the morning|dawn|sunrise)\b/u,
  /\b(?:tomorrow|tmrw|tmr|tmw) (?:morning|first thing)\b/u,
  /\b(?:is|are|hes|shes|theyre|he is|she is|they are) (?:outside|at (?:the|my|our) door|on (?:his|her|their) way|coming (?:over|here|back)|here)\b/u,
  /\b(?:locked|kicked|threw|thrown|put) (?:me |us )?out\b/u,
  /\b(?:nowhere|no ?where|no place) to \p{L}/u,
  // Spanish
  /\besta (?:misma )?noche\b/u,
  /\b(?:ahora|ahorita|aorita|orita|ahoritita|ahori)\b(?! (?:no|ya no|estoy bien))/u,
  /\b(?:ya mismo|en este (?:mismo )?(?:momento|instante)|de inmediato|inmediatamente|cuanto antes|lo antes posible)\b/u,
  /\bantes de (?:la )?(?:manana|madrugada|que amanezca)\b/u,
  /\b(?:para|hasta) manana\b/u,
  /\bmanana (?:temprano|por la manana|en la manana|a primera hora)\b/u,
  /\b(?:esta|estan) (?:afuera|aqui|en la puerta)\b/u,
  /\b(?:viene|vienen) (?:para aca|por mi|por nosotros|en camino)\b/u,
  /\bme (?:corrieron|corrio|echaron|echo|sacaron|saco) (?:de (?:la |mi )?casa|a la calle)\b/u,
  /\b(?:no tengo|sin) (?:a )?donde (?:ir|dormir|quedarme)\b/u,
  /\bhoy (?:en la noche|por la noche|mismo)\b/u,
];

/** Whether a text speaks of tonight or this moment. Only asked of a text in which distress was found. */
export function saysNow(text: string): boolean {
  const bare = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/['’`]/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ');
  return NOW.some((words) => words.test(bare));
}
