// Spanish replies as data, as mentees in the United States text it. Wording only; how it is used stands in read-family.ts.

import type { FamilyTable } from './family-table.ts';

/** Spanish words and phrases. */
export const FAMILIES_ES: FamilyTable = {
  families: {
    yes: [
      ...['si', 'sip', 'sep', 'simon', 'claro', 'claro que si', 'por supuesto', 'asi es', 'correcto', 'cierto'],
      ...['obvio', 'desde luego', 'seguro', 'si por favor', 'si porfa', 'andale', 'efectivamente', 'sipi'],
    ],
    no: ['nop', 'nel', 'no gracias', 'para nada', 'claro que no', 'no quiero', 'nopi'],
    done: [
      ...['listo', 'lista', 'todo listo', 'hecho', 'ya lo hice', 'lo hice', 'la hice', 'ya la hice', 'los hice', 'hice'],
      ...['ya esta', 'ya quedo', 'quedo', 'ya termine', 'termine', 'terminado', 'terminada', 'lo mande', 'la mande'],
      ...['los mande', 'las mande', 'mande', 'mandado', 'envie', 'lo envie', 'la envie', 'enviado', 'enviada'],
      ...['entregue', 'lo entregue', 'la entregue', 'entregado', 'entregada', 'acabe', 'ya acabe', 'completado'],
      ...['ya complete', 'completada', 'ya fue', 'ya estuvo', 'pague', 'ya pague', 'subi', 'lo subi', 'la subi'],
      ...['ya lo tengo', 'ya la tengo', 'corregi', 'lo corregi', 'la corregi', 'las corregi', 'ya lo he hecho', 'firme'],
    ],
    not_yet: [
      ...['todavia no', 'aun no', 'no todavia', 'no aun', 'todavia', 'casi', 'ya casi', 'ya mero', 'ya merito'],
      ...['no he', 'no lo he', 'no la he', 'no los he', 'no lo he hecho', 'no la he hecho', 'no he terminado'],
      ...['no he podido', 'no lo hice', 'no la hice', 'me falta', 'me faltan', 'falta', 'faltan', 'no termino'],
      ...['no termine', 'sigo en eso', 'estoy en eso', 'en eso estoy', 'en eso ando', 'ando en eso', 'en proceso'],
      ...['apenas', 'se me olvido', 'todavia nada', 'nada todavia', 'aun nada', 'tengo que', 'ni he empezado'],
      ...['no he empezado', 'no empiezo', 'estoy trabajando en eso', 'voy empezando', 'no lo mande', 'no la mande'],
      ...['a medias', 'voy a la mitad', 'no lo he mandado', 'no lo he enviado', 'no esta listo', 'no esta lista'],
    ],
    later: [
      ...['luego', 'despues', 'mas tarde', 'mas al rato', 'al rato', 'al ratito', 'ahorita no', 'ahora no', 'otro dia'],
      ...['mas luego', 'lo hago', 'la hago', 'lo hare', 'la hare', 'lo voy a hacer', 'la voy a hacer', 'voy a hacerlo'],
      ...['recuerdame', 'ocupado', 'ocupada', 'estoy ocupado', 'estoy ocupada', 'estoy trabajando', 'en el trabajo'],
      ...['en clase', 'no puedo ahorita', 'no puedo ahora', 'no puedo hoy', 'hoy no', 'hoy no puedo', 'pronto', 'ya voy'],
      ...['en un rato', 'en un ratito', 'voy a', 'lo mando', 'la mando', 'lo termino', 'hoy lo hago', 'lo envio'],
    ],
    stuck: [
      ...['atorado', 'atorada', 'atascado', 'atascada', 'trabado', 'trabada', 'no puedo', 'no entiendo', 'no le entiendo'],
      ...['no entendi', 'no se como', 'necesito ayuda', 'ocupo ayuda', 'ayudame', 'me ayudas', 'me puedes ayudar'],
      ...['me pueden ayudar', 'ayuda', 'no me deja', 'no funciona', 'no sirve', 'no abre', 'tengo un problema'],
      ...['tengo problemas', 'tengo una duda', 'tengo dudas', 'tengo una pregunta', 'perdido', 'perdida', 'confundido'],
      ...['confundida', 'confuso', 'dificil', 'no me sale', 'no jala', 'no carga', 'batallando', 'no pude', 'se traba'],
    ],
    not_for_me: [
      ...['no es para mi', 'no para mi', 'no aplica', 'no me aplica', 'no lo necesito', 'no la necesito', 'no necesito'],
      ...['no me toca', 'no me corresponde', 'no lo ocupo', 'no la ocupo', 'no necesito hacerlo', 'no es para mi caso'],
    ],
    talk: [
      ...['hablar', 'hablar con', 'hablar con alguien', 'llamame', 'llamenme', 'me llamas', 'me pueden llamar'],
      ...['me puedes llamar', 'quiero hablar', 'prefiero hablar', 'una persona', 'platicar', 'ya no voy', 'ya no voy a ir'],
      ...['quiero hablar con', 'puedo hablar con', 'podemos hablar', 'marcame', 'me marcas'],
    ],
  },
  weakDone: ['ya'],
  when: [
    ...['hoy', 'manana', 'pasado manana', 'esta noche', 'esta tarde', 'fin de semana', 'el fin de semana', 'este fin'],
    ...['la proxima semana', 'la semana que viene', 'esta semana', 'proxima semana', 'lunes', 'martes', 'miercoles'],
    ...['jueves', 'viernes', 'sabado', 'domingo', 'en la noche', 'en la tarde', 'en la manana', 'por la manana'],
    ...['por la tarde', 'por la noche', 'en unos dias', 'en unas horas', 'el otro mes', 'que viene'],
  ],
  filler: [
    ...['lo', 'la', 'los', 'las', 'el', 'un', 'una', 'de', 'del', 'mi', 'mis', 'me', 'yo', 'y', 'con', 'en', 'que'],
    ...['es', 'esta', 'eso', 'esto', 'todo', 'toda', 'gracias', 'muchas gracias', 'hola', 'bueno', 'pues', 'oye'],
    ...['por favor', 'porfa', 'porfavor', 'perdon', 'disculpa', 'jaja', 'jajaja', 'ahora', 'ahorita', 'ayer', 'anoche'],
    ...['forma', 'formulario', 'solicitud', 'papeles', 'correcciones', 'vivienda', 'certificado', 'calificaciones'],
    ...['hacer', 'hacerlo', 'terminar', 'mandar', 'enviar', 'entregar', 'estoy', 'he', 'se', 'ok', 'va', 'vale', 'sale'],
    ...['no hay problema', 'sin problema', 'no te preocupes', 'para', 'por', 'al', 'a', 'pero', 'tambien', 'le', 'te'],
    ...['apenas ayer', 'hace rato', 'senora', 'profe', 'miss', 'ando', 'favor', 'muy', 'mas', 'puedes', 'pueden'],
  ],
  hedge: ['quiza', 'quizas', 'tal vez', 'talvez', 'creo', 'creo que', 'creo que si', 'a lo mejor', 'posiblemente', 'mas o menos'],
  block: [
    ...['no se', 'no estoy seguro', 'no estoy segura', 'nunca', 'ni', 'tampoco', 'ya no', 'quien es', 'quien eres', 'nada'],
    ...['cuando', 'donde', 'como', 'cual', 'por que', 'que es', 'no necesito ayuda', 'sin', 'si no', 'aunque'],
    ...['no estoy atorado', 'no estoy atorada', 'numero equivocado', 'hasta que', 'no me llames', 'olvidalo', 'ojala', 'ya ahorita'],
  ],
  open: [
    ...['necesito ayuda', 'ocupo ayuda', 'ayudame', 'no entiendo', 'no le entiendo', 'no se como', 'no me deja'],
    ...['no funciona', 'tengo un problema', 'tengo una duda', 'tengo una pregunta', 'me puedes ayudar', 'me pueden ayudar'],
    ...['quiero hablar con', 'hablar con', 'puedo hablar con', 'me puedes llamar', 'me pueden llamar', 'atorado', 'atorada'],
    ...['no puedo entrar', 'no puedo abrir', 'no puedo mandar', 'no me sale'],
  ],
  whole: { s: 'yes' },
};
