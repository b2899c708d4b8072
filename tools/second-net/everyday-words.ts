// The words and sentence shapes of ordinary texts: student English of several places, Spanish, and both together.

const list = (words: string): readonly string[] => words.trim().split(/\s*\|\s*/);

/** Words by slot. */
export const SLOTS: Readonly<Record<string, readonly string[]>> = {
  WHO: list(
    'he|she|they|my mom|my dad|my sister|my brother|my friend|my cousin|my roommate|my teacher|the teacher|my boss|our coach|my aunt|my uncle|grandma|the lady|the guy|this guy|that girl|everyone|somebody|jason|maria|wei ling|priya|kate|daniel|luis|ana|ahmad|jenny|the doctor|my bf|my gf|mum|the kids|the boys|my group|my neighbor|sir|madam|the manager|my ex',
  ),
  ME: list('i|i|i|we|me and my friends|u|you'),
  TO: list('me|you|him|her|them|us|my mom|everyone|the class|jason|my sister|ur brother|dad'),
  FOOD: list(
    'pizza|rice|noodles|chicken|tacos|boba|coffee|tea|cake|soup|eggs|milk|bread|burgers|dinner|lunch|breakfast|ice cream|sushi|prata|laksa|fish|chips|beer|wine|curry|pasta|salad|sandwich|tamales|pozole|fries|chocolate|water|juice|mango|veggies',
  ),
  PLACE: list(
    'home|school|work|the mall|the library|the gym|town|the station|the beach|the airport|church|the hall|campus|the office|the bus stop|the clinic|the hospital|the bank|the park|my place|ur house|the hostel|the lab|the canteen|the market|class|the bridge|the roof|the pool|the river|texas|mexico|london|malaysia|vegas|the hotel|the store|the shop|the cinema|the pub|the salon',
  ),
  THING: list(
    'my phone|the laptop|the charger|the book|my notes|the keys|the tickets|the form|the email|the pic|my bag|the car|the bike|a dress|some shoes|the camera|the money|the file|my essay|the report|the project|the game|the printer|the tv|my wallet|my id|the gift|the invoice|the receipt|a card|the guitar|the door|the knife for the cake|the bill|a haircut|the pills for the headache|my meds|the link|the rope for the tent|the blade of the fan|the gun for the glue|my shirt|the bed|the lights|the bottle of water',
  ),
  DO: list(
    'buy|bring|send|get|check|fix|borrow|return|pick up|find|sell|open|close|print|finish|start|wash|clean|carry|move|order|pay for|take|lose|hold|break|cut|hide|share|hit send on|drop off|lock|burn a copy of|pack|leave',
  ),
  DID: list(
    'bought|brought|sent|got|checked|fixed|borrowed|returned|picked up|found|sold|opened|closed|printed|finished|started|washed|cleaned|carried|moved|ordered|paid for|took|lost|held|broke|cut|hid|shared|dropped|locked|packed|left|forgot|touched|threw away|hit|kicked|stole lol',
  ),
  ACT: list(
    'sleep|eat|study|run|swim|cook|drive|work|shower|go out|go home|meet|watch a movie|play ball|dance|read|rest|leave|come over|hang out|go shopping|call back|walk the dog|do laundry|take a nap|practice|train|jump in the pool|drink|party|wake up early|stay over|give up my seat|talk to him|tell her|see them|wait outside|lie down|help with dinner',
  ),
  ING: list(
    'sleeping|eating|studying|running|swimming|cooking|driving|working|in the shower|going out|going home|meeting|watching a show|playing|dancing|reading|resting|leaving|coming over|hanging out|shopping|walking|waiting|training|packing|drinking tea|in a meeting|in lecture|on the train|on the bus|with my family|at practice|crying from laughing|dying of heat|standing in line|fighting sleep|following the game',
  ),
  WHEN: list(
    'tonight|tomorrow|today|now|later|tmr|tmrw|at 5|at 7pm|on monday|on friday|this weekend|next week|in the morning|after class|after work|in an hour|last night|yesterday|this morning|soon|on the 14th|every day|in august|before dinner|all day|around 3|2nite|til 9|the other day|again|for two weeks|since monday',
  ),
  FEEL: list(
    'so tired|so hungry|so full|so excited|so bored|so happy|late|sick|sleepy|cold|so hot|fine|ok|good|busy|free|ready|lost lol|confused|nervous|proud|so done with homework|lucky|jealous lol|scared of the dog|sad we lost|annoyed|broke until friday|alone at the office|worried about the test|hurt from football but ok|in pain from the gym|sore',
  ),
  END: list(
    '|| lol| haha| la| lor| :)| ok| k| pls| please| thanks| 😂| !!| bro| dear| babe| hehe| ya| man| k bye| leh|',
  ),
  TEMA: list(
    'la tarea|el examen|la fila|el partido|la comida|la fiesta|el trabajo|la clase|el camión|el celular|la foto|el formulario|la beca|el carro|la cita|el libro|la película|el correo',
  ),
  QUIEN: list(
    'mi mamá|mi papá|mi hermana|mi hermano|mi prima|mi amiga|el profe|mi jefe|mi tía|mi abuelita|ella|él|todos|el señor|la señora|mi novio|los niños',
  ),
  CUANDO: list('hoy|mañana|al rato|ahorita|el lunes|en la tarde|en la noche|anoche|ayer|el sábado|a las 5|saliendo'),
  LUGAR: list(
    'la casa|la escuela|el trabajo|la tienda|la iglesia|el parque|el gym|el campus|el hospital de visita|el centro|mi cuarto|la biblioteca|el puente|el banco',
  ),
};

/** Sentence shapes. */
export const SENTENCES: readonly string[] = list(`
ME will ACT WHEN END|ME cant ACT WHEN END|WHO wants to ACT WHEN END|WHO wants FOOD END|can u DO THING WHEN END|did u DO THING END
ME DID THING WHEN END|WHO DID THING WHEN END|WHO is ING END|im ING now END|im FEEL END|WHO is FEEL END|r u FEEL END|where is THING END
ME need to DO THING WHEN END|WHO needs to ACT WHEN END|dont forget to DO THING END|let me ACT first END|ME want to ACT WHEN END
ME want FOOD END|no more FOOD at PLACE END|lets go to PLACE WHEN END|WHO is at PLACE END|im at PLACE with WHO END|see you at PLACE WHEN END
WHO said to DO THING END|WHO told me to ACT WHEN END|WHO asked TO to ACT END|tell TO to DO THING END|ask TO if FOOD is ok END
ME dont want to ACT WHEN END|ME dont know where THING is END|ME never ACT WHEN END|WHO wont ACT WHEN END|ME wont be at PLACE WHEN END
ME hope you ACT well WHEN END|hope WHO is FEEL END|thinking of you WHEN END|good night TO END|good morning TO END|happy birthday TO END
thank you for THING END|sorry ME was ING END|sorry ME DID THING END|what time u ACT WHEN END|why WHO not ACT WHEN END|how much is THING END
ME think WHO will ACT WHEN END|ME thought WHO DID THING END|wait for TO at PLACE END|ME am going to PLACE WHEN END|WHO is going to PLACE WHEN
WHO DID THING and now WHO is FEEL END|if u ACT WHEN call TO END|when u ACT tell TO END|ME will DO THING for TO WHEN END
THING is broken END|THING died on me END|cannot find THING END|ME lost THING at PLACE END|WHO gave THING to TO END|WHO showed TO THING WHEN END
ME ate FOOD with WHO END|FOOD at PLACE was great END|too much FOOD im FEEL END|ME miss FOOD so much END|ME love FOOD END|ME hate FOOD END
the ride to PLACE is long END|its raining at PLACE END|traffic to PLACE is bad END|WHO is waiting outside PLACE END|WHO is at the door END
last day to DO THING is WHEN END|ME have class at PLACE WHEN END|ME finish work WHEN END|pls help TO DO THING END|help WHO carry THING END
u coming to PLACE or not END|WHO also coming END|dun need to DO THING la END|ok lor ME ACT WHEN END|wat u ING END|haha WHO so funny END
ME alone at PLACE now come over END|everyone at PLACE already END|nobody at PLACE yet END|WHO not replying me END|u never reply TO END
WHO passed the test END|WHO got the job END|WHO had the baby END|WHO is back from PLACE END|the doctor says WHO is FEEL END
QUIEN quiere ir a LUGAR CUANDO END|QUIEN está en LUGAR END|ya terminé TEMA END|no he hecho TEMA END|me gustó TEMA END|no me gustó TEMA END
CUANDO voy a LUGAR END|no puedo CUANDO, tengo TEMA END|dile a QUIEN que venga CUANDO END|QUIEN me ayudó con TEMA END|se me olvidó TEMA END
estoy en LUGAR con QUIEN END|tengo hambre, vamos a LUGAR END|QUIEN no vino CUANDO END|CUANDO te mando TEMA END|qué onda con TEMA END
ME did TEMA CUANDO END|QUIEN is at PLACE END|voy a PLACE WHEN END|need help con TEMA END|QUIEN says thanks END|no puedo WHEN, im ING
`).flatMap((row) => row.split('\n'));
