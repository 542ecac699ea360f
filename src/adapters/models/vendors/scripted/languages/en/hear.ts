import type { Intent } from '../../language.ts';
import { any, either, starts, whole } from '../../pattern.ts';

/** Small words round an answer that change nothing. */
const lead =
  'um+ / uh+ / er+ / well / so / oh / ah / okay / ok / yeah / yes / no / hi / hello / hey / please / sorry / actually / and / but / then / now / just / right / alright / listen / look';
const thing = '(?:appointment|booking|reservation|visit|meeting|session|slot|time|consultation)';
const someone =
  '(?:(?:a|an|the|some|any|your|actual|real|live|human) )*(?:person|people|human|human being|someone|somebody|anyone|anybody|agent|representative|rep|operator|manager|supervisor|boss|owner|receptionist|member of staff|staff|team|doctor|dr|technician|someone else|mr|mrs|ms)';

/** What English callers say, by what they are after. On plain text: lower case, no apostrophes, no punctuation. */
export const hearEnglish: Readonly<Record<Intent, RegExp>> = {
  emergency: any(`
    (?<!had (?:a|an|his|her|my|their) )heart attack(?! last) / having a stroke
    (?:cant|cannot|can not|trouble|difficulty) breath(?:e|ing) / (?:not|stopped|isnt) breathing
    (?:is|hes|shes|im|am|are) (?:unconscious|on fire|bleeding (?:badly|heavily|out|a lot|to death)|being attacked)
    passed out / (?:house|kitchen|building|office|car|place|room|apartment) is (?:on fire|burning)
    theres a fire / there is a fire / (?:smell|smelling|smells (?:like|of)) gas / gas leak
    call (?:911|999|112|the police|an ambulance) / need (?:an ambulance|the police|the fire)
    overdos(?:e|ed|ing) / (?:kill|hurt|harm) myself / suicid(?:e|al) / has a (?:gun|knife) / broke into my
    dying
  `),
  stopCalling: any(`
    (?:stop|quit) (?:calling|phoning|ringing|contacting|bothering|texting|harassing)
    (?:do not|dont|never|not|not to)(?: ever)? (?:call|phone|ring|contact|text)(?: (?:me|us|here|this number|my (?:number|phone|house|home)))+(?! (?:back|before|after|at|on|until|till|in|between|by))
    (?:take|get|remove|delete|scratch) (?:me|us|my (?:name|number|phone)|this number|our number)(?: number)? (?:off|from|out)
    (?:remove|delete|erase) (?:my|this|our) (?:phone )?number / (?:do not|dont|no) call list / no more calls
    (?:do not|dont|never) call(?: again| anymore| any more)?$ / unsubscribe / opt(?: me)? out / revoke(?: my)? consent / dont want (?:any more|these|any|your|more) calls
    leave me alone
  `),
  machine: any(`
    (?:are|r) (?:you|u)(?: \\w+){0,4} (?:robot|bot|machine|computer|ai|a i|human|person|real(?! estate)|recording|chatbot|program|automated|artificial|answering machine|virtual|alive)
    youre (?:a|an|just a|not a|not an|not)(?: real| actual)? (?:robot|bot|machine|computer|ai|recording|human|person|real)
    is (?:this|it|that) (?:a |an |the )?(?:real |actual |live )?(?:robot|bot|machine|computer|ai|recording|chatbot|automated|human|person|answering machine|voicemail)
    (?:am i|im|i am) (?:talking|speaking) (?:to|with) (?:a |an )?(?:\\w+ )?(?:robot|bot|machine|computer|ai|recording|human|person)
    you sound like a (?:robot|machine|computer) / do you have (?:a soul|feelings)
  `),
  person: either(
    any(`
    (?:speak|talk|chat|speaking|talking) (?:to|with) ${someone}
    (?:get|give|want|need|prefer|rather have|like) (?:me )?${someone}
    (?:put|connect|transfer|pass|patch) (?:me|us|my call|this call|the call|the phone)(?: through| over)?(?: to| with)?(?! (?:on|in|down))
    (?:real|live|actual) (?:person|human|people) / human being / a human / representative / operator
    is (?:there )?(?:anyone|anybody|someone|somebody) (?:there|available|around|i can (?:talk|speak))
    (?:can|could|may) i (?:please )?(?:speak|talk) (?:to|with) (?!you)
    (?:want|need|like) to (?:speak|talk) (?:to|with) (?!you)
  `),
    whole(lead, 'person / agent / human / operator / transfer / manager'),
  ),
  repeat: either(
    any(`
    repeat(?: that| it| yourself)? / say (?:that|it|those)(?: again| once more| one more time) / come again
    what did you(?: just)? say
    (?:didnt|did not|couldnt|could not|cant|cannot)(?: quite| really)? (?:hear|catch|understand|get) (?:you|that|it|what|the)
    (?:i )?beg (?:your )?pardon / one more time / once more / what were (?:they|those|the times|my options)
    (?:slow down|more slowly|slower|speak up|louder) / hard of hearing / go over (?:that|it|those) again
  `),
    whole(
      lead,
      'what / sorry / pardon / pardon me / excuse me / huh / eh / what was that / whats that / again / say what',
    ),
  ),
  hold: starts(
    lead,
    `
    hold on / hang on / hold the line / wait
    (?:one|just a|just one|give me a|give me one|a) (?:second|sec|moment|minute|min) / bear with me
    let me (?:check|see|look|get|find|think|grab|ask) / stop$ / stop (?:talking|it|there|stop)
  `,
  ),
  goodbye: either(
    any(`
    good ?bye / bye / bye bye / see you / see ya / talk to you (?:later|soon)
    have a (?:good|nice|great|lovely) (?:day|one|evening|weekend|afternoon|night)
    (?:i have|ive got|got|gotta|i gotta|need) to (?:go|run) / hang up / take care
  `),
    whole(lead, 'cheers / ciao / thats all bye'),
  ),
  nothingElse: any(`
    thats (?:all|it|everything|about it|all i need(?:ed)?) / that is (?:all|everything) / that will be all
    thatll be all / nothing (?:else|more|thanks|special|specific|in particular) / nothing$ / im (?:good|all set|done|all good) / all set / no more questions
  `),
  thanks: any('thanks / thank you / thx / cheers / appreciate (?:it|that|your) / much obliged'),
  wrongNumber: any(`
    wrong number / (?:dialed|dialled|called|got|have|rang) the wrong / misdial(?:ed|led)?
    didnt mean to (?:call|dial) / (?:called|dialed|dialled|rang) (?:you )?by (?:mistake|accident)
    (?:pocket|butt) dial(?:ed|led)?
  `),
  anger: any(`
    ridiculous / unacceptable / terrible / awful / horrible / disgusting / worst / useless / pathetic
    incompetent / outrageous / a joke / waste of (?:my )?time / wasting my time / fed up
    sick (?:and tired )?of / had enough / lost (?:my )?patience
    (?:im|i am|so|very|really|extremely|getting) (?:\\w+ )?(?:angry|furious|upset|pissed|mad|frustrated|annoyed|livid)
    frustrating / infuriating / (?:are you|you) (?:kidding|joking|deaf|stupid|even listening)
    (?:youre|you are) not listening / hate (?:this|you|talking|these|robots|machines) / stupid / idiots?
    what is wrong with you / whats wrong with you
    for the (?:second|third|fourth|fifth|tenth|last|hundredth) time / i want to complain / make a complaint
    shut up
  `),
  profanity: any(`
    fuck\\w* / (?:bull)?shit\\w* / bastards? / assholes? / arseholes? / bitch\\w* / go to hell / screw you
    cunts? / dickheads? / wtf / motherf\\w* / piss off / goddamn / damn you
  `),
  book: either(
    whole(lead, 'an appointment / appointment / the appointment / a booking / booking'),
    any(`
    (?:can|could|may) (?:i|we|he|she|they) (?:come|stop|pop|drop|get in|see) / (?:can|could) my (?:\\w+ ){1,4}(?:come|be seen|get in)
    (?:do|would) you have (?:anything|something|time|any time|room|space|a slot)
    (?:can|could) you (?:see|take|fit) (?:me|us|him|her) / what (?:times|slots|days) (?:do you|are|have)
    (?:want|need|like|have|get|book) (?:the )?(?:earliest|next|first|soonest) (?:available |possible |free )?(?:appointment|slot|time|opening|one)
    book(?:ing)? / schedule / (?:an|a|another|any|new|next|first) appointments?
    appointments? (?:for|available|with|tomorrow|today|next|on|this)
    (?:whats|what is|when is) (?:the|your) (?:earliest|soonest|next|first) (?:\\w+ ){0,2}(?:you|i|we|available|free|opening|appointment)
    make (?:an|a|my) (?:appointment|booking|reservation) / reserve / reservation
    set (?:up|something up) (?:a|an|something|for)
    set up (?:a|an) (?:time|meeting|visit|appointment|consultation)
    (?:come|bring \\w+|pop|drop|get) in(?: to| for| and)? / come by / stop by
    (?:fit|squeeze|get|slot) (?:me|us|him|her|them) in
    (?:any|an|have) (?:openings?|slots?|availability)(?! hours| times) / anything (?:available|free|open)
    free slots? / availability / available (?:times|slots|appointments)
    (?:someone|somebody|anyone|you|a technician|a plumber)(?: can| could| to)? come (?:out|over|round|by|and|have|take)
    come (?:and )?(?:have|take) a look / send (?:someone|somebody|anyone)
    see (?:the|a|dr|doctor) (?:doctor|dentist|lawyer|vet|therapist|hygienist|specialist)
    get (?:a|an) (?:estimate|quote|consultation|check ?up|cleaning|haircut)
  `),
  ),
  move: any(`
    re ?schedul(?:e|es|ed|ing)
    (?:move|change|switch|shift|push(?: back)?|postpone|bring forward|adjust|swap|delay) (?:\\w+ ){0,3}${thing}
    (?:move|change|switch|push|postpone|make) (?:it|that|this)(?! (?:clear|quick|short|urgent))(?: to| back)?
    (?:different|another|new|earlier|later) (?:time|day|date) for (?:my|our|the) ${thing} / postpone
  `),
  cancel: either(
    any(
      `(?:cancel|call off|drop|delete|get rid of)(?:ling|ing)? (?:\\w+ ){0,3}${thing}s? / cancellation / (?:want|need|like|have|calling|wanted) to cancel$ / (?:cancel|call off) (?:it|that one)$`,
    ),
    whole(
      `${lead} / i / want / need / would / like / to / can / you / could / wanna / id / my / it / that / this`,
      'cancel',
    ),
  ),
  cannotCome: any(`
    (?:cant|cannot|can not|wont be able to|not able to|unable to|not going to) (?:make|come|keep|attend|do)(?: it)?(?: to)? (?:my|our|the) (?:\\w+ )?${thing}
    (?:about|regarding|concerning) (?:my|our|an existing) ${thing}
  `),
  lookup: any(`
    (?:when|what time|what day|what date)(?: is| was|s)? (?:my|our) (?:\\w+ )?${thing}
    (?:do i|did i|if i) (?:\\w+ )?(?:have|make|book) (?:an?|my|any) (?:\\w+ )?${thing}
    (?:check|confirm|verify|remind me of|look up) (?:my|our|an existing) ${thing}
    when am i (?:booked|scheduled|coming|due)
  `),
  message: either(
    whole(
      `${lead} / i / mean / meant / want / would / like / rather / prefer / take / guess / suppose / think / maybe`,
      'a message / message / the message / leave one / pass it on',
    ),
    any(`
    (?:leave|give|send|take|get|deliver)(?: \\w+){0,3} (?:message|note) / a message for
    pass (?:\\w+ )?(?:on|along)
    tell (?!me\\b|us\\b)(?:\\w+ ){1,3}(?:that|to|i|im|ill|ive|hes|shes|we|were|it|about)
    let (?!me\\b|us\\b)(?:\\w+ ){1,3}know
    tell (?:him|her|them|the \\w+|(?:dr|doctor|mr|mrs|ms|miss) \\w+)(?! i want)
    missed call / got a call from / (?:someone|somebody|you|they) (?:just )?(?:called|rang|phoned) me
    (?:have|ask|get) (?:\\w+ ){1,3}(?:to )?(?:call|ring|phone|contact|text) (?:me|us)
    (?:call|ring|phone|get|text|contact)(?:ed|s)? (?:me|us|my (?:wife|husband|mother|father)) (?:back|up)
    call ?backs? / return(?:ing|ed)? (?:my|your|his|her|a|the|our) (?:phone )?call / get back to (?:me|us)
    (?:someone|somebody|anyone|you) (?:to |can |could |please |should )?(?:call|ring|phone|contact) (?:me|us)
    give me a (?:call|ring|shout) / missed (?:a|your|his|her) call
  `),
  ),
  relay: any(`
    tell (?:him|her|them|the \\w+|(?:dr|doctor|mr|mrs|ms|miss) \\w+|\\w+ (?:that|i|im|ill))
    let (?!me\\b|us\\b)(?:\\w+ ){1,3}know
    (?:its|it is|thats|this is) (?:about|regarding|concerning)
  `),
  late: any(`
    running (?:\\w+ ){0,4}late
    (?:ill|i will|i might|im going to|im gonna|well|we will) be (?:\\w+ ){0,4}late
  `),
  urgent: any(`
    urgent(?:ly)? / an emergency / asap / as soon as possible / right away / immediately / straight away
    cant wait / very important / critical
  `),
  notUrgent: any(`
    (?:not|isnt|nothing|not that|not very|not really|not so|not too|not particularly) urgent
    no (?:rush|hurry|urgency) / whenever / not an emergency / can wait / not (?:that |very )?important
    in your own time
  `),
  hours: any(`
    (?:are|r) (?:you|u|they|we)(?: \\w+)? (?:open|closed|there)
    (?:opening|business|office|working|store|your|the) hours
    what (?:time|hours|days|are the hours)(?: \\w+){0,3} (?:open|close|closing|shut)
    when (?:do|are|is|will)(?: \\w+){0,3} (?:open|close|closed|closing) / until when / how late / how early
    opening times? / do you (?:open|close|work|stay open)(?: on| at)? / you guys open / hours
    is (?:it|the \\w+) open
  `),
  help: any(`
    what can (?:you|i) (?:do|say|ask) / how (?:can|could) you help / what are my options / what do you do
    how does this work / can you help(?: me)?$ / i need(?: some)? help$ / what (?:should|do) i say
  `),
  who: any(`
    who(?:s| is| am| are)? (?:this|that|i (?:speaking|talking)|you) / who am i (?:speaking|talking)
    what(?:s| is) (?:this place|this number|your name)
    what (?:company|business|place|number|office) (?:is|are|did|have) / is (?:this|that) (?:the|still the)
    where am i calling / (?:have|did) i (?:reach|reached|get|got|call|called) / whose number
  `),
  greeting: whole(
    lead,
    `
    hi / hello / hey / hi there / hello there / good (?:morning|afternoon|evening|day) / howdy / greetings
    yes hello / anyone there / anybody there
  `,
  ),
  howAreYou: any('how are you / how you doing / hows it going / how do you do / how are things / hows your day'),
  ownNumber: any(`
    this (?:number|one|phone|line) / (?:same|that|current) (?:number|one|phone)
    (?:number|one|phone)(?: that)? (?:im|i am|ive been) (?:calling|ringing|phoning|speaking|talking|on|using|called)
    im (?:calling|ringing|phoning) (?:from|on|with) (?:it|this) / caller id / number you (?:see|have|got)
    what(?:s| is)? (?:shows|showing|on your (?:screen|display))
  `),
  dontCare: any(`
    (?:dont|do not) (?:care|mind|have a preference) / doesnt matter / does not matter / whatever / whichever
    (?:any|either)(?: (?:time|day|one|of (?:them|those)))?(?: (?:is|works|would be|will))?(?: (?:fine|good|ok|okay|great|work|do))
    any(?:time| time| day) / whenever / no preference / up to you / im (?:flexible|easy|free|open)
    you (?:choose|pick|decide) / surprise me / either(?: one)?$
  `),
  decline: any(`
    (?:rather|prefer|better) not
    (?:dont|do not) (?:want|wish|have|like|need) (?:to (?:say|give|tell|share|leave)|one|a (?:name|number|phone)|any)
    (?:wont|not going to|not gonna) (?:say|give|tell|share) / none of your business / no (?:name|number|phone)
    skip(?: it| that)? / why do you (?:need|want) / anonymous(?:ly)? / thats private
    cant (?:say|remember|tell) / (?:dont|do not) (?:know|remember)(?: (?:it|my number|the number|that))?$
    not sure
  `),
  earliest: any(`
    earliest / soonest / first (?:available|thing you have|opening|free|slot)
    as soon as (?:possible|you can) / asap / next (?:available|free|opening|slot) / as early as / quickest
    nearest
  `),
  later: any('later / after (?:that|those) / too early / not (?:so|that) early'),
  earlier: any('earlier / sooner / before (?:that|those) / too late / not (?:so|that) late'),
  anotherDay: any(`
    (?:another|different|other) (?:day|date) / some other (?:day|time) / not that day / (?:the )?next day
    day after(?: that)?$ / following day / cant do that day / that day doesnt
  `),
  otherTimes: any(`
    (?:another|different|other|else|more|alternative) (?:times?|options?|ones?|slots?|hours?)
    (?:none|neither|not any)(?: of (?:these|those|them|that))? / what else / any(?:thing)? (?:else|other)
    (?:those|these|that|it|they|none)(?: \\w+)? (?:dont|doesnt|wont|do not|does not) work
    (?:cant|cannot|can not) (?:do|make) (?:those|these|any|that|it|them) / (?:dont|doesnt) work(?: for me)?
    not (?:good|great|ideal|convenient)(?: for me)? / no good
  `),
  neverMind: any(`
    never ?mind / forget (?:it|about it|that) / leave it / drop it / cancel (?:that|it|this)$ / ^cancel$
    scratch that / (?:changed|change) my mind / dont (?:bother|worry about it) / lets not / start over
    go back
  `),
  instead: any('instead / actually / rather / on second thought'),
  question: either(
    starts(
      lead,
      `
    what / whats / when / where / wheres / who / how / hows / why / which / do you / does / is there
    are there / is it / are you / can i / can you / could you / could i / may i / will you / would you
    is your / is the / have you / tell me / i (?:have|had|got) a question
  `,
    ),
    any(`
    (?:wondering|wanted to know|want to know|like to know|can you tell me|could you tell me|do you know|tell me about|question about|asking (?:about|if))
    how much / do you (?:have|accept|take|offer|do|sell|provide)
  `),
  ),
  tailCorrection: any(`
    ends? (?:in|with) / ending(?: in| with)? / last (?:\\w+ )?(?:digits?|numbers?|ones?|part|is|are)
    at the end
  `),
  headCorrection: any('starts? (?:with|in) / beginning / first (?:\\w+ )?(?:digits?|numbers?|ones?|part) / area code'),
  backchannel: whole(
    lead,
    'mm+ / mhm / mm hm+ / uh huh / aha / hmm+ / i see / right / okay / ok / sure / got it / go on / alright',
  ),
  openNow: any(`
    (?:are|is|r) (?:you|u|they|we|it|the \\w+|you guys)(?: still| currently)? open$ / open (?:right )?now
    open at the moment / open at this time / still open / closed (?:right )?now
  `),
  need: any('(?:need|needs|want|wants|wanna|like|get|have) (?:a|an|my|the|some|to|it|this)'),
  otherLanguage: any(`
    (?:speak|in|talk) (?:french|german|italian|portuguese|chinese|mandarin|cantonese|hindi|arabic|russian|polish|turkish|japanese|korean|vietnamese|tagalog|dutch)
    which languages / what languages
  `),
};
