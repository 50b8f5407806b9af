/** What each field is called, and what to do about each fault of `visitorForm`, by its code (`taxCode.checkLetter`). */
export const visitor = {
  firstName: {
    label: 'Nome',
    required:
      'Scriva nome e cognome come sulla tessera sanitaria. Se ha un nome solo, basta quello, in uno dei due campi.',
    long: 'Il nome può avere al massimo 60 caratteri. Se è più lungo, scriva solo il primo nome.',
    characters:
      'Nel nome usi solo lettere, spazi, apostrofi e trattini, al massimo 5 parole; il punto solo alla fine di una parola.',
  },
  lastName: {
    label: 'Cognome',
    hint: 'Se ha un nome solo, lo scriva in uno dei due campi e lasci vuoto l’altro.',
    long: 'Il cognome può avere al massimo 60 caratteri. Se è più lungo, scriva solo la prima parte.',
    characters:
      'Nel cognome usi solo lettere, spazi, apostrofi e trattini, al massimo 5 parole; il punto solo alla fine di una parola.',
  },
  taxCode: {
    label: 'Codice fiscale',
    hint: '16 caratteri, li trova sulla tessera sanitaria.',
    deskHint: 'Anche provvisorio, STP o ENI.',
    help: 'Non ha il codice fiscale italiano?',
    provisional: 'Codice fiscale provvisorio: 11 cifre.',
    stp: 'Codice STP: le lettere STP seguite da 13 cifre.',
    eni: 'Codice ENI: le lettere ENI seguite da 13 cifre.',
    required: 'Scriva il codice fiscale: lo trova sulla tessera sanitaria.',
    characters: 'Nel codice fiscale ci sono solo lettere e numeri. Tolga trattini, punti, accenti e altri segni.',
    length:
      'Il codice fiscale ha 16 caratteri (11 cifre se è provvisorio). Li conti: ne manca qualcuno o ce n’è qualcuno in più.',
    format:
      'Nel codice fiscale c’è una lettera o un numero fuori posto. Lo ricopi dalla tessera sanitaria e controlli di non avere scambiato la lettera O con lo zero, o la lettera I con il numero 1.',
    foreign: 'Dopo STP o ENI devono esserci 13 cifre. Ricopi il codice dal foglio che le hanno dato.',
    date: 'La data di nascita nel codice fiscale non esiste. Confronti con la tessera sanitaria i caratteri dal settimo all’undicesimo.',
    checkLetter:
      'C’è un errore di battitura nel codice fiscale. Lo confronti con la tessera sanitaria, un carattere alla volta.',
    checkDigit:
      'C’è un errore di battitura nel codice fiscale provvisorio. Lo confronti con il suo documento, una cifra alla volta.',
  },
  email: {
    label: 'Indirizzo e-mail',
    hint: 'Qui mandiamo la conferma e il link per spostare o annullare. Lo rilegga con attenzione.',
    deskHint: 'Se non ne ha, lo lasci vuoto: non riceve messaggi, gli dia il codice.',
    required: 'Scriva il suo indirizzo e-mail: lì le mandiamo la conferma e il modo per disdire.',
    format: 'Scriva un solo indirizzo e-mail, completo e senza spazi né accenti. Per esempio: maria.rossi@esempio.it',
  },
  phone: {
    label: 'Telefono',
    hint: 'Lo usiamo solo se la sede deve avvisarla di un cambiamento.',
    format: 'Scriva il numero di telefono con le sole cifre, per esempio 02 1234567. Se preferisce, lo lasci vuoto.',
    two: 'Qui c’è posto per un solo numero di telefono. Scriva quello a cui è più facile trovarla.',
  },
  comune: {
    label: 'Comune di residenza o domicilio',
    hint: 'Lo dichiara lei e viene controllato allo sportello.',
    choose: 'Scelga il Comune',
    other: 'Altro Comune',
    required: 'Scelga il Comune in cui abita.',
    format: 'Scelga il Comune dall’elenco.',
  },
}
