import type { Language } from '../../language.ts';
import { any, either, starts, subjects, words } from '../../pattern.ts';
import { numbersSpanish, timeSpanish } from './dates.ts';
import { hearSpanish } from './hear.ts';
import { saySpanish } from './say.ts';
import { speakSpanish } from './speak.ts';

const lead = 'eh+ / este / pues / bueno / ah / oh / y / pero / mm+ / creo que / a ver / entonces / perdon / por favor';

/** Spanish. */
export default {
  tags: ['es-US', 'es-ES', 'es-MX', 'es-AR', 'es-CO', 'es-CL', 'es-PE'],
  called: { en: 'inglés', es: 'español' },
  telltale: words(`
    una unos unas que como cuando donde quien cual para con por pero muy mas esta este estan estoy quiero quisiera necesito tengo
    tiene tienen puedo puede pueden hola buenas buenos dias tardes noches gracias favor si usted senor senora cita mensaje manana
    hoy llamo hablo habla espanol adios llamar hacer soy abren cierran numero nombre mi llamo llame llamen lunes martes miercoles
    jueves viernes sabado domingo ayuda dejar cancelar cambiar otra otro tarde claro vale perdon nada eso aceptan seguro cuanto cuesta nadie
    llevo llamando contesta
  `),
  askedFor: /(?<!\b(?:dont|not|no) (?:speak|hablo|entiendo|know|understand) )\b(?:spanish|espanol|castellano)\b/,
  hear: hearSpanish,
  yes: either(
    starts(
      lead,
      `
      si / sip / claro / por supuesto / correcto / exacto / exactamente / asi es / eso es / eso mismo / de acuerdo / vale / ok / okay
      bueno / bien / muy bien / perfecto / esta bien / adelante / como no / desde luego / efectivamente / cierto / afirmativo / confirmo
      me parece / me viene bien / hagalo / dale / ese / esa / genial / estupendo / aja / hecho / venga / seguro / con gusto / justo
    `,
    ),
    any('(?:asi )?esta bien / es correcto / me (?:va|viene|queda) (?:bien|perfecto) / por supuesto / eso es'),
  ),
  no: either(
    starts(
      lead,
      'no / nop / nel / tampoco / para nada / negativo / incorrecto / nunca / todavia no / ahora no / mejor no / en absoluto / ninguno / ninguna / mal',
    ),
    any('esta mal / no es (?:correcto|asi|ese|eso) / es incorrecto'),
  ),
  not: 'no',
  choices: [
    [any('(?:opcion|numero) (?:1|uno) / (?:la|el) primer[oa]? / primera opcion / lo primero$'), 0],
    [any('(?:opcion|numero) (?:2|dos) / (?:la|el) segund[oa] / la de en medio / la del medio'), 1],
    [any('(?:opcion|numero) (?:3|tres) / (?:la|el) tercer[oa]?'), 2],
    [any('(?:la|el) ultim[oa] / la mas tarde / la mas tardia'), -1],
    [any('la mas temprana / la de antes'), 0],
  ],
  introductions: {
    sure: /\b(?:me llamo|mi nombre es|a nombre de|el nombre es|habla con|le habla|ll[aá]meme)[\s,:]+([\p{L}][^]{0,70})/iu,
    likely: /\b(?:[Ss]oy|[Ee]s|[Hh]abla|[Dd]e parte de|[Aa]qu[ií])\s+([\p{L}][^]{0,70})/gu,
  },
  notNames: words(`
    el la los las un una unos unas y o pero que de en con por para a al del si no me mi mis su sus lo le es soy estoy esta este esto
    esa ese eso muy mas ya aqui ahi hola buenas buenos dias tardes noches gracias favor por quiero quisiera necesito llamo llamando
    hablo hablar habla cliente paciente nuevo nueva cita citas mensaje numero telefono hora horas hoy manana lunes martes miercoles
    jueves viernes sabado domingo uno dos tres cuatro cinco seis siete ocho nueve diez cero urgente correcto exacto claro vale bueno
    bien perfecto tarde temprano cuando donde como cual quien porque persona robot maquina ayuda precio precios cuanto cancelar
    cambiar reservar primera segunda tercera ultima otra otro dia algo nada todo posible tambien solo mierda puta joder ridiculo
    terrible adios chao repita espere omitir saltar privado anonimo anonima ingles espanol verdad asi sobre desde tengo tiene puedo
    puede puedes podria mismo misma eh pues emergencia importante
  `),
  aroundNames:
    /^(?:(?:eh+|este|pues|bueno|s[ií]|claro|hola|perd[oó]n|soy|es|me llamo|mi nombre es|el nombre es|a nombre de|ser[ií]a|ponga|p[oó]ngalo a nombre de|habla|yo soy|con|no)[\s,.:]+)+|[\s,.]+(?:para servirle|por favor|gracias|aqu[ií])[.!]*$/iu,
  reason:
    /\b(?:para|sobre|por|acerca de|respecto a|debido a)\s+((?!m[ií]\b|ti\b|ud\b|usted\b|favor\b|ma[nñ]ana\b|hoy\b|pasado\b|la (?:tarde|ma[nñ]ana|noche|semana|pr[oó]xima)\b|el (?:lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo|\d|pr[oó]ximo|d[ií]a)\b|las?\s\d|esta (?:tarde|semana|ma[nñ]ana|noche)\b|este\b|\d|una (?:cita|hora)\b|mi cita\b|lo antes\b)[^.,;!?¿]{3,80}?)(?=$|[.,;!?¿]| (?:ma[nñ]ana|hoy|el (?:lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|pr[oó]ximo|\d)|la semana|a las?|por favor|y mi|mi (?:nombre|n[uú]mero))\b)/iu,
  numbers: numbersSpanish,
  time: timeSpanish,
  stopWords: words(`
    el la los las un una unos unas y o pero si de en a al del con por para que como cuando donde cual quien es son ser soy esta este
    esto esa ese eso me mi mis su sus lo le les se yo usted ustedes nos hay tiene tienen tengo puede pueden puedo podria quiero
    quisiera necesito saber decir decirme digame favor gracias hola buenas buenos dias tardes pregunta duda consulta sobre no muy mas
    algo alguna algun preguntar acerca informacion ofrecen hacen aceptan
  `),
  subjects: subjects(stem, {
    price: 'precio precios cuesta cuestan cuanto cobran costo coste tarifa vale caro barato',
    address: 'direccion ubicacion ubicados donde calle encuentran llegar queda quedan mapa',
    parking: 'estacionamiento aparcamiento parking estacionar aparcar',
    payment: 'pago pagos pagar tarjeta efectivo credito factura plazos',
    insurance: 'seguro seguros cobertura aseguradora mutua',
    email: 'correo email mail',
    website: 'web pagina sitio internet linea',
    access: 'silla ruedas accesible ascensor elevador escaleras discapacitados',
    transit: 'autobus bus tren metro estacion tranvia',
    preparation: 'traer llevar preparar documentos papeles',
    delivery: 'envio envios entrega domicilio',
    guarantee: 'garantia devolucion reembolso',
    pets: 'mascota mascotas perro gato animales',
    children: 'ninos nino bebe hijos hijo',
    area: 'zona area region desplazan cubren',
    duration: 'dura duracion tarda tiempo',
    staff: 'doctor doctora dentista personal dueno equipo',
    services: 'servicio servicios tratamiento tratamientos',
  }),
  stem,
  speak: speakSpanish,
  phrases: saySpanish,
} satisfies Language;

/** Cuts common endings, so that one word meets another form of it. */
function stem(word: string): string {
  return word.length <= 4 ? word : word.replace(/(?:es|s)$/, '').replace(/[aoe]$/, '');
}
