import type * as it from '../it/citizen-notices.js'

/** Privacy notice (GDPR, articles 13 and 6(1)(e)) and accessibility statement (model of AgID), in plain words. */
export const privacy: typeof it.privacy = {
  title: 'Privacy notice',
  lead: 'How we use the data you write to book, in plain words.',
  owner: {
    title: 'Who processes the data',
    text: 'The controller is ASST Ovest Milanese.',
    contact: 'Address, certified e-mail and contacts of the data protection officer (DPO): to be configured.',
  },
  what: {
    title: 'Which data',
    text: 'Only those needed for the appointment:',
    person:
      'first name, surname, codice fiscale (or provisional, STP or ENI code) and Comune of residence or domicile;',
    contact: 'e-mail address and, if you write it, telephone number;',
    booking: 'site, day, time, number of people and the optional note.',
    health: 'We do not ask for anything about health: do not write it in the note.',
  },
  why: {
    title: 'Why, and on which basis',
    text: 'To organise the appointments at the counter, to tell you about them and to call you when it is your turn. It is a task in the public interest entrusted to the ASST by law: article 6(1)(e) of Regulation (EU) 2016/679. That is why we do not ask for consent.',
    needed: 'The data marked as required are needed to book; telephone and note are optional.',
  },
  who: {
    title: 'Who sees them',
    text: 'The authorised staff of the counters and those who run the system for the ASST. They are not sold, not published and do not leave the European Union. In the waiting room we call you by a number, never by name.',
  },
  howLong: {
    title: 'For how long',
    text: 'The personal data of the booking are deleted {{days}} days after the appointment. Only counts without names remain. While you book, before you confirm, the data stay encrypted in your browser and are not kept by us.',
  },
  safe: {
    title: 'How we protect them',
    text: 'The codice fiscale is kept encrypted. The link of the booking contains a secret: whoever has it can see and cancel the appointment, so do not give it to others.',
  },
  rights: {
    title: 'Your rights',
    text: 'You can ask the controller to see your data, to correct or delete them or to limit their use, and you can object to the processing (articles 15–21 of the Regulation). You can also complain to the Italian data protection authority (Garante).',
    how: 'Whom to write to for your rights: to be configured.',
  },
  cookies: {
    title: 'Cookies',
    text: 'We use only technical cookies, needed for the service to work: to remember the language, to keep the data between the steps of the booking (two hours at most), to know for a day the browser that books, and to protect the forms. No profiling cookies, no statistics of third parties: that is why there is no banner to accept.',
  },
  updated: 'Example version: the authority completes and approves it before use.',
}

export const accessibility: typeof it.accessibility = {
  title: 'Accessibility statement',
  lead: 'ASST Ovest Milanese is committed to making this service accessible, according to Italian law no. 4 of 9 January 2004 and Directive (EU) 2016/2102.',
  state: {
    title: 'Conformance status',
    text: 'The pages are designed and checked against EN 301 549 and WCAG 2.1, levels A and AA. Conformance is declared by the authority on the model of AgID after an assessment of its own: to be configured.',
  },
  how: {
    title: 'How you can use these pages',
    keyboard: 'Everything can be done with the keyboard alone and with screen readers.',
    zoom: 'Text can be enlarged up to 400% and pages adapt to small screens too.',
    script: 'The forms also work without JavaScript.',
    time: 'Where there is a time limit, you can ask for more before it ends.',
    motion:
      'There are no animations and no flashes. Only the screen of the waiting room makes sounds and, if one wants it, the page of one’s own number.',
  },
  known: {
    title: 'Content that is not accessible',
    text: 'At present we know of none. The external sites we link to (for example Fascicolo Sanitario Elettronico) have statements of their own.',
  },
  feedback: {
    title: 'Feedback',
    text: 'If something does not work for you, tell us: name the page and the problem. We answer within 30 days.',
    contact: 'E-mail address and telephone for feedback: to be configured.',
  },
  enforcement: {
    title: 'If you get no answer',
    text: 'If there is no answer or it does not satisfy you, you can turn to the Difensore civico per il digitale (digital ombudsman) at AgID.',
  },
  about: {
    title: 'About this statement',
    text: 'Method: self-assessment, with automatic checks (axe) on every page and checks by keyboard. Date and signature of the person responsible: to be configured.',
  },
}
