import type { Language } from '../../language.ts';
import { any, either, starts, subjects, words } from '../../pattern.ts';
import { numbersEnglish, timeEnglish } from './dates.ts';
import { hearEnglish } from './hear.ts';
import { sayEnglish } from './say.ts';
import { speakEnglish } from './speak.ts';

const lead =
  'um+ / uh+ / er+ / well / so / oh / ah / okay / ok / and / but / hmm+ / mm+ / i think / i guess / actually / sorry / please / then / look';

/** English. */
export default {
  tags: ['en-US', 'en-GB', 'en-AU', 'en-CA', 'en-IN', 'en-IE', 'en-NZ', 'en-ZA'],
  called: { en: 'English', es: 'Spanish' },
  telltale: words(`
    the and you are my what when where how is this that with would like could can please want need have there your for of it
    to i im id hello hi thanks thank yes yeah morning afternoon tomorrow today appointment speak open dont do not stop call
    calling book message leave cancel move change was were will did does about sorry okay not right somebody someone
  `),
  askedFor: /(?<!\b(?:dont|not|no) (?:speak|hablo|entiendo|know|understand) )\b(?:english|ingles)\b/,
  hear: hearEnglish,
  yes: either(
    starts(
      lead,
      `
    yes / yeah / yep / yup / ya / yah / aye / sure / correct / right / exactly / precisely / absolutely
    definitely / certainly / indeed / affirmative / ok / okay / alright / all right / fine / perfect / great
    good / sounds / of course / please do / please / go ahead / go for it / do it / do that / uh huh / mhm
    mm hm+ / it is / it does / i do / i would / id (?:like|love) (?:that|to) / you can / you may / you got it
    you bet / why not / lets do (?:it|that) / that one / it works / true / i confirm / by all means / works
  `,
    ),
    any(`
    (?<!dont think |not sure |not think )thats (?:right|correct|(?<!no thats )it|fine|good|perfect|great|okay|ok|the one|me)
    that is (?:right|correct|fine)
    (?:that|which|it|this)(?: one)?(?: would| will|ll)? (?:works|work|be fine|be great|be good|suits|be perfect)
    sounds (?:good|great|fine|right|perfect) / yes
  `),
  ),
  no: either(
    starts(
      lead,
      `
    no / nope / nah / naw / not really / not that / not yet / not now / not today / not at all / not right
    not quite / not correct / wrong / incorrect / negative / never / dont / do not / i dont / i do not
    id rather not / it isnt / its not / that isnt / thats not / thats wrong / that is (?:not|wrong)
    i wouldnt / absolutely not / of course not / certainly not / definitely not / neither / none / its wrong
    not
  `,
    ),
    any(`
    thats (?:wrong|incorrect|not right|not correct|not it) / isnt (?:right|correct) / not (?:right|correct)$
    no thanks / no thank you
  `),
  ),
  not: 'not',
  choices: [
    [any('(?:option|number) (?:1|one) / first(?: one| time| option)?(?! (?:available|thing|of))'), 0],
    [
      any(`
    (?:option|number) (?:2|two) / (?<!one |a |just a |give me a )second(?: one| time| option)?(?! of)
    middle(?: one)?
  `),
      1,
    ],
    [any('(?:option|number) (?:3|three) / third(?: one| time| option)?(?! of)'), 2],
    [any('last(?: one| time| option) / the last / latter / (?:later|latest)(?: one| option) / the latest'), -1],
    [any('earlier (?:one|option) / former / earliest of'), 0],
  ],
  introductions: {
    sure: /\b(?:my name(?:'s|’s| is)|name is|the name(?:'s|’s| is)|i am called|call me|under the name(?: of)?|put (?:it )?under|you(?:'re|’re| are) speaking (?:to|with)|for my (?:son|daughter|child|kid|wife|husband|mother|father|mom|mum|dad|partner)(?=,| named| called)(?:,? (?:named|called))?)[\s,:]+([\p{L}][^]{0,70})/iu,
    likely:
      /\b(?:[Tt]his is|[Ii](?:'m|’m| am)|[Ii]t(?:'s|’s| is)|[Hh]ere is|[Nn]ame[:,]?)\s+([\p{L}][^.,;!?]{0,70})|^([\p{Lu}][\p{L}'’-]+(?: [\p{Lu}][\p{L}'’-]+)?)(?= (?:here|speaking)\b)/gu,
  },
  notNames: words(`
    a an the and but or so from at in on with for of to i im ive id me my you your he she it its is are was am
    be been not no yes yeah yep ok okay here there speaking calling call ringing trying looking interested
    wondering hoping going about regarding concerning again back just also still very really quite sorry sure
    fine good great well afraid sick ill late early free busy done ready new old existing happy unable able
    available working having getting need needing want wanting would like could can cant will wont have has had
    do does did dont what when where who why how which this that these those urgent emergency important tomorrow
    today tonight monday tuesday wednesday thursday friday saturday sunday morning afternoon evening noon one
    two three four five six seven eight nine ten zero oh double ridiculous terrible awful unacceptable stupid
    crap shit fuck fucking please thanks thank hello hi hey bye goodbye um uh er hmm because since if as by up
    out off over more some any anyone someone somebody number phone appointment booking message person human
    robot machine help price prices cost hours open closed wrong right correct true calling-about cancel
    reschedule book first second third last earliest later earlier another day time maybe probably actually
    nothing everything something spell spelled spelt repeat skip english spanish question whatever stop wait
    hold pass private anonymous all same my-number mobile cell home work
  `),
  aroundNames:
    /^(?:(?:um+|uh+|er+|well|so|oh|okay|ok|yes|yeah|sure|of course|certainly|hi|hello|sorry|it is|it['’]?s|that['’]?s|this is|i am|i['’]?m|my name is|my name['’]?s|the name is|name is|it would be|that would be|put|just|no)[\s,.:]+)+|[\s,.]+(?:here|speaking|please|thanks|thank you)[.!]*$/iu,
  reason:
    /(?<!\b(?:what|how) )\b(?:for|about|regarding|concerning|because of|to (?=have|get|discuss|talk about|see about))\s+((?!me\b|you\b|us\b|(?:a |the |many |several |so )?(?:long |last )?(?:years?|months?|weeks?|days?|hours?|ages|while|few)\b|tomorrow|today|tonight|next|this|the \d|mon|tues|wednes|thurs|fri|satur|sun|\d|a (?:time|day|while)\b|an? (?:appointment|booking|reservation)\b|one\b|two\b|three\b|four\b|five\b|six\b|seven\b|eight\b|nine\b|ten\b|eleven\b|twelve\b|noon|morning|afternoon|my appointment|calling)[^.,;!?]{3,80}?)(?=$|[.,;!?]| (?:tomorrow|today|tonight|next|this|on|at|in|please|and my|my (?:name|number))\b)/iu,
  numbers: numbersEnglish,
  time: timeEnglish,
  stopWords: words(`
    a an the and or but so if of to in on at for with from by as is are was be am do does did have has had you
    your i me my we us our it its this that these those there here what when where who how why which can could
    would will should may might please tell know want like need just about some any get got im id ive whats
    wheres hi hello yes no um uh okay ok question ask asking information info guys something take accept
  `),
  subjects: subjects(stem, {
    price: 'price cost charge fee rate expensive cheap much tariff',
    address: 'address located location where directions street find map',
    parking: 'parking park garage',
    payment: 'payment pay paying card cash credit visa invoice installment',
    insurance: 'insurance coverage covered',
    email: 'email mail',
    website: 'website web site internet online',
    access: 'wheelchair accessible elevator lift stairs disabled',
    transit: 'bus train subway tram metro station',
    preparation: 'bring prepare document paperwork',
    delivery: 'deliver delivery ship shipping',
    guarantee: 'warranty guarantee refund return',
    pets: 'pet dog cat animal',
    children: 'child children kid baby',
    area: 'area region serve travel radius',
    duration: 'long duration',
    staff: 'doctor dentist staff owner team',
    services: 'service treatment offer provide',
  }),
  stem,
  speak: speakEnglish,
  phrases: sayEnglish,
} satisfies Language;

/** Cuts common endings, so that one word meets another form of it. */
function stem(word: string): string {
  return word.length <= 3
    ? word
    : word
        .replace(/(?:sses)$/, 'ss')
        .replace(/ies$/, 'i')
        .replace(/(?:ing|ed|es|s|e)$/, '')
        .replace(/([bdgklmnprt])\1$/, '$1');
}
