import type { Intent } from '../../language.ts';
import { any, either, starts, whole } from '../../pattern.ts';

/** Small words round an answer that change nothing. */
const lead =
  'eh+ / este / pues / bueno / oiga / mire / ah / ay / oh / si / no / hola / perdon / disculpe / por favor / y / pero / entonces / ok / vale / a ver';
const thing = '(?:cita|citas|reserva|reservacion|visita|turno|consulta|hora)';
const someone =
  '(?:(?:una|un|la|el|alguna|algun|otra|verdadera|de) )*(?:persona|personas|humano|alguien|agente|representante|operador|operadora|gerente|encargado|encargada|jefe|jefa|dueno|duena|recepcionista|secretaria|doctor|doctora|dr|dra|senor|senora|companero|companera)';

/** What Spanish callers say, by what they are after. On plain text: lower case, no accents, no punctuation. */
export const hearSpanish: Readonly<Record<Intent, RegExp>> = {
  emergency: any(`
    (?<!tuvo un |tuve un )(?:infarto|ataque al corazon) / derrame cerebral / no (?:puede|puedo) respirar / no respira
    (?:esta|estoy) (?:inconsciente|sangrando mucho|desangrandose) / se desmayo / hay (?:un )?(?:fuego|incendio)
    se (?:esta )?quema(?:ndo)? / incendio / (?:huele|olor) a gas / fuga de gas / llam\\w+ (?:a )?(?:una ambulancia|la policia|los bomberos)
    necesito (?:una ambulancia|a la policia) / sobredosis / suicid\\w+ / matarme / quitarme la vida / me estan atacando / tiene una pistola
  `),
  stopCalling: any(`
    no (?:me|nos) (?:llame|llamen|llames|vuelva a llamar|vuelvan a llamar|contacte|contacten|moleste|molesten|marque|marquen)(?! (?:antes|despues|a las|por la|hasta|manana|hoy|el))
    (?:deje|dejen|deja|dejad|paren|pare) de (?:llamar|llamarme|llamarnos|molestar|molestarme|marcar|marcarme)
    (?:quite|quiten|quiteme|quitenme|saque|saquen|saqueme|saquenme|borre|borren|borreme|borrenme|elimine|eliminen|elimineme|eliminenme|deme de baja|denme de baja)(?: \\w+){0,2} (?:de la lista|de su lista|de sus listas|numero|telefono|nombre|baja)
    (?:deme|denme|darme|dar) de baja / no (?:quiero|queremos) (?:mas llamadas|que me llamen|recibir mas) / lista de no llamar
    no mas llamadas / ya no (?:me|nos) llamen / dejenme en paz / dejeme en paz
  `),
  machine: any(`
    (?:eres|es usted|es|usted es|estas|sera|hablo con|estoy hablando con|habla)(?: con)? (?:un |una |la |el )?(?:\\w+ )?(?:robot|maquina|computadora|ordenador|ia|inteligencia artificial|bot|humano|humana|grabacion|contestadora|contestador)
    (?:eres|es usted|usted es|hablo con|estoy hablando con) (?:una )?persona(?: real| de verdad)? / es una persona real / hablando con una persona
    (?:eres|es usted) (?:real|de verdad) / suenas como (?:un |una )?(?:robot|maquina)
  `),
  person: either(
    any(`
    (?:hablar|comunicarme|platicar|contactar|hable) con (?!usted|ustedes)${someone} / (?:pase|paseme|paseme con|comuniqueme|conecteme|pongame|transfiera|transfierame|comuniquenme|pasame|paseme a)(?: con| a)?
    (?:quiero|necesito|prefiero|deme|queria|quisiera) (?:a )?${someone} / persona (?:real|de verdad) / ser humano / un humano
    pon(?:er|ga|game|erme) con / comunicar con / operador / operadora / representante / hay (?:alguien|alguna persona) / (?:puedo|podria|quiero|quisiera|necesito) hablar con (?!usted)
  `),
    whole(lead, 'persona / una persona / agente / humano / operador / operadora / con una persona'),
  ),
  repeat: either(
    any(`
    (?:repita|repite|repitame|repetir|repiteme|repetirme|repitalo)(?: \\w+)? / otra vez por favor / una vez mas / como dijo / que dijo / que ha dicho
    no (?:le |te |lo |la )?(?:oi|oigo|escuche|escucho|entendi|entiendo|he oido|he entendido)(?: bien| nada)? / mas (?:despacio|lento|alto|fuerte)
    digalo otra vez / cuales eran / puede decirlo otra vez / me lo dice otra vez
  `),
    whole(lead, 'como / que / mande / perdon / perdone / disculpe / otra vez / cual'),
  ),
  hold: starts(
    lead,
    `
    espere / espera / esperame / espereme / un (?:momento|momentito|segundo|minuto|segundito|minutito) / dame un (?:momento|segundo)
    deme un (?:momento|segundo|minuto) / permitame / dejeme (?:ver|mirar|buscar|pensar|revisar|preguntar) / dejame (?:ver|mirar|buscar) / aguarde / pare$ / alto$
  `,
  ),
  goodbye: either(
    any(
      'adios / hasta (?:luego|pronto|manana|la vista) / chao / chau / nos vemos / que (?:tenga|tengas|pase|pases) (?:un )?(?:buen|buena|bonito|lindo) \\w+ / que le vaya bien / me tengo que ir / tengo que colgar / cuelgo / bye',
    ),
    whole(lead, 'buen dia gracias / listo adios'),
  ),
  nothingElse: any(
    '(?:eso|esto) (?:es|seria|era) todo / es todo / ya esta / asi esta bien / con eso (?:basta|esta bien|es suficiente) / nada (?:mas|gracias) / nada$ / ninguna otra cosa / todo bien',
  ),
  thanks: any('gracias / muchas gracias / mil gracias / se lo agradezco / muy amable / te lo agradezco'),
  wrongNumber: any(
    'numero equivocado / me (?:he )?equivo(?:que|cado)(?: de numero)? / (?:marque|llame) mal / (?:llame|marque) por error / numero incorrecto / me confundi de numero',
  ),
  anger: any(`
    ridiculo / inaceptable / terrible / horrible / pesimo / pesima / asco / inutil(?:es)? / verguenza / incompetentes? / estupid\\w+ / idiotas? / imbecil(?:es)?
    perd\\w+ (?:mi |el )?tiempo / hart[oa] / estoy (?:muy |bien )?(?:enojad[oa]|enfadad[oa]|molest[oa]|furios[oa]|cabread[oa]) / no me (?:escucha|entiende|esta escuchando)
    es una burla / el colmo / nadie (?:me |nos )?(?:contesta|atiende|responde|devuelve) / ya es la (?:segunda|tercera|cuarta|quinta) vez / odio (?:esto|hablar|las maquinas) / callese / quiero (?:quejarme|poner una queja|reclamar)
  `),
  profanity: any(
    'mierda / puta / puto / joder / cono / carajo / chinga\\w* / pendej[oa]s? / cabron(?:a|es)? / hijo de puta / gilipollas / vete al diablo / maldit[oa] sea / verga',
  ),
  book: either(
    whole(`${lead} / una / la`, 'cita / reserva / turno'),
    any(`
    (?:reserv\\w+|agend\\w+|program\\w+|concert\\w+|pedir|sacar|solicitar|apartar|coger|tomar|hacer|una nueva|otra|una|dar|darme|deme|conseguir) (?:me )?(?:una |un |la |otra |nueva )*(?:cita|turno|hora|reserva|reservacion|visita|consulta)
    (?:reservar|agendar) / hay (?:algo|alguna hora|huecos?|disponibilidad|cita|citas|lugar|espacio)(?: libres?| disponibles?)? / tien\\w+ (?:algo|alguna hora|huecos?|disponibilidad|cita|citas|lugar|espacio|hora)(?: libres?| disponibles?)?
    (?:quiero|quisiera|queria|pedir|dame|deme|necesito) (?:una )?(?:hora|cita) / cita previa / disponibilidad / que (?:venga|vengan|vaya|vayan) (?:alguien|a ver|un tecnico|a revisar) / (?:podria|puede|pueden) (?:venir|pasar|enviar|mandar) / (?:puedo|podria|quisiera|quiero) (?:ir|pasar|venir)
    (?:necesito|quiero|quisiera|queria) que (?:me|lo|la|le|nos) (?:vea|vean|atienda|atiendan|revise|revisen)
    una cita / un turno / (?:un )?presupuesto / ver (?:al|a la) (?:doctor|doctora|dentista|medico|abogado)
  `),
  ),
  move: any(`
    (?:cambi\\w+|mov\\w+|muev\\w+|pospon\\w+|aplaz\\w+|adelant\\w+|retras\\w+|pas\\w+)(?: \\w+){0,3} ${thing} / reprogram\\w+ / reagend\\w+ / posponer(?:la)? / aplazar(?:la)?
    (?:cambiarla|moverla|adelantarla|atrasarla|pasarla|cambiela|muevala|cambialo|cambiarlo) / otra (?:hora|fecha) para mi cita
  `),
  cancel: either(
    any(
      `(?:cancel\\w+|anul\\w+|elimin\\w+|quit\\w+)(?: \\w+){0,2} ${thing} / cancelacion / (?:cancelarla|anularla|cancelela|anulela)`,
    ),
    whole(`${lead} / quiero / quisiera / necesito / puede / puedo / mi / la / eso`, 'cancelar / anular / cancelo'),
  ),
  cannotCome: any(
    `no (?:puedo|podre|voy a poder|podria|voy a) (?:ir|asistir|llegar|acudir|venir)(?: a)?(?: (?:mi|la|nuestra) ${thing})? / (?:sobre|acerca de|por) mi ${thing}`,
  ),
  lookup: any(
    `(?:cuando|a que hora|que dia|para cuando)(?: \\w+){0,2} (?:mi|nuestra|tengo) (?:la )?${thing}? / (?:tengo|tenia|hice) (?:alguna |una |la )?${thing} / (?:confirmar|verificar|revisar|consultar|checar|recordar\\w*) (?:mi|la|una) ${thing}`,
  ),
  message: either(
    whole(`${lead} / un / el`, 'mensaje / recado / dejar un mensaje'),
    any(`
    (?:dejar\\w*|dejo|deje|tom\\w+|pasar\\w*|dar\\w*|mandar|enviar)(?: \\w+){0,2} (?:mensaje|recado|nota|aviso) / un (?:mensaje|recado) para
    (?:dig\\w+|decirle|avis\\w+|comuniqu\\w+)(?:le|les)? (?:(?:a|al|que) )(?:\\w+ ){0,3} / que me (?:llame|llamen|devuelva|devuelvan|marque|marquen|contacte|contacten|regrese|regresen) / (?:me )?(?:devuelv\\w+|regres\\w+) la llamada
    (?:me puede|me pueden|me podria|pueden|puede|podrian) (?:llamar|llamarme|marcar|marcarme|devolver) / llam\\w+ de vuelta / llamada perdida / llamenme / llameme
  `),
  ),
  relay: any(`
    (?:dig\\w+|decir|avis\\w+|comuniqu\\w+)(?:le|les) (?:a|al|que)
    (?:es|seria) (?:sobre|por|acerca de|respecto a) / se trata de
  `),
  late: any(
    '(?:llego|llegare|llegaremos|voy a llegar|vamos a llegar|voy) (?:\\w+ ){0,3}(?:tarde|retrasad[oa]|con retraso)',
  ),
  urgent: any(
    'urgente(?:mente)? / una emergencia / lo antes posible / cuanto antes / de inmediato / inmediatamente / ya mismo / muy importante / urge / lo mas pronto',
  ),
  notUrgent: any(
    '(?:no es|no es muy|no es tan|no|nada) (?:urgente|importante) / no urge / no (?:hay|tengo) prisa / sin prisa / cuando (?:pueda|puedan|quieran) / puede esperar / no corre prisa',
  ),
  hours: any(`
    (?:estan|esta|van a estar|estaran|estais) (?:abiert\\w+|cerrad\\w+) / horarios? / hora(?:s)? de (?:apertura|atencion|cierre) / (?:a que hora|cuando|hasta que hora|que dias) (?:abren|cierran|abre|cierra|atienden|trabajan|estan|abris|cerrais)
    (?:abren|cierran|atienden|trabajan|abris) (?:los|el|en|hoy|manana|este|por|sabados?|domingos?) / hasta cuando
  `),
  help: any(
    'que (?:puede|puedes|sabe|sabes) hacer / en que (?:me )?(?:puede|puedes) ayudar\\w* / (?:me )?(?:puede|puedes) ayudar(?:me)?$ / ayuda$ / que opciones / como funciona',
  ),
  who: any(
    '(?:quien|con quien) (?:es|habla|hablo|llama|eres|estoy hablando) / (?:como se llama|cual es su nombre|de que empresa|que empresa|que numero|que lugar) / (?:a donde|adonde|donde) (?:llame|he llamado|estoy llamando|marque) / (?:hablo|hablando) con (?:la|el) (?:oficina|clinica|empresa|consultorio)',
  ),
  greeting: whole(
    lead,
    'hola / buenas / buenos dias / buenas tardes / buenas noches / buen dia / alo / bueno / hay alguien',
  ),
  howAreYou: any('como (?:esta|estas|le va|te va|andas|anda) / que tal'),
  ownNumber: any(
    '(?:este|el mismo|ese|mismo|este mismo)(?: numero| telefono)? / (?:numero|telefono|linea)? ?(?:del|desde el|de) que (?:le |les |te |estoy |estoy )?(?:llamo|llamando|hablo|marco) / desde el que (?:llamo|estoy llamando) / (?:el )?que (?:le )?(?:aparece|sale)',
  ),
  dontCare: any(
    '(?:me )?da (?:igual|lo mismo) / no (?:me )?importa / cualquier(?:a)?(?: \\w+)? / el que sea / la que sea / cuando sea / lo que sea / como (?:quiera|guste|prefiera) / usted (?:elija|escoja|decida) / no tengo preferencia / indiferente',
  ),
  decline: any(
    'prefiero no / no (?:quiero|deseo|voy a) (?:decir\\w*|dar\\w*|dejar\\w*) / no (?:hace falta|es necesario|tengo) ?(?:numero|nombre|telefono)? / sin nombre / anonim[oa] / no le importa / es privado / para que (?:lo )?(?:quiere|necesita) / saltar / omitir / no (?:lo )?(?:se|recuerdo)$ / no me acuerdo$',
  ),
  earliest: any(
    'lo (?:antes|mas pronto) posible / cuanto antes / la primera(?: hora)?(?: que tenga| disponible| libre)? / lo primero(?: que tenga)? / el primer (?:hueco|turno|espacio) / la mas (?:temprana|cercana|proxima) / lo mas (?:temprano|pronto) / el mas (?:temprano|cercano)',
  ),
  later: any('mas tarde / despues(?: de eso)? / muy temprano / demasiado temprano'),
  earlier: any('mas temprano / antes / muy tarde / demasiado tarde / mas pronto'),
  anotherDay: any(
    'otro dia / otra fecha / (?:un )?dia (?:distinto|diferente|siguiente) / el dia siguiente / ese dia no / al dia siguiente',
  ),
  otherTimes: any(
    '(?:otr[ao]s?|mas|diferentes?) (?:horas?|horarios?|opcion(?:es)?|turnos?) / ningun[ao](?: de (?:esas?|esos?|ellas?))? / que (?:mas|otra cosa|otras) / no me (?:viene|vienen|va|van|queda|quedan|sirve|sirven|conviene|convienen)(?: bien)? / no puedo(?: a)? (?:esas?|ninguna)',
  ),
  neverMind: any(
    'olvidelo / olvidalo / no importa / dejelo / dejalo / ya no / cambie de (?:idea|opinion) / mejor no / cancele eso / ^cancelar$ / no se preocupe / nada dejelo',
  ),
  instead: any('en lugar de eso / en vez de eso / mejor / en realidad / mas bien'),
  question: either(
    starts(
      `${lead} / oye`,
      'que / cual / cuales / cuando / donde / quien / como / cuanto / cuantos / cuanta / por que / a que / en que / tienen / tiene / hay / aceptan / acepta / hacen / ofrecen / puedo / puede / pueden / podria / es / son / esta / estan / cobran / cuesta / venden / atienden / abren / cierran / se puede',
    ),
    any(
      'queria saber / quisiera saber / me gustaria saber / quiero saber / (?:me )?(?:puede|podria|puedes) decir(?:me)? / digame / dime / una (?:pregunta|duda|consulta) / pregunta sobre / cuanto (?:cuesta|cuestan|cobran|vale|sale|es) / sabe si',
    ),
  ),
  tailCorrection: any(
    'termina(?:n)? en / acaba(?:n)? en / terminado en / (?:el|los|las) ultim[oa]s?(?: \\w+)? / al final',
  ),
  headCorrection: any(
    'empieza(?:n)? (?:con|por) / comienza(?:n)? (?:con|por) / (?:el|los|las) primer[oa]?s?(?: \\w+)? / prefijo / codigo de area / lada',
  ),
  backchannel: whole(lead, 'mm+ / aja / mhm / ya / claro / entiendo / ok / vale / ya veo / bien / de acuerdo'),
  openNow: any(
    '(?:estan|esta|estais) abiert\\w+(?: ahora| ahorita| en este momento| todavia| aun)?$ / (?:abiert\\w+|cerrad\\w+) (?:ahora|ahorita|en este momento) / todavia estan abiert\\w+',
  ),
  need: any('necesito / necesitamos / quiero / queremos / quisiera / queria / me gustaria / tengo que'),
  otherLanguage: any(
    '(?:habla|hablan|hablas|en) (?:frances|aleman|italiano|portugues|chino|arabe|ruso|japones|catalan) / que idiomas',
  ),
};
