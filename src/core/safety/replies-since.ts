// The words of replies that came after the first release: what was published before them goes on with these, until its
// own are published. The same words as in flows/safety/replies.yaml.

import type { SafetyReplies } from './reply-ids.ts';

/** Wording for content that was published before these replies were there. */
export const REPLIES_SINCE: Partial<SafetyReplies> = {
  abuse_safe: {
    en: "Thank you for telling us. It's not your fault. A counselor will contact you. Any time: 1-800-799-7233 or text START to 88788 (thehotline.org). Danger: 911. You can delete these texts.",
    es: 'Gracias por decirlo. No es tu culpa. Un consejero te va a contactar. A toda hora: 1-800-799-7233. Peligro: 911. Puedes borrar estos mensajes.',
  },
  abuse_not_safe: { en: 'OK, thanks.', es: 'OK, gracias.' },
  high_by: {
    en: "Thank you for telling me. That sounds really hard, and you shouldn't have to handle it alone. I'm automated, so I've told a counselor: they'll reach you by {time}. For food, rent or a place to stay, call 211. If it gets dangerous call 911; too heavy, call or text 988.",
    es: 'Gracias por decírmelo. Suena muy difícil y no tienes que resolverlo por tu cuenta. Soy automático, así que ya avisé a un consejero: te contacta a más tardar {time}. Comida, renta o dónde quedarte: llama al 211. Si hay peligro, 911. Si pesa demasiado, 988 (oprime 2).',
  },
  high_office: {
    en: "Thank you for telling me. That sounds really hard, and you shouldn't have to handle it alone. I'm automated, so I've told a counselor: they'll reach you when our office opens {time}. Too heavy before that? Call or text 988: free, 24/7. Danger: 911. Food, rent or a place to stay: 211.",
    es: 'Gracias por decírmelo. Suena muy difícil y no tienes que resolverlo por tu cuenta. Soy automático, así que ya avisé a un consejero: te contacta cuando abra nuestra oficina, {time}. Si antes pesa demasiado, llama al 988 (oprime 2): gratis, a toda hora. Peligro: 911. Comida, renta o dónde quedarte: 211.',
  },
  immigration_by: {
    en: "Thank you for telling me. I'm automated, so I've told a counselor on our team, who will reach you by {time}. You don't have to explain more by text.",
    es: 'Gracias por decírmelo. Soy automático, así que ya avisé a un consejero de nuestro equipo: te contacta a más tardar {time}. No tienes que explicar más por texto.',
  },
  immigration_office: {
    en: "Thank you for telling me. I'm automated, so I've told a counselor on our team, who will reach you when our office opens {time}. You don't have to explain more by text. If it gets too heavy before that, 988 is free by call or text, any time.",
    es: 'Gracias por decírmelo. Soy automático, así que ya avisé a un consejero de nuestro equipo: te contacta cuando abra nuestra oficina, {time}. No tienes que explicar más por texto. Si antes pesa demasiado, el 988 es gratis, a toda hora (oprime 2, o manda AYUDA).',
  },
  moderate_by: {
    en: "That's a lot, and many students feel this before college. I've passed it to {name}, and somebody will get back to you by {time}. Is a call or a text better? If it ever feels like too much, 988 is free by call or text, any time.",
    es: 'Es mucho, y a muchos estudiantes les pasa antes de la universidad. Se lo pasé a {name}, y alguien te responde a más tardar {time}. ¿Prefieres llamada o texto? Si un día es demasiado, 988 es gratis, a toda hora (oprime 2, o manda AYUDA).',
  },
  moderate_office: {
    en: "That's a lot, and many students feel this before college. I've passed it to {name}, and somebody will get back to you when our office opens {time}. Is a call or a text better? If it feels like too much before that, 988 is free by call or text, any time.",
    es: 'Es mucho, y a muchos estudiantes les pasa antes de la universidad. Se lo pasé a {name}, y alguien te responde cuando abra nuestra oficina, {time}. ¿Prefieres llamada o texto? Si antes es demasiado, 988 es gratis, a toda hora (oprime 2, o manda AYUDA).',
  },
  not_going_by: {
    en: "Thank you for telling me. I've passed it to {name}, and somebody will get back to you by {time}. Nothing you decide is wrong. Is a call or a text better?",
    es: 'Gracias por decírmelo. Se lo pasé a {name}, y alguien te responde a más tardar {time}. Ninguna decisión tuya está mal. ¿Prefieres llamada o texto?',
  },
  not_going_office: {
    en: "Thank you for telling me. I've passed it to {name}, and somebody will get back to you when our office opens {time}. Nothing you decide is wrong. Is a call or a text better?",
    es: 'Gracias por decírmelo. Se lo pasé a {name}, y alguien te responde cuando abra nuestra oficina, {time}. Ninguna decisión tuya está mal. ¿Prefieres llamada o texto?',
  },
  nobody_yet: {
    en: "I'm automated. I told our team and nobody has answered me yet; I keep trying. If it's too heavy, don't wait for us: call or text 988 now, free, 24/7, a real person. In danger? Call 911.",
    es: 'Soy automático. Avisé a nuestro equipo y nadie me ha respondido todavía; sigo intentando. Si pesa demasiado, no nos esperes: llama al 988 y oprime 2, o manda AYUDA al 988: gratis, 24/7, con una persona. ¿Peligro? Llama al 911.',
  },
  nobody_yet_quiet: {
    en: "I'm automated. I told our team and nobody has answered me yet; I keep trying. If you're in danger, call 911 and get to a safe place first.",
    es: 'Soy automático. Avisé a nuestro equipo y nadie me ha respondido todavía; sigo intentando. Si hay peligro, llama al 911 y ponte a salvo primero.',
  },
};
