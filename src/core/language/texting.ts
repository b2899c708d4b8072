// How teenagers shorten words, in English and Spanish: one typed word to the plain words it stands for.
// Only the spelling is settled here; what the words mean is the business of whoever reads them.

const ENGLISH = `
im=i am|ima=i am going to|imma=i am going to|iam=i am|ive=i have|ill=i will|id=i would|idk=i do not know|idc=i do not care
idek=i do not even know|ik=i know|ily=i love you|imy=i miss you|iwas=i was|i'ma=i am going to|ion=i do not
u=you|ur=your|urs=yours|urself=yourself|ya'll=you all|yall=you all|youre=you are|youve=you have|youd=you would|youll=you will
hes=he is|shes=she is|theyre=they are|theyve=they have|theyll=they will|itll=it will|its=it is|thats=that is|whats=what is
whos=who is|wheres=where is|theres=there is|heres=here is|hows=how is|lets=let us|weve=we have|wev=we have|itd=it would
we're=we are|we'll=we will|we've=we have|he'll=he will|she'll=she will|he'd=he would|she'd=she would|i'd=i would|i'll=i will
dont=do not|dnt=do not|don=do not|dont't=do not|didnt=did not|doesnt=does not|doesn=does not|isnt=is not|arent=are not
wasnt=was not|werent=were not|hasnt=has not|havent=have not|hadnt=had not|cant=can not|cannot=can not|cnt=can not
couldnt=could not|wouldnt=would not|shouldnt=should not|wont=will not|aint=is not|mustnt=must not|neednt=need not
wanna=want to|wana=want to|wnna=want to|wannna=want to|wanto=want to|wantto=want to|wnt=want|wan=want
gonna=going to|gunna=going to|gona=going to|gon=going to|goin=going|finna=going to|boutta=going to|bouta=going to
bouttah=going to|tryna=trying to|tryina=trying to|trynna=trying to|gotta=got to|hafta=have to|hadda=had to|needa=need to
oughta=ought to|coulda=could have|shoulda=should have|woulda=would have|kinda=kind of|sorta=sort of|outta=out of
lemme=let me|gimme=give me|abt=about|bout=about|abut=about|bc=because|cuz=because|cause=because|cos=because|coz=because
becuz=because|bcuz=because|bcz=because|tho=though|thru=through|w=with|wit=with|wth=with|wo=without|w/o=without|wout=without
rn=right now|atm=right now|tn=tonight|tnite=tonight|tonite=tonight|2nite=tonight|2night=tonight|2day=today|tday=today
tmrw=tomorrow|tmr=tomorrow|tmw=tomorrow|tmro=tomorrow|2moro=tomorrow|2mrw=tomorrow|tomorow=tomorrow|tommorow=tomorrow
b4=before|bfor=before|l8r=later|l8=late|gr8=great|h8=hate|m8=mate|w8=wait|some1=someone|any1=anyone|every1=everyone
no1=nobody|noone=nobody|sb=somebody|ppl=people|plz=please|pls=please|plss=please|plse=please|thx=thanks|ty=thank you
srsly=seriously|fr=for real|frfr=for real|ngl=not going to lie|tbh=to be honest|istg=i swear|irl=in real life
wanting2=wanting to|want2=want to|going2=going to|have2=have to|need2=need to|alot=a lot|alil=a little|lil=little
fam=family|bro=brother|sis=sister|gramma=grandma|granma=grandma|gma=grandma|gpa's=gpa|bestfriend=best friend|bff=best friend
bf=boyfriend|gf=girlfriend|stepdad=step dad|stepmom=step mom|rommate=roommate|roomate=roommate|mama=mom|mum=mom|mommy=mom|moms=mom
lyfe=life|lief=life|lfe=life|deth=death|dieing=dying|dyin=dying|alve=alive|aliv=alive|agian=again|agen=again|agin=again
myslef=myself|mysef=myself|myselv=myself|mself=myself|meself=myself|miself=myself|mahself=myself|mi self=myself
kil=kill|kll=kill|k*ll=kill|k!ll=kill|ki11=kill|klil=kill|d*e=die|su*cide=suicide|s*icide=suicide|suic*de=suicide|sewerslide=suicide
r*pe=rape|r*ped=raped|grape'd=raped|chocked=choked|chocking=choking|hitted=hit|terned=turned|tern=turn|lonley=lonely|lonly=lonely
wats=what is|wat=what|wut=what|wuts=what is|y'all=you all|thier=their|evry=every|evrything=everything|everythin=everything
nothin=nothing|somethin=something|anythin=anything|nuthin=nothing|nothings=nothing is|everythings=everything is|nobodys=nobody is
everyones=everyone is|moms'=mom|cya=see you|dnw=do not want|dw=do not worry|nvr=never|nevr=never|evr=ever|prob=probably
def=definitely|prolly=probably|shud=should|cud=could|wud=would|luv=love|wrk=work|skool=school|hosp=hospital|msg=message
ded=dead|wsh=wish|nomor=no more|nomore=no more|liv=live|hert=hurt|heer=here|wannt=want|wnat=want|sueside=suicide|sewicide=suicide
sucide=suicide|suside=suicide|tuk=took|meny=many|pils=pills|pilz=pills|pillz=pills|godbye=goodbye|evry1=everyone|overdoze=overdose
burnd=burned|porpose=purpose|porpuse=purpose|purpos=purpose|gna=going to|brige=bridge|bilding=building|desurve=deserve|jmp=jump|jupm=jump
swolowed=swallowed|swollowed=swallowed|swalowd=swallowed|swallowd=swallowed|attemted=attempted|toched=touched|tuch=touch|touchd=touched
rapd=raped|gr4ped=raped|grped=raped|graped=raped|sa'd=sexually assaulted|sa'ed=sexually assaulted|nife=knife|lokt=locked|lockd=locked
folowin=following|folowing=following|somone=someone|sumone=someone|brok=broke|breeth=breathe|brethe=breathe|hurtz=hurts|atack=attack
atak=attack|panick=panic|anxity=anxiety|homles=homeless|homeles=homeless|imagration=immigration|immagration=immigration|dayz=days
trowing=throwing|stresd=stressed|strest=stressed|slep=slept|pased=passed|grama=grandma|hospitle=hospital|stoped=stopped|bullyed=bullied
havnt=have not|realy=really|freinds=friends|thnk=think|thnking=thinking|stp=step|nobdy=nobody|planing=planning|selph=self|dis=this
sory=sorry|wak=wake|3nd=end|frend=friend|frnd=friend|traficked=trafficked|traffiked=trafficked
iwanttodie=i want to die|wannadie=want to die|killmyself=kill myself|ikillmyself=i kill myself|kysing=kys|evrybody=everybody
`;

const SPANISH = `
q=que|k=que|ke=que|xq=porque|pq=porque|porq=porque|xke=porque|xk=porque|pk=porque|x=por|xfa=por favor|porfa=por favor
porfis=por favor|pf=por favor|tmb=tambien|tb=tambien|tmbn=tambien|toy=estoy|tas=estas|toi=estoy|stoy=estoy|ta=esta
pa=para|pal=para el|dnd=donde|cdo=cuando|cnd=cuando|qro=quiero|kro=quiero|qiero=quiero|kero=quiero|kiero=quiero
bn=bien|tqm=te quiero mucho|tkm=te quiero mucho|grax=gracias|grcs=gracias|hrmna=hermana|ntp=no te preocupes|nmms=no manches
matrame=matarme|boi=voy|naiden=nadie|mequieromorir=me quiero morir|quieromorir=quiero morir|m*rirme=morirme|m*rir=morir|mtarme=matarme
oy=hoy|muxo=mucho|ambre=hambre|tngo=tengo|ospital=hospital
alv=a la verga|nms=no manches|xd=jaja|salu2=saludos|esq=es que|pos=pues|d=de|stas=estas|ahorita=ahorita|haora=ahora|aora=ahora
`;

/** Short words that are also words of their own: the plain one first, then what they may stand for. */
const AMBIGUOUS: Readonly<Record<string, readonly string[]>> = {
  b: ['b', 'be'],
  n: ['n', 'and', 'in'],
  r: ['r', 'are', 'our'],
  c: ['c', 'see', 'si'],
  '2': ['#', 'to', 'too'],
  '4': ['#', 'for'],
  were: ['were', 'we are'],
  wit: ['with'],
  da: ['da', 'the'],
  th: ['the'],
  dat: ['that'],
  od: ['od', 'overdose'],
  xtra: ['extra'],
};

function readTable(table: string): Map<string, readonly string[]> {
  const entries = table.trim().split(/[|\n]/);
  return new Map(
    entries.map((entry) => {
      const [typed = '', meant = ''] = entry.split('=');
      return [typed, meant.split(' ')] as const;
    }),
  );
}

const TABLE = new Map([...readTable(SPANISH), ...readTable(ENGLISH)]);

/** The plain words that a shortened one stands for, or null when it is none. */
export function expandTexting(word: string): readonly string[] | null {
  return TABLE.get(word) ?? null;
}

/** Other single words that a typed word may stand for ("b" for "be"). */
export function otherReadings(word: string): readonly string[] {
  return AMBIGUOUS[word]?.filter((reading) => !reading.includes(' ')) ?? [];
}
